"""What a list of numbers would cost: each number's standing against the store, and the quote drawn from it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from components.numbers import Kind, Number, Reading, Standing, parse, shown
from components.numbers.model import Field
from components.settings import Settings
from components.store import Headline

MOST_DOCUMENTS = 5_000
"""Documents of one file that a look-up pages through without asking again; the longest US files have a few thousand."""


class State(StrEnum):
    """What a look-up would do with one number."""

    HELD = "held"
    FREE = "free"
    CHARGED = "charged"
    REFUSED = "refused"
    DOUBLED = "doubled"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One typed number and what a look-up would do with it."""

    number: Number
    state: State
    key: str | None = None
    """Under which key its history is held (complete or not), if it is."""
    retrieved: datetime | None = None
    """When the held history was retrieved (UTC)."""
    note: str = ""
    charges: int = 1
    """Calls that a charged one takes as far as is known: more than one for the rest of a long file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All typed numbers in order, each with its state."""

    items: tuple[PlanItem, ...] = ()
    refresh: bool = False
    """Whether what is held is asked for again."""

    def of(self, *states: State) -> tuple[PlanItem, ...]:
        """Give the items in any of these states, in order."""
        return tuple(item for item in self.items if item.state in states)

    @property
    def wanted(self) -> int:
        """How many distinct, understood numbers there are."""
        return len(self.of(State.HELD, State.FREE, State.CHARGED))

    @property
    def charged(self) -> int:
        """How many charges a look-up would make, as far as is known: one for each that is not held."""
        return sum(item.charges for item in self.of(State.CHARGED))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the histories held, in order, each once."""
        return tuple(dict.fromkeys(item.key for item in self.items if item.key))


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of a plan, before anything is asked."""

    wanted: int
    charged: int
    """Patents charged when each file fits into one call."""
    worst: int
    """The most that the run may charge; the run stops itself there."""
    calls: int
    """Calls, as far as is known: when each file not held fits into one and no kind code has to be searched."""
    documents_a_call: int
    """Documents that one call brings for a patent; a longer file is charged once more for each further call."""
    needs_confirmation: bool
    refresh: bool = False
    """Whether what is held is asked for again."""

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


def quote(plan: Plan, settings: Settings, *, documents_a_call: int) -> Quote:
    """Price a plan.

    Args:
        plan: what is wanted.
        settings: batch size and the threshold of confirmation.
        documents_a_call: the most documents that a call is known to bring of one patent.
    """
    charged = plan.of(State.CHARGED)
    by_number = sum(item.number.reading.field == "patent_number" for item in charged)
    most = min(200, math.ceil(MOST_DOCUMENTS / documents_a_call))
    further = max((item.charges - 1 for item in charged), default=0)
    return Quote(
        wanted=plan.wanted,
        charged=plan.charged,
        worst=sum(max(item.charges, most) for item in charged),
        calls=math.ceil(by_number / settings.patsnap_batch) + len(charged) - by_number + further,
        documents_a_call=documents_a_call,
        needs_confirmation=plan.charged > settings.review_confirm_above,
        refresh=plan.refresh,
    )


def names_of(number: Number) -> tuple[str, ...]:
    """Give every name under which an understood number's history may be held."""
    reading = number.reading
    return tuple(dict.fromkeys((reading.normalised, *reading.asks)))


def number_of(line: Headline, *, by_application: bool = False) -> Number:
    """Return the number under which a held history is asked for again, in the service's own form.

    Args:
        line: the held history. Where the service told neither number, its key is what it was asked by.
        by_application: ask by its application number, if it has one.
    """
    by_application = bool(line.apno) and (by_application or not line.patent_number)
    name = line.apno if by_application else line.patent_number or line.key
    read = [reading for number in parse(name) for reading in number.readings]
    kind = read[0].kind if len(read) == 1 else Kind.OTHER
    field: Field = "apno" if by_application else "patent_number"
    if not line.patent_number and not line.apno and len(read) == 1:
        field = read[0].field
    reading = Reading(kind=kind, field=field, normalised=name, asks=(name,), shown=shown(name))
    return Number(typed=name, standing=Standing.UNDERSTOOD, readings=(reading,))


def charges_of(documents: int, *, documents_a_call: int) -> int:
    """Return how often one file of so many documents is charged: once for each call that it takes, at least once."""
    return max(1, math.ceil(documents / documents_a_call))


def settled(numbers: Sequence[Number]) -> dict[int, PlanItem]:
    """Plan the numbers that no look-up will ask for: refused, doubled and ambiguous ones, by their position."""
    states = {
        Standing.REFUSED: State.REFUSED,
        Standing.DOUBLED: State.DOUBLED,
        Standing.AMBIGUOUS: State.AMBIGUOUS,
    }
    return {
        place: PlanItem(number, states[number.standing], note=number.reason)
        for place, number in enumerate(numbers)
        if number.standing in states
    }
