"""What a look-up would do with each typed number: pure rules, from what the store holds to a plan."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from components.lookups.held import first_held
from components.numbers import Number, NumberField, NumberKind, Reading, Standing, display_form, parse
from components.store import Headline

BEING_FETCHED = "being fetched already"
_NOT_COVERED_LATELY = "not covered, as the service said within the last 24 hours"


class PlanState(StrEnum):
    """What a look-up would do with one number."""

    HELD = "held"
    FREE = "free"
    CHARGED = "charged"
    REFUSED = "refused"
    DOUBLED = "doubled"
    AMBIGUOUS = "ambiguous"


_STATE_OF_STANDING: Mapping[Standing, PlanState] = {
    Standing.REFUSED: PlanState.REFUSED,
    Standing.DOUBLED: PlanState.DOUBLED,
    Standing.AMBIGUOUS: PlanState.AMBIGUOUS,
}
"""Numbers that no look-up asks for."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One typed number and what a look-up would do with it."""

    number: Number
    state: PlanState
    key: str | None = None
    """Key of its history, if one is held, complete or not."""
    retrieved: datetime | None = None
    """When the held history was retrieved (UTC)."""
    note: str = ""
    charges: int = 1
    """How many charges it takes if it is charged, as far as is known: one for each call that its file still needs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All typed numbers in order, each with its state."""

    items: tuple[PlanItem, ...] = ()
    refresh: bool = False
    """Whether held histories are asked for again."""

    def items_in(self, *states: PlanState) -> tuple[PlanItem, ...]:
        """Return the items in any of these states, in order."""
        return tuple(item for item in self.items if item.state in states)

    @property
    def wanted(self) -> int:
        """How many distinct, understood numbers there are."""
        return len(self.items_in(PlanState.HELD, PlanState.FREE, PlanState.CHARGED))

    @property
    def charged(self) -> int:
        """How many charges a look-up would make, as far as is known."""
        return sum(item.charges for item in self.items_in(PlanState.CHARGED))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the histories held, in order, each once."""
        return tuple(dict.fromkeys(item.key for item in self.items if item.key))


def make_plan(
    numbers: Sequence[Number],
    *,
    held: Mapping[str, Headline],
    absent: Collection[str],
    under_way: Collection[str],
    documents_a_call: int,
) -> Plan:
    """Plan a look-up of typed numbers.

    Args:
        numbers: what `numbers.parse` understood, doubles marked.
        held: what the store holds, by every name that one of the numbers may go by (`names_of`).
        absent: names that the service has lately said it does not cover.
        under_way: names that running look-ups are still to buy.
        documents_a_call: the most documents that a call is known to bring of one patent.
    """
    items = [
        _item(number, held=held, absent=absent, under_way=under_way, documents_a_call=documents_a_call)
        for number in numbers
    ]
    return Plan(tuple(_without_doubles(items)))


def make_refresh_plan(
    headlines: Sequence[Headline],
    *,
    claimed: Collection[str],
    documents_paid: Mapping[str, int],
    under_way: Collection[str],
    documents_a_call: int,
) -> Plan:
    """Plan to ask again for held histories.

    Args:
        headlines: the histories, each once.
        claimed: keys of the histories whose publication number would bring another application
            (`claimed_by_others`); these are asked for by their application number.
        documents_paid: how many documents of a refresh that was interrupted have arrived, by key.
        under_way: names that running look-ups are still to buy.
        documents_a_call: the most documents that a call is known to bring of one patent.
    """
    items = []
    for headline in headlines:
        number = number_of(headline, by_application=headline.key in claimed)
        if not _disjoint(names_of(number), under_way):
            items.append(PlanItem(number, PlanState.FREE, headline.key, headline.retrieved, BEING_FETCHED))
            continue
        paid = documents_paid.get(headline.key, 0 if headline.complete else headline.documents_held)
        charges = charges_of(
            max(headline.documents_reported, headline.documents_held) - paid, documents_a_call=documents_a_call
        )
        note = (
            f"{headline.documents_reported:,} documents take {charges:,} calls; each is charged" if charges > 1 else ""
        )
        items.append(PlanItem(number, PlanState.CHARGED, headline.key, headline.retrieved, note, charges))
    return Plan(tuple(items), refresh=True)


def names_of(number: Number) -> tuple[str, ...]:
    """Return every name under which the history of an understood number may be held, each once."""
    reading = number.reading
    return tuple(dict.fromkeys((reading.normalised, *reading.request_forms)))


def is_asked_for(number: Number) -> bool:
    """Return whether a look-up asks for a number: not for refused, doubled and ambiguous ones."""
    return number.standing not in _STATE_OF_STANDING


def number_of(headline: Headline, *, by_application: bool = False) -> Number:
    """Return the number under which a held history is asked for again, in the service's own form.

    Args:
        headline: the held history. Where the service gave neither number, its key is what it was asked by.
        by_application: ask by its application number, if it has one.
    """
    by_application = bool(headline.apno) and (by_application or not headline.patent_number)
    name = headline.apno if by_application else headline.patent_number or headline.key
    readings = [reading for number in parse(name) for reading in number.readings]
    kind = readings[0].kind if len(readings) == 1 else NumberKind.OTHER
    field: NumberField = "apno" if by_application else "patent_number"
    if not headline.patent_number and not headline.apno and len(readings) == 1:
        field = readings[0].field
    reading = Reading(kind=kind, field=field, normalised=name, request_forms=(name,), display_form=display_form(name))
    return Number(typed=name, standing=Standing.UNDERSTOOD, readings=(reading,))


def charges_of(documents: int, *, documents_a_call: int) -> int:
    """Return how many charges a file of this many documents takes: one for each call, at least one."""
    return max(1, math.ceil(documents / documents_a_call))


def _item(
    number: Number,
    *,
    held: Mapping[str, Headline],
    absent: Collection[str],
    under_way: Collection[str],
    documents_a_call: int,
) -> PlanItem:
    """Plan one number by itself."""
    if not is_asked_for(number):
        return PlanItem(number, _STATE_OF_STANDING[number.standing], note=number.reason)
    names = names_of(number)
    headline = first_held(names, held)
    key, retrieved = (headline.key, headline.retrieved) if headline else (None, None)
    if not _disjoint(names, under_way):
        return PlanItem(number, PlanState.FREE, key, retrieved, BEING_FETCHED)
    if headline and headline.complete:
        return PlanItem(number, PlanState.HELD, key, retrieved)
    if headline:
        charges = charges_of(headline.documents_reported - headline.documents_held, documents_a_call=documents_a_call)
        once_or_more = "once more" if charges == 1 else f"{charges:,} times more"
        share = f"{headline.documents_held:,} of {headline.documents_reported:,} documents held"
        return PlanItem(
            number, PlanState.CHARGED, key, retrieved, f"{share}; the rest is charged {once_or_more}", charges
        )
    if all(name in absent for name in number.reading.request_forms):
        return PlanItem(number, PlanState.FREE, note=_NOT_COVERED_LATELY)
    return PlanItem(number, PlanState.CHARGED)


def _without_doubles(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Mark as doubled what is held under the key of an earlier item."""
    first: dict[str, str] = {}
    marked = []
    for item in items:
        if item.state is PlanState.HELD and item.key in first:
            marked.append(replace(item, state=PlanState.DOUBLED, note=f"the same file as {first[item.key]}"))
            continue
        if item.key:
            first.setdefault(item.key, item.number.reading.display_form)
        marked.append(item)
    return marked


def _disjoint(names: Collection[str], others: Collection[str]) -> bool:
    return not any(name in others for name in names)
