"""The store keeps what was bought and what was spent: in one SQLite file, or in a PostgreSQL database.

`Store` is all that other rooms use, with the records that it takes and returns and the errors that it raises. Below it
stands one module for each table (`absences`, `aliases`, `facts`, `histories`, `leases`, `ledger`, `links`,
`look_ups`, `marks`, `paper_contents`, `pdfs`, `person_caps`, `processes`, `sessions`, `verdicts`; `page_texts` for
three of them); their functions work within a `StoreTransaction`, which reads and writes one source (see `partitions`).
"""

from components.store.errors import (
    CapReached,
    HistoryDamaged,
    LeaseLost,
    LookUpUnderWay,
    NoteTooLong,
    StoreDamaged,
    StoreError,
    StoreExposed,
    StoreFailed,
    StoreForeign,
    StoreMisconfigured,
    StoreReplaced,
    StoreTooNew,
    StoreUnreachable,
    StoreUnwritable,
    Trouble,
)
from components.store.kept_contents import KeptContents
from components.store.kept_texts import FOUND_PAGES, FoundPages, KeptTexts
from components.store.marks import LONGEST_NOTE
from components.store.paper_contents import ContentOf, KeptContent
from components.store.records import (
    CapKind,
    Caps,
    CapUse,
    ChargeCount,
    ChargeState,
    FindingMark,
    Headline,
    LedgerRow,
    LookUpRecord,
    Mark,
    Notice,
    Reservation,
    SessionRecord,
    SpendTotals,
    UncertainCharge,
)
from components.store.store import Store

__all__ = [
    "FOUND_PAGES",
    "LONGEST_NOTE",
    "CapKind",
    "CapReached",
    "CapUse",
    "Caps",
    "ChargeCount",
    "ChargeState",
    "ContentOf",
    "FindingMark",
    "FoundPages",
    "Headline",
    "HistoryDamaged",
    "KeptContent",
    "KeptContents",
    "KeptTexts",
    "LeaseLost",
    "LedgerRow",
    "LookUpRecord",
    "LookUpUnderWay",
    "Mark",
    "NoteTooLong",
    "Notice",
    "Reservation",
    "SessionRecord",
    "SpendTotals",
    "Store",
    "StoreDamaged",
    "StoreError",
    "StoreExposed",
    "StoreFailed",
    "StoreForeign",
    "StoreMisconfigured",
    "StoreReplaced",
    "StoreTooNew",
    "StoreUnreachable",
    "StoreUnwritable",
    "Trouble",
    "UncertainCharge",
]
