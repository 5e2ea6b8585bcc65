"""What a look-up would do with each typed number: pure rules, from what the store holds to a plan."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from components.histories import office_of
from components.lookups.held import first_held
from components.numbers import Number, NumberField, NumberKind, Reading, Standing, display_form, parse
from components.store import CapUse, Headline, UncertainCharge
from components.words import day

TYPICAL_DOCUMENTS = 52
"""Documents of a typical file: the median of 53 real file histories (41 US, 10 EP, 2 JP)."""
BEING_FETCHED = "being fetched already"
BEING_SAVED = "arrived already, not saved yet"
_NOT_COVERED_LATELY = "not covered, as the service said within the last 24 hours"


class PlanState(StrEnum):
    """What a look-up would do with one number."""

    HELD = "held"
    FREE = "free"
    CHARGED = "charged"
    UNCERTAIN = "uncertain"
    """It may have been charged already, and nobody knows: it is bought again only by a click that says so."""
    BEYOND_CAP = "beyond the cap"
    """It would be charged, and a cap leaves nothing for it."""
    REFUSED = "refused"
    DOUBLED = "doubled"
    AMBIGUOUS = "ambiguous"


NONE_UNCERTAIN: Mapping[str, UncertainCharge] = MappingProxyType({})
_BEFORE_GRANT = frozenset({NumberKind.US_PUBLICATION, NumberKind.JP_KOKAI, NumberKind.KR_PUBLICATION})
"""Kinds of publications that come before a grant with a number of its own."""
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
    """How many charges it most likely takes: one for each call that its file still needs."""
    least: int = 1
    """How many charges it takes at least. Less than `charges` while nobody knows how long its file is."""
    uncertain: UncertainCharge | None = None
    """The charge that nobody is sure of: to be decided or, in a plan that buys again, known to whoever clicked."""

    @property
    def is_not_covered(self) -> bool:
        """Whether the service has lately said that it does not cover this number."""
        return self.note == _NOT_COVERED_LATELY


@dataclass(frozen=True, slots=True)
class Plan:
    """All typed numbers in order, each with its state."""

    items: tuple[PlanItem, ...] = ()
    refresh: bool = False
    """Whether held histories are asked for again."""
    buys_again: bool = False
    """Whether it buys, by a click that said so, what may have been charged already."""
    cap: CapUse | None = None
    """The cap that leaves nothing for the items beyond it; `None` if all fit."""

    def items_in(self, *states: PlanState) -> tuple[PlanItem, ...]:
        """Return the items in any of these states, in order."""
        return tuple(item for item in self.items if item.state in states)

    @property
    def wanted(self) -> int:
        """How many distinct, understood numbers there are."""
        return len(self.items_in(PlanState.HELD, PlanState.FREE, PlanState.CHARGED))

    @property
    def charged(self) -> int:
        """How many charges a look-up would most likely make."""
        return sum(item.charges for item in self.items_in(PlanState.CHARGED))

    @property
    def least(self) -> int:
        """How many charges a look-up would make at least.

        A publication, a grant and an application number of one office may be names of one application, which is bought
        once: of the numbers of an office only those of the most frequent sort are certainly different applications.
        """
        charged = self.items_in(PlanState.CHARGED)
        known = sum(item.least for item in charged if item.key)
        sorts = Counter(
            (office_of(item.number.reading.normalised), sort_of(item.number)) for item in charged if not item.key
        )
        most = Counter[str]()
        for (office, _), count in sorts.items():
            most[office] = max(most[office], count)
        return known + most.total()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the histories held, in order, each once."""
        return tuple(dict.fromkeys(item.key for item in self.items if item.key))


def make_plan(
    numbers: Sequence[Number],
    *,
    held: Mapping[str, Headline],
    absent: Collection[str],
    uncertain: Mapping[str, UncertainCharge] = NONE_UNCERTAIN,
    under_way: Collection[str],
    being_saved: Collection[str] = (),
    documents_a_call: int,
) -> Plan:
    """Plan a look-up of typed numbers.

    Args:
        numbers: what `numbers.parse` understood, doubles marked.
        held: what the store holds, by every name that one of the numbers may go by (`names_of`).
        absent: names that the service has lately said it does not cover.
        uncertain: names that may have been charged already.
        under_way: names that running look-ups are still to buy.
        being_saved: names whose answers have arrived and could not be saved yet.
        documents_a_call: the most documents that a call is known to bring of one patent.
    """
    items = [
        _item(
            number,
            held=held,
            absent=absent,
            uncertain=uncertain,
            under_way=under_way,
            being_saved=being_saved,
            documents_a_call=documents_a_call,
        )
        for number in numbers
    ]
    return Plan(tuple(_without_doubles(items)))


