"""The store keeps what was bought, and the ledger of what was spent; one SQLite file, or a PostgreSQL database.

`Store` is all that other rooms use, with the records it takes and gives and the errors it raises.
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
from components.store.records import (
    Caps,
    ChargeState,
    Count,
    Headline,
    LedgerRow,
    Mark,
    Notice,
    Reservation,
    Totals,
)
from components.store.store import Store

__all__ = [
    "CapReached",
    "Caps",
    "ChargeState",
    "Count",
    "Headline",
    "HistoryDamaged",
    "LedgerRow",
    "Mark",
    "NoteTooLong",
    "Notice",
    "Reservation",
    "Store",
    "StoreDamaged",
    "StoreError",
    "StoreExposed",
    "StoreForeign",
    "StoreMisconfigured",
    "StoreTooNew",
    "StoreUnreachable",
    "StoreUnwritable",
    "Totals",
]
