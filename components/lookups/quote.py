"""The price of a plan, before anything is asked."""

import math
from dataclasses import dataclass

from components.lookups.plan import Plan, PlanItem, PlanState
from components.settings import Settings

MAX_DOCUMENTS = 5_000
"""Documents of one file that a look-up pages through without asking again; the longest US files have a few thousand."""
_MAX_CALLS = 200
"""Calls for one file at most, however few documents a call brings."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of a plan."""

    wanted: int
    least: int
    """Charges at least: one for each application that the numbers certainly name."""
    charged: int
    """Charges most likely: each number another application, and each file of which nothing is known a typical one."""
    worst_case: int
    """The most that the run may charge; the run stops itself there."""
    calls: int
    """Calls, as far as is known: when each file not held fits into one and no kind code has to be searched."""
    documents_a_call: int
    """Documents that one call brings for a patent; a longer file is charged once more for each further call."""
    needs_confirmation: bool
    refresh: bool = False
    """Whether held histories are asked for again."""
    buys_again: bool = False
    """Whether it buys what may have been charged already."""
    repeats: int = 0
    """Of the worst case, what calls are repeated at most that may have been charged (`PATSNAP_REPEAT_UNCERTAIN`)."""
    seconds: float | None = None
    """How long the calls take at least at the known rate; `None` if no rate is known."""

    @property
    def label(self) -> str:
        """The text of the button that spends: `Look up 4 · 3 charged`, `Refresh · 1 charged`."""
        if self.refresh:
            again = ", perhaps for the second time" if self.buys_again else ""
            return f"Refresh · {self.price}{again}" if self.wanted else "Refresh"
        if self.buys_again:
            return f"Buy {self.wanted:,} again · {self.price}" if self.wanted else "Buy again"
        return f"Look up {self.wanted:,} · {self.price}" if self.wanted else "Look up"

    @property
    def price(self) -> str:
        """What the button says of money: `3 charged`, `20 to 40 charged`, `free`."""
        if not self.charged:
            return "free"
        return (
            f"{self.charged:,} charged" if self.least == self.charged else f"{self.least:,} to {self.charged:,} charged"
        )


def quote_of(plan: Plan, settings: Settings, *, documents_a_call: int, calls_a_second: float | None = None) -> Quote:
    """Return the price of a plan.

    Args:
        plan: what is wanted.
        settings: batch size, the threshold of confirmation, whether uncertain calls are repeated.
        documents_a_call: the most documents that a call is known to bring of one patent.
        calls_a_second: the rate of calls, if one is known.
    """
    charged = plan.items_in(PlanState.CHARGED)
    repeats = len(charged) * settings.patsnap_repeat_uncertain
    calls = _calls(charged, batch=1 if plan.buys_again else settings.patsnap_batch)
    max_calls = min(_MAX_CALLS, math.ceil(MAX_DOCUMENTS / documents_a_call))
    return Quote(
        wanted=plan.wanted,
        least=plan.least,
        charged=plan.charged,
        worst_case=sum(max(item.charges, max_calls) for item in charged) + repeats,
        calls=calls,
        documents_a_call=documents_a_call,
        needs_confirmation=plan.charged > settings.review_confirm_above,
        refresh=plan.refresh,
        buys_again=plan.buys_again,
        repeats=repeats,
        seconds=calls / calls_a_second if calls_a_second else None,
    )


def _calls(charged: tuple[PlanItem, ...], *, batch: int) -> int:
    """Return the count of calls: batches of publication numbers, single application numbers, and further pages."""
    by_number = sum(item.number.reading.field == "patent_number" for item in charged)
    further = sum(item.charges - 1 for item in charged)
    return math.ceil(by_number / batch) + len(charged) - by_number + further
