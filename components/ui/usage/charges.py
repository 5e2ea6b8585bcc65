"""How charges are put: the states of the ledger in words, and counts with their money."""

from typing import Final

from components.settings import Price
from components.store import ChargeState

STATE_IN_WORDS: Final[dict[ChargeState, str]] = {
    "reserved": "under way",
    "billed": "charged",
    "released": "not charged",
    "uncertain": "may have been charged",
}


def with_money(count: int, price: Price | None) -> str:
    """Return a count of look-ups, and what they cost if a price is set: `12`, `12 · 10.20 EUR`."""
    return f"{count:,}" if price is None else f"{count:,} · {price.of(count)}"


def in_brackets(count: int, price: Price | None) -> str:
    """Return a count of look-ups for the middle of a sentence: `12`, `12 (10.20 EUR)`."""
    return f"{count:,}{money_in_brackets(count, price)}"


def money_in_brackets(count: int, price: Price | None) -> str:
    """Return what follows a count of look-ups in a sentence: ` (10.20 EUR)`; empty if no price is set."""
    return "" if price is None else f" ({price.of(count)})"
