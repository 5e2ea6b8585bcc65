"""The ledger and the look-ups as CSV: times in UTC, safe to open in a spreadsheet."""

from collections.abc import Iterable
from datetime import UTC, datetime

from components.exports import table_csv
from components.settings import Price
from components.store import LedgerRow
from components.ui.usage.look_up_facts import LookUpFacts


def ledger_csv(rows: Iterable[LedgerRow], *, price: Price | None, with_workspace: bool = False) -> bytes:
    """Return rows of the ledger as CSV, in their order.

    With a price, `amount` stands in the rows in which a number became charged, so that its sum is what was spent.

    Args:
        rows: of the ledger.
        price: of a look-up.
        with_workspace: whether a column says of which walled-off workspace each row is; empty for the shared one.
    """
    names = ["time_utc", "reserved_utc", "number", "state", "user", "look_up", "request_id", "note"]
    return table_csv(
        names + (["workspace"] if with_workspace else []) + (["amount", "currency"] if price else []),
        (
            [
                _utc(row.at),
                _utc(row.reserved_at),
                row.number,
                row.state,
                row.user,
                row.run,
                row.request_id,
                row.note,
                *([row.workspace] if with_workspace else []),
                *([price.amount, price.currency] if price and row.state == "billed" else [None, None] if price else []),
            ]
            for row in rows
        ),
    )


def look_ups_csv(look_ups: Iterable[LookUpFacts], *, price: Price | None) -> bytes:
    """Return look-ups as CSV, in their order; with a price, what was charged, uncertain and saved is in money, too."""
    names = ["begun_utc", "ended_utc", "look_up", "kind", "outcome", "charged", "uncertain", "held", "calls",
             "numbers", "numbers_as_read", "request_ids", "message"]  # fmt: skip
    money = ["charged_amount", "uncertain_amount", "held_amount", "currency"] if price else []
    return table_csv(
        names + money,
        (
            [
                _utc(look_up.begun),
                _utc(look_up.ended),
                look_up.run,
                "refresh" if look_up.refresh else "look-up",
                look_up.outcome,
                look_up.charged,
                look_up.uncertain,
                look_up.held,
                look_up.calls,
                len(look_up.numbers),
                " ".join(read for _, read in look_up.numbers),
                " ".join(look_up.request_ids),
                look_up.message,
                *(
                    [
                        *(price.amount * count for count in (look_up.charged, look_up.uncertain, look_up.held)),
                        price.currency,
                    ]
                    if price
                    else []
                ),
            ]
            for look_up in look_ups
        ),
    )


def _utc(moment: datetime | None) -> str | None:
    """Return a moment as `2026-11-26 05:54:10`, in UTC; None for none."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
