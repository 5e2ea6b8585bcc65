"""The store keeps what was bought and what was spent: in one SQLite file, or in a PostgreSQL database.

`Store` is all that other rooms use, with the records that it takes and returns and the errors that it raises. Below it
stands one module for each table (`absences`, `aliases`, `facts`, `histories`, `leases`, `ledger`, `links`, `marks`,
`pdfs`); their functions work within a `StoreTransaction`, whose scope is one source.
"""

from components.store.errors import (
    CapReached,
    HistoryDamaged,
    NoteTooLong,
    StoreDamaged,
    StoreError,
    StoreExposed,
    StoreForeign,
    StoreMisconfigured,
    StoreTooNew,
    StoreUnreachable,
    StoreUnwritable,
)
from components.store.marks import LONGEST_NOTE
from components.store.records import (
    Caps,
    ChargeCount,
    ChargeState,
    Headline,
    LedgerRow,
    Mark,
    Notice,
    Reservation,
    SpendTotals,
)
from components.store.store import Store

__all__ = [
    "LONGEST_NOTE",
    "CapReached",
    "Caps",
    "ChargeCount",
    "ChargeState",
    "Headline",
    "HistoryDamaged",
    "LedgerRow",
    "Mark",
    "NoteTooLong",
    "Notice",
    "Reservation",
    "SpendTotals",
    "Store",
    "StoreDamaged",
    "StoreError",
    "StoreExposed",
    "StoreForeign",
    "StoreMisconfigured",
    "StoreTooNew",
    "StoreUnreachable",
    "StoreUnwritable",
]
