"""Rounds: each action and what answered or ended it.

The acts of a history are walked once, oldest first. An act ends the open rounds that it answers, replaces or lets go
abandoned, and opens those of its own; what answers what is a table (`pairings.py`), and so are the periods
(`periods.py`). What became of each round is said in `outcomes.py`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from components.prosecution.law.pairings import Pairing, bearing_on_rounds, category_set, pairing_for
from components.prosecution.law.periods import Deadline, Period, deadline, period_for
from components.prosecution.law.vocabulary import category_index, category_list
from components.prosecution.law.workdays import add_months, next_working_day
from components.prosecution.papers.classification import normalise_code
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.labels import label_of
from components.prosecution.papers.sorted_documents import Listing

ABANDONMENT: Final = category_index()["abandonment"]
EXTENSION: Final = category_index()["extension"]
ENDS: Final = frozenset({ABANDONMENT, category_index()["withdrawal"]})
"""What ends an application, until it is revived."""
_RESTART: Final = category_index()["period_restarted"]
_WAITING: Final = 8
"""How many requests of a kind are taken to wait for a decision at once."""
_BEGIN: Final = category_set("actions") | {category_index()["allowance"]}
"""What ends the formalities."""
_NOTED: Final = ENDS | {EXTENSION, _RESTART}
_STEPS: Final = frozenset(
    category.rank
    for category in category_list()
    if category.side == "office" and category.status and category.rank != ABANDONMENT
)
"""What the Office does on the merits, in an appeal or on issue."""


@dataclass(slots=True)
class Round:
    """One action and its answer; `None` where there is none."""

    pairing: Pairing
    opening: Act
    place: int
    """The paper that opened it, as a place in the listing."""
    label: str
    period: Period | None = None
    restarted: date | None = None
    """From when the period runs, if the Office restarted it."""
    not_before: date | None = None
    """A day before which the period does not end."""
    refused: date | None = None
    """When the Office last decided on a reply or a request without ending the round."""
    suspended: bool = False
    """Whether the period rested, or rests until the Office decides."""
    same_day: bool = False
    """Whether a reply of the day itself is listed, which may answer something earlier."""
    partial: list[Act] = field(default_factory=list)
    extensions: list[Act] = field(default_factory=list)
    answer: Act | None = None
    closing: Act | None = None
    """The act that ended it without being its answer."""
    next_act: Act | None = None
    """What the other side did first after the answer."""
    outcome: str = "open"
    explanation: str = ""
    extension_months: int | None = None
    extension_source: str = ""

    @property
    def ended(self) -> date | None:
        """The day of the answer, or of what ended the round without one."""
        act = self.answer or self.closing
        return act.day if act else None

    @property
    def limits(self) -> Deadline | None:
        """The computed end of the period, if a rule is certain."""
        if self.period is None or (self.suspended and (self.refused is None or self.answer is None)):
            return None
        return deadline(self.period, self.since, not_before=self.not_before)

    @property
    def since(self) -> date:
        """The day from which the period runs."""
        return self.restarted or self.opening.day


def rounds_in(listing: Listing, acts: Sequence[Act]) -> list[Round]:
    """Find the rounds of a history, in the order in which they were opened.

    Args:
        listing: the papers in reading order.
        acts: what happened, oldest first (`acts_of`).
    """
    running: list[Round] = []
    found: list[Round] = []
    begun = False
    bearing = bearing_on_rounds(listing.office) | _NOTED
    codes = frozenset(normalise_code(code) for code in set(listing.codes))
    for act in acts:
        if not act.has(bearing):
            continue
        for current in list(running):
            if _take(current, act):
                running.remove(current)
        begun = begun or (act.by_office and act.has(_BEGIN))
        for opened in _openings(listing, act):
            if opened.pairing.listed_if == "before the first action" and begun:
                continue
            if _sets_none(opened, running, codes):
                opened.period = None
            _replace(opened, running)
            running.append(opened)
            found.append(opened)
    kept = [entry for entry in found if _is_listed(entry)]
    steps = [act for act in acts if act.by_office and act.has(_STEPS)]
    # After a notice of appeal the Office waits for the brief.
    owing = {entry.opening.group for entry in kept if entry.pairing.by_applicant and entry.opening.by_applicant}
    for entry in kept:
        if entry.answer is not None and entry.answer.group not in owing:
            entry.next_act = _next_act(entry, steps)
    return kept


def _replace(opened: Round, running: list[Round]) -> None:
    """Let an action replace an open one of its kind; several requests to the Office may wait for one decision."""
    same = [current for current in running if current.pairing is opened.pairing]
    if opened.pairing.listed_if == "if answered":
        if len(same) >= _WAITING:
            running.remove(same[0])
        return
    for current in same:
        current.closing = opened.opening
        running.remove(current)


def _sets_none(opened: Round, running: Sequence[Round], codes: frozenset[str]) -> bool:
    """Say whether an action sets no period of its own, or none that is certain in such a file."""
    if any(current.pairing.opens in opened.pairing.no_period_in for current in running):
        return True
    return opened.period is not None and not codes.isdisjoint(opened.period.unless)


def _openings(listing: Listing, act: Act) -> list[Round]:
    found = []
    for category, places in act.papers.items():
        pairing = pairing_for(listing.office, category, normalise_code(listing.codes[places[0]]))
        if pairing is None:
            continue
        place, period = places[0], None
        for candidate in places:
            period = period_for(listing.office, category_list()[category].name, listing.codes[candidate], act.day)
            if period is not None:
                place = candidate
                break
        if pairing.listed_if in ("with a period", "before the first action") and period is None:
            continue
        label = label_of(listing.office, frozenset({category}), listing.codes[place], listing.descriptions[place])
        opened = Round(pairing, act, place, label, period if pairing.by_applicant else None)
        opened.suspended = pairing.suspended_by in act.papers
        found.append(opened)
    return found


def _take(current: Round, act: Act) -> bool:
    """Let an act bear on an open round; say whether the round ended with it."""
    rule = current.pairing
    mine = act.by_applicant if rule.by_applicant else act.by_office
    if mine and (act.day > current.opening.day or rule.same_day) and act.has(rule.answered_by):
        current.answer = act
        return True
    if act.day == current.opening.day:
        current.same_day = current.same_day or (mine and act.has(rule.answered_by | rule.partial))
        return False
    _note(current, act, mine=mine)
    if not mine and current.partial and act.has(rule.closed_by & rule.completed_by):
        current.answer = _complete_reply(current)
        return True
    if act.has(rule.closed_by) or (rule.opens != ABANDONMENT and act.has(ENDS)):
        current.closing = act
        return True
    return False


def _note(current: Round, act: Act, *, mine: bool) -> None:
    """Keep what an act changes in a round that stays open: a reply that may answer it, more time."""
    rule = current.pairing
    if mine and act.has(rule.partial):
        current.partial.append(act)
    if mine and EXTENSION in act.papers:
        current.extensions.append(act)
    if rule.suspended_by in act.papers:
        current.suspended = True
    if rule.prolonged_by in act.papers:
        current.refused = act.day
        _prolong(current, act)
    if act.by_office and _RESTART in act.papers:
        current.restarted, current.not_before = act.day, None


def _prolong(current: Round, act: Act) -> None:
    rule = current.pairing
    in_time = not rule.prolonged_within or (
        bool(current.partial)
        and current.partial[0].day <= next_working_day(add_months(current.opening.day, rule.prolonged_within))
    )
    if in_time:
        current.not_before = add_months(act.day, rule.prolonged_months)


def _complete_reply(current: Round) -> Act:
    """Give the partial reply that led on: the first after the Office last refused one, else the last."""
    refused = current.refused or date.min
    return next((act for act in current.partial if act.day >= refused), current.partial[-1])


def _is_listed(entry: Round) -> bool:
    when = entry.pairing.listed_if
    if when == "if answered":
        return entry.answer is not None
    if when == "if undone":
        return entry.answer is not None or entry.closing is not None
    return True


def _next_act(entry: Round, steps: Sequence[Act]) -> Act | None:
    """Give the Office's first step on the merits after the applicant's answer."""
    if entry.answer is None or not entry.pairing.by_applicant or entry.pairing.listed_if != "always":
        return None
    place = bisect_right(steps, entry.answer.day, key=lambda act: act.day)
    return steps[place] if place < len(steps) else None
