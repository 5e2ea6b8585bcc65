"""The price of a plan, before anything is asked."""

import math
from dataclasses import dataclass

from components.lookups.plan import Plan, PlanState
from components.settings import Settings

MAX_DOCUMENTS = 5_000
"""Documents of one file that a look-up pages through without asking again; the longest US files have a few thousand."""
_MAX_CALLS = 200
"""Calls for one file at most, however few documents a call brings."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of a plan."""

    wanted: int
    charged: int
    """Patents charged when each file fits into one call."""
    worst_case: int
    """The most that the run may charge; the run stops itself there."""
    calls: int
    """Calls, as far as is known: when each file not held fits into one and no kind code has to be searched."""
    documents_a_call: int
    """Documents that one call brings for a patent; a longer file is charged once more for each further call."""
    needs_confirmation: bool
    refresh: bool = False
    """Whether held histories are asked for again."""

    @property
    def label(self) -> str:
        """The text of the button that spends: `Look up 4 · 3 charged`, `Refresh · 1 charged`."""
        if not self.wanted:
            return "Look up"
        return f"Refresh · {self.price}" if self.refresh else f"Look up {self.wanted:,} · {self.price}"

    @property
    def price(self) -> str:
        """What the button says of money: `3 charged`, `free`."""
        return f"{self.charged:,} charged" if self.charged else "free"


def quote_of(plan: Plan, settings: Settings, *, documents_a_call: int) -> Quote:
    """Return the price of a plan.

    Args:
        plan: what is wanted.
        settings: batch size and the threshold of confirmation.
        documents_a_call: the most documents that a call is known to bring of one patent.
    """
    charged = plan.items_in(PlanState.CHARGED)
    by_number = sum(item.number.reading.field == "patent_number" for item in charged)
    max_calls = min(_MAX_CALLS, math.ceil(MAX_DOCUMENTS / documents_a_call))
    further = max((item.charges - 1 for item in charged), default=0)
    return Quote(
        wanted=plan.wanted,
        charged=plan.charged,
        worst_case=sum(max(item.charges, max_calls) for item in charged),
        calls=math.ceil(by_number / settings.patsnap_batch) + len(charged) - by_number + further,
        documents_a_call=documents_a_call,
        needs_confirmation=plan.charged > settings.review_confirm_above,
        refresh=plan.refresh,
    )
