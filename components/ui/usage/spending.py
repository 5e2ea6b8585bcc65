"""What the page shows of the store, read at once: a store that cannot be read is told of once."""

from dataclasses import dataclass
from datetime import datetime

from components.store import CapUse, LedgerRow, SpendTotals, Store
from components.ui.usage.look_up_facts import LookUpFacts, look_up_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What was spent, as one person may see it: sums of everybody, but look-ups and rows of this person alone."""

    user: str
    now: datetime
    everybody: SpendTotals
    own: SpendTotals
    caps: tuple[CapUse, ...]
    """Of everybody together, and this person's own."""
    look_ups: tuple[LookUpFacts, ...]
    """The person's, the last begun first."""
    rows: tuple[LedgerRow, ...]
    """The person's, newest first: the last one of each number of each call."""

    @property
    def is_shared(self) -> bool:
        """Whether others spend here, too."""
        return self.own != self.everybody

    @property
    def uncertain(self) -> list[LedgerRow]:
        """The person's charges of which nobody has decided yet whether they were made, newest first."""
        return [row for row in self.rows if row.state == "uncertain"]

    @property
    def held(self) -> int:
        """How many numbers were served to the person without a charge, because their histories were held."""
        return sum(look_up.held for look_up in self.look_ups)


def read_spending(store: Store, *, user: str, now: datetime) -> Spending:
    """Return what one person may see.

    Raises:
        components.store.StoreError: the store cannot be read.
    """
    rows = store.ledger(user=user, current=True)
    return Spending(
        user=user,
        now=now,
        everybody=store.totals(),
        own=store.totals(user=user),
        caps=tuple(store.caps_use(user)),
        look_ups=tuple(look_up_facts(store.look_ups(user=user), rows)),
        rows=tuple(rows),
    )