def make_refresh_plan(
    headlines: Sequence[Headline],
    *,
    claimed: Collection[str],
    documents_paid: Mapping[str, int],
    uncertain: Mapping[str, UncertainCharge] = NONE_UNCERTAIN,
    under_way: Collection[str],
    documents_a_call: int,
) -> Plan:
    """Plan to ask again for held histories.

    Args:
        headlines: the histories, each once.
        claimed: keys of the histories whose publication number would bring another application
            (`claimed_by_others`); these are asked for by their application number.
        documents_paid: how many documents of a refresh that was interrupted have arrived, by key.
        uncertain: names that may have been charged already.
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
        item = PlanItem(
            number, PlanState.CHARGED, headline.key, headline.retrieved, note, charges=charges, least=charges
        )
        items.append(_asked_about(item, _first_of(names_of(number), uncertain)))
    return Plan(tuple(items), refresh=True)


def buying_again(plan: Plan) -> Plan:
    """Return the plan that buys what may have been charged already, and nothing else of a plan."""
    items = [
        replace(item, state=PlanState.CHARGED, note="bought again: it may be charged twice")
        for item in plan.items_in(PlanState.UNCERTAIN)
    ]
    return Plan(tuple(items), refresh=plan.refresh, buys_again=True)


def within_caps(plan: Plan, caps: Sequence[CapUse]) -> Plan:
    """Return a plan whose last items are put beyond the cap that leaves least, where it does not leave enough for all.

    Args:
        plan: what is wanted.
        caps: how far each cap is used up.
    """
    tightest = min(caps, key=lambda use: use.left, default=None)
    if tightest is None or plan.charged <= tightest.left:
        return plan
    left = tightest.left
    items = []
    for item in plan.items:
        # A file that needs more calls than are left is begun: what has arrived of it is kept.
        fits = item.state is not PlanState.CHARGED or left > 0
        left -= item.charges if item.state is PlanState.CHARGED else 0
        items.append(item if fits else replace(item, state=PlanState.BEYOND_CAP, note=cap_in_words(tightest)))
    return replace(plan, items=tuple(items), cap=tightest)


def cap_in_words(use: CapUse) -> str:
    """Return what a cap leaves: `the cap of 100 for today (UTC) leaves 10`; who can raise it where that is a person."""
    words = f"the cap of {use.limit:,} {use.period} leaves {use.left:,}"
    return f"{words}; an administrator can raise it on the Usage page" if use.cap == "person" else words


def sort_of(number: Number) -> int:
    """Return the sort of a number: 0 for a publication before grant, 1 for other publications, 2 for an application.

    Numbers of different sorts may be names of one application. They are asked for in this order, because the answer to
    a publication before grant may name the grant, and every answer names the application.
    """
    if number.reading.field == "apno":
        return 2
    return 0 if number.reading.kind in _BEFORE_GRANT else 1


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
    uncertain: Mapping[str, UncertainCharge],
    under_way: Collection[str],
    being_saved: Collection[str],
    documents_a_call: int,
) -> PlanItem:
    """Plan one number by itself."""
    if not is_asked_for(number):
        return PlanItem(number, _STATE_OF_STANDING[number.standing], note=number.reason)
    names = names_of(number)
    headline = first_held(names, held)
    key, retrieved = (headline.key, headline.retrieved) if headline else (None, None)
    if not _disjoint(names, being_saved):
        return PlanItem(number, PlanState.FREE, key, retrieved, BEING_SAVED)
    if not _disjoint(names, under_way):
        return PlanItem(number, PlanState.FREE, key, retrieved, BEING_FETCHED)
    if headline and headline.complete:
        return PlanItem(number, PlanState.HELD, key, retrieved)
    if headline is None and all(name in absent for name in number.reading.request_forms):
        return PlanItem(number, PlanState.FREE, note=_NOT_COVERED_LATELY)
    names_known = (*names, headline.patent_number, headline.apno) if headline else names
    return _asked_about(
        _charged_item(number, headline, documents_a_call=documents_a_call), _first_of(names_known, uncertain)
    )


def _charged_item(number: Number, headline: Headline | None, *, documents_a_call: int) -> PlanItem:
    """Plan a number that has to be bought: the rest of a history that is held in part, or all of it."""
    if headline is None:
        return PlanItem(
            number, PlanState.CHARGED, charges=charges_of(TYPICAL_DOCUMENTS, documents_a_call=documents_a_call)
        )
    rest = headline.documents_reported - headline.documents_held
    # A history that was cut off after fewer documents than a call may bring came from a service that gives fewer.
    charges = charges_of(rest, documents_a_call=min(documents_a_call, headline.documents_held or documents_a_call))
    once_or_more = "once more" if charges == 1 else f"{charges:,} times more"
    share = f"{headline.documents_held:,} of {headline.documents_reported:,} documents held"
    note = f"{share}; the rest is charged {once_or_more}"
    least = charges_of(rest, documents_a_call=documents_a_call)
    return PlanItem(number, PlanState.CHARGED, headline.key, headline.retrieved, note, charges=charges, least=least)


def _asked_about(item: PlanItem, uncertain: UncertainCharge | None) -> PlanItem:
    """Return an item as one to be asked about, if it may have been charged already."""
    if uncertain is None:
        return item
    times = "" if uncertain.count == 1 else f" {uncertain.count:,} times"
    note = f"may have been charged{times} already, on {day(uncertain.last_at)}; buying it again may charge it twice"
    return replace(item, state=PlanState.UNCERTAIN, note=note, uncertain=uncertain)


def _first_of(names: Sequence[str], uncertain: Mapping[str, UncertainCharge]) -> UncertainCharge | None:
    """Return the uncertain charge of the first of these names that has one."""
    return next((uncertain[name] for name in names if name in uncertain), None)


_BOUGHT_BY_KEY = (PlanState.HELD, PlanState.CHARGED, PlanState.UNCERTAIN)
"""States in which a second name of a held history, complete or not, must not be bought or shown beside the first."""


def _without_doubles(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Mark as doubled what is held under the key of an earlier item."""
    first: dict[str, str] = {}
    marked = []
    for item in items:
        if item.state in _BOUGHT_BY_KEY and item.key in first:
            marked.append(replace(item, state=PlanState.DOUBLED, note=f"the same file as {first[item.key]}"))
            continue
        if item.key:
            first.setdefault(item.key, item.number.reading.display_form)
        marked.append(item)
    return marked


def _disjoint(names: Collection[str], others: Collection[str]) -> bool:
    return not any(name in others for name in names)
