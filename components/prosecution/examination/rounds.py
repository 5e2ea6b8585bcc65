"""Rounds: each action and what answered or ended it.

The acts of a history are walked once, oldest first. An act ends the open rounds that it answers, replaces or leaves
abandoned, and opens rounds of its own; what answers what is a table (`law.pairings`), and so are the periods
(`law.periods`). What became of each round is judged in `outcomes`.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from components.prosecution.examination.petitions import about_abandonment
from components.prosecution.law.categories import CONCLUDING, ENDING, Category, category_facts, category_set
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.dated_names import name_on
from components.prosecution.law.grants import after_grant_of, opening_after_issue
from components.prosecution.law.pairings import Pairing, categories_of_rounds, pairing_for, pairings_of
from components.prosecution.law.periods import Deadline, Period, compute_deadline, rule_for
from components.prosecution.law.vocabulary import Side
from components.prosecution.law.workdays import add_months, next_working_day
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.labels import label_of
from components.prosecution.papers.plausible_dates import as_number
from components.prosecution.papers.sorted_documents import SortedDocuments

_MAX_WAITING: Final = 8
"""How many requests of a kind can wait for a decision at once; with more, the oldest is no longer followed."""
_SEVERAL: Final = frozenset({"each", "if answered", "in doubt"})
"""When papers of a kind are listed of which several rounds may be open at once."""
_HELD_UNANSWERED: Final = ENDING | {Category.APPEAL_ENDED, Category.RCE}
"""Papers after which what was due stays due, or was."""
_CHANGING_PERIODS: Final = (
    ENDING
    | CONCLUDING
    | {Category.EXTENSION, Category.EXTENSION_GRANTED, Category.IMPROPER_RCE, Category.PERIOD_RESTARTED}
)


class Round(NamedTuple):
    """One action and its answer; `None` where there is none."""

    pairing: Pairing
    opening: Act
    document: int
    """The paper that opened it, as an index in the sorted documents."""
    label: str
    period: Period | None = None
    undated: str = ""
    """Why no last day is computed, where the table of periods says it."""
    base: date | None = None
    """The day of the earlier action from which the period runs (`Pairing.runs_from`); `None`: from the opening."""
    restarted: date | None = None
    """From when the period runs, if the Office restarted it."""
    not_before: date | None = None
    """A day before which the period does not end."""
    refused: date | None = None
    """When the Office last decided on a reply or a request without ending the round."""
    suspended: bool = False
    """Whether the period is or was suspended until the Office decides."""
    decided: Act | None = None
    """The Office's decision on what suspended the period, if the round goes on after it."""
    asked: date | None = None
    """When the applicant first asked for what prolongs the period if it is refused (`Pairing.prolonged_if`)."""
    late_request: date | None = None
    """When something was filed that would have suspended the period, had it come with the opening paper."""
    same_day: bool = False
    """Whether a reply of the same day is listed, which may answer an earlier action."""
    partial: tuple[Act, ...] = ()
    """Replies that count as the answer only if the Office then acts on them (`Pairing.completed_by`)."""
    improper: tuple[Act, ...] = ()
    """Requests for continued examination that were improper, and did not stop the period (MPEP 706.07(h))."""
    extensions: tuple[Act, ...] = ()
    """Requests for more time."""
    granted: tuple[Act, ...] = ()
    """The Office's grants of more time, each until a day that a list does not show."""
    answer: Act | None = None
    closing: Act | None = None
    """The act that ended it without being its answer."""
    next_act: Act | None = None
    """What the other side did first after the answer."""

    @property
    def is_open(self) -> bool:
        """Whether nothing answered or ended it."""
        return self.answer is None and self.closing is None

    @property
    def ended(self) -> date | None:
        """The day of the answer, or of what ended the round without one."""
        act = self.answer or self.closing
        return act.day if act else None

    @property
    def by_third_party(self) -> bool:
        """Whether a third party opened it."""
        return not (self.opening.by_applicant or self.opening.by_office)

    @property
    def answering(self) -> frozenset[Category]:
        """The categories of the papers that can answer it.

        Where the answer came after a loss of rights that was undone, that may be the request alone.
        """
        usual = self.pairing.answered_by | self.pairing.partial
        return usual if self.answer is None or self.answer.has(usual) else frozenset(self.answer.papers)

    @property
    def since(self) -> date:
        """The date of the paper from which the period runs."""
        return self.restarted or self.base or self.opening.day

    @property
    def owed(self) -> str:
        """What the applicant owes, as the beginning of a sentence on its last day; empty where the Office must act."""
        return (self.period.owes if self.period else "") or self.pairing.owes

    @property
    def otherwise(self) -> str:
        """What follows if nothing comes; empty for a round that is not open."""
        own = self.period.otherwise if self.period else ""
        return (own or self.pairing.otherwise) if self.is_open else ""

    @property
    def rests(self) -> bool:
        """Whether the period rests, because no decision on what suspended it is listed."""
        return self.suspended and self.decided is None

    @property
    def went_on_by_office(self) -> bool:
        """Whether the Office went on by itself with what the applicant had asked it to review, so that nothing was due.

        Not if it only held that nothing had come: that the appeal is dismissed, or the application abandoned.
        """
        return self.suspended and self.closing is not None and not self.closing.has(_HELD_UNANSWERED)

    @property
    def deadline(self) -> Deadline | None:
        """The computed end of the period, if a rule is certain."""
        if self.period is None or self.rests or self.went_on_by_office:
            return None
        return compute_deadline(self.period, self.since, not_before=self.not_before)


def rounds_in(
    documents: SortedDocuments, acts: Sequence[Act], *, issued: date | None = None, void: Collection[int] = ()
) -> list[Round]:
    """Return the rounds of a history, in the order in which they were opened.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first (`daily_acts`).
        issued: day of the issue that stands, after which only what a granted patent knows opens a round.
        void: the submissions with a notice of abandonment that was taken back, which ends no round.
    """
    walked = _walk_acts(documents, acts, issued or date.max, void)
    settled = _paid_in_time(walked)
    listed = [
        round_
        for round_ in walked
        if is_listed(round_)
        and not (round_.pairing.listed_if == "in doubt" and round_.answer and round_.answer.submission in settled)
    ]
    return with_next_acts(listed, acts)


def _paid_in_time(rounds: Sequence[Round]) -> frozenset[int]:
    """Return the submissions that answered a notice of allowance in time, whatever a further notice of it sets."""
    allowed = [(round_.answer, round_.deadline) for round_ in rounds if round_.pairing.opens is Category.ALLOWANCE]
    return frozenset(
        answer.submission for answer, deadline in allowed if answer and (deadline is None or answer.day <= deadline.due)
    )


def _walk_acts(documents: SortedDocuments, acts: Sequence[Act], issued: date, void: Collection[int]) -> list[Round]:
    """Return every round that an act opened, as it stands after the last act."""
    rounds: list[Round] = []
    running: list[int] = []  # indices in rounds
    codes = frozenset(normalise_code(code) for code in set(documents.codes))
    begun = False
    relevant = categories_of_rounds(documents.office) | _CHANGING_PERIODS
    for act in acts:
        if not act.has(relevant):
            continue
        for index in running:
            rounds[index] = after_act(rounds[index], _as_seen_by(rounds[index], documents, act, void))
        running = [index for index in running if rounds[index].is_open]
        begun = begun or begins_examination(act)
        for opened in rounds_opened_by(documents, act, examination_begun=begun):
            if act.day > issued and opened.pairing.opens not in opening_after_issue(documents.office):
                continue
            still_open = [rounds[index] for index in running]
            new = _answered_at_once(with_certain_period(_from_earlier_action(opened, rounds), still_open, codes))
            for index in [running[position] for position in replaced_by(opened, still_open)]:
                rounds[index] = _closed_by_new(rounds[index], new)
                running.remove(index)
            if new.is_open:
                running.append(len(rounds))
            rounds.append(new)
    return rounds


def _from_earlier_action(opened: Round, rounds: Sequence[Round]) -> Round:
    """Return a new round whose period runs from the action that its opening answers, where its rule says so.

    The grounds of a European appeal are due four months from the notification of the decision, whenever the notice of
    appeal came (Art. 108 EPC). Without the decision, or with one from before the rule, no period is computed.
    """
    earlier, appealed = opened.pairing.runs_from, opened.opening.submission
    if not earlier or opened.period is None:
        return opened
    days = [
        round_.opening.day
        for round_ in rounds
        if round_.pairing.opens in earlier and round_.answer and round_.answer.submission == appealed
    ]
    if not days or not opened.period.covers(days[-1]):
        return opened._replace(period=None)
    return opened._replace(base=days[-1])


def _answered_at_once(opened: Round) -> Round:
    """Return a new round, answered if the submission that opens it holds the answer too: a brief with its notice."""
    rule, act = opened.pairing, opened.opening
    by_respondent = _is_by_respondent(opened, act)
    return opened._replace(answer=act) if by_respondent and rule.same_day and act.has(rule.answered_by) else opened


def _as_seen_by(round_: Round, documents: SortedDocuments, act: Act, void: Collection[int]) -> Act:
    """Return an act with those papers that concern a round."""
    if round_.pairing.opens is Category.ABANDONMENT:
        return about_abandonment(documents, act)
    if act.submission in void:
        return replace(act, papers={name: papers for name, papers in act.papers.items() if name not in ENDING})
    return act


def begins_examination(act: Act) -> bool:
    """Return whether an act is the Office's first on the merits, after which no formalities are left."""
    return act.by_office and act.has(category_set("first_actions"))


def rounds_opened_by(documents: SortedDocuments, act: Act, *, examination_begun: bool) -> Iterator[Round]:
    """Yield the rounds that an act opens.

    Args:
        documents: the papers in reading order.
        act: the act.
        examination_begun: whether an action on the merits came, after which formalities open no round.
    """
    opening = pairings_of(documents.office)
    beside = _beside_another_action(act)
    for category, indices in act.papers.items():
        if category not in opening or category in beside:
            continue
        pairing = pairing_for(documents.office, category, normalise_code(documents.codes[indices[0]]), act.day)
        over = {"before the first action": examination_begun, "in doubt": Category.ISSUE in act.papers}
        if pairing is None or over.get(pairing.listed_if, False) or not _can_be_appealed(documents, act, category):
            continue
        document, rule = _with_rule(documents, act, category)
        period = rule if rule is not None and rule.is_computed else None
        if pairing.listed_if in ("with a period", "before the first action") and period is None:
            continue
        code, description = documents.codes[document], documents.descriptions[document]
        yield Round(
            pairing=pairing,
            opening=act,
            document=document,
            label=name_on(
                documents.office,
                label_of(documents.office, _named_together(category, beside), code, description),
                act.day,
            ),
            period=period if pairing.by_applicant else None,
            undated=rule.note if rule is not None and period is None and rule.usual else "",
            suspended=pairing.suspended_by in act.papers,
        )


def _can_be_appealed(documents: SortedDocuments, act: Act, category: Category) -> bool:
    """Return whether a paper is no decision in an opposition, or one that adversely affects a party (Art. 107 EPC).

    Not one by which the proceedings only end, nor what only carries out a decision of the Board of Appeal.
    """
    if category is not Category.OPPOSITION_DECISION:
        return True
    decides = any(after_grant_of(documents.office, documents.descriptions[index]) for index in act.papers[category])
    boards = documents.days[documents.categories == Category.BOARD_DECISION]
    opposed = documents.days[documents.categories == Category.OPPOSITION]
    first = int(opposed[0]) if opposed.size else 0
    day = as_number(act.day)
    return decides and bool(opposed.size) and not bool(((boards >= first) & (boards <= day)).any())


def _beside_another_action(act: Act) -> frozenset[Category]:
    """Return the actions that came with a more important one, whose period is that of the whole mailing.

    A restriction sent with a rejection is answered with it (37 CFR 1.111(b), 1.142(a); MPEP 810, 817).
    """
    actions = category_set("actions").intersection(act.papers)
    return actions - {min(actions, key=lambda category: category.facts.lead)} if len(actions) > 1 else frozenset()


def _named_together(category: Category, beside: frozenset[Category]) -> frozenset[Category]:
    """Return the categories after which a round is named: an action with those that came beside it."""
    return frozenset({category, *beside}) if category in category_set("actions") else frozenset({category})


def _with_rule(documents: SortedDocuments, act: Act, category: Category) -> tuple[int, Period | None]:
    """Return the first paper of a category that sets a period, and the period.

    Without one, the first paper, and the row that says why nothing is computed for it; `None` without a row.
    """
    indices = act.papers[category]
    proceeding = documents.proceeding.periods_of if documents.proceeding else ""
    rules = [
        rule_for(
            documents.office, category, documents.codes[index], act.day, proceeding,
            title=documents.descriptions[index], listed=documents.categories,
        )
        for index in indices
    ]  # fmt: skip
    found = zip(indices, rules, strict=True)
    return next(((index, rule) for index, rule in found if rule and rule.is_computed), (indices[0], rules[0]))


def with_certain_period(opened: Round, running: Sequence[Round], codes: frozenset[str]) -> Round:
    """Return a new round without its period, if it sets none of its own or none that is certain in such a file.

    Args:
        opened: the new round.
        running: the rounds that are open.
        codes: every code of the list, as the tables spell them.
    """
    another_runs = any(current.pairing.opens in opened.pairing.no_period_in for current in running)
    uncertain = opened.period is not None and not codes.isdisjoint(opened.period.unless)
    return opened._replace(period=None) if another_runs or uncertain else opened


def replaced_by(opened: Round, running: Sequence[Round]) -> list[int]:
    """Return which of the open rounds a new one replaces, as positions in `running`.

    An action replaces an open one of its kind. Several requests to the Office may wait for one decision, and each of
    several further notices may be the one that counts; where more wait than can be followed, the oldest gives way.
    """
    same = [position for position, current in enumerate(running) if current.pairing.is_alike(opened.pairing)]
    if opened.pairing.listed_if in _SEVERAL:
        return same[:1] if len(same) >= _MAX_WAITING else []
    return same


def _closed_by_new(current: Round, new: Round) -> Round:
    """Return a replaced round: closed by the new action; a request that is no longer followed stays as it is."""
    return current if new.pairing.listed_if == "if answered" else current._replace(closing=new.opening)


def _is_by_respondent(round_: Round, act: Act) -> bool:
    """Return whether an act is of the side that must act in a round: of a third party too where that opened it.

    An opponent appeals, and files the grounds, as the proprietor does (Art. 107 and 108 EPC).
    """
    if not round_.pairing.by_applicant:
        return act.by_office
    return act.by_applicant or (round_.by_third_party and not act.by_office)


def after_act(current: Round, act: Act) -> Round:
    """Return an open round as it is after an act: answered, closed, changed, or the same."""
    rule = current.pairing
    by_respondent = _is_by_respondent(current, act)
    if by_respondent and (act.day > current.opening.day or rule.same_day) and act.has(rule.answered_by):
        return current._replace(answer=act)
    if act.day == current.opening.day:
        may_answer = by_respondent and act.has(rule.answered_by | rule.partial)
        return current._replace(same_day=True) if may_answer else current
    current = _changed_by(current, act, by_respondent=by_respondent)
    if not by_respondent and current.partial and act.has(rule.closed_by & rule.completed_by):
        return current._replace(answer=_complete_reply(current))
    granted = rule.suspended_by is not None and rule.prolonged_by in act.papers and act.verdict == "ends"
    ended = rule.opens is not Category.ABANDONMENT and act.has(ENDING | CONCLUDING)
    if granted or ended or act.has(rule.closed_by):
        return current._replace(closing=act)
    return current


def _changed_by(current: Round, act: Act, *, by_respondent: bool) -> Round:
    """Return a round with what an act changes in it without ending it: a partial reply, an extension, a suspension."""
    rule = current.pairing
    if by_respondent and act.has(rule.partial):
        not_before = current.not_before if current.partial else _extended_by_reply(current, act)
        current = current._replace(partial=(*current.partial, act), not_before=not_before)
    if by_respondent:
        current = _with_requests(current, act)
    if by_respondent and rule.prolonged_if in act.papers and not current.partial and act.day <= _asked_until(current):
        current = current._replace(asked=current.asked or act.day)
    if rule.suspended_by in act.papers:
        current = current._replace(late_request=act.day)
    if rule.prolonged_by in act.papers:
        current = _after_decision(current, act)
    return _given_time(current, act) if act.by_office else current


def _given_time(current: Round, act: Act) -> Round:
    """Return a round after an act of the Office that restarts its period, or grants more time on request."""
    if Category.PERIOD_RESTARTED in act.papers:
        current = current._replace(restarted=act.day, not_before=None, granted=())
    on_request = current.period is not None and bool(current.period.extension_rule)
    if on_request and Category.EXTENSION_GRANTED in act.papers:
        current = current._replace(granted=(*current.granted, act))
    return current


def _with_requests(current: Round, act: Act) -> Round:
    """Return a round with an improper RCE and a request for more time of its respondent."""
    if current.pairing.round and Category.IMPROPER_RCE in act.papers:
        current = current._replace(improper=(*current.improper, act))
    if Category.EXTENSION in act.papers:
        current = current._replace(extensions=(*current.extensions, act))
    return current


def _after_decision(current: Round, act: Act) -> Round:
    """Return a round after the Office paper that prolongs its period, if it does."""
    if current.pairing.prolonged_if is not None:
        prolonged = _prolonged(current, act)
        return current._replace(decided=act, not_before=prolonged) if prolonged else current
    if current.pairing.suspended_by is None:
        prolonged = None if _was_prolonged(current) else _prolonged(current, act)
        return current._replace(refused=act.day, not_before=prolonged or current.not_before)
    if act.verdict == "dismissed":
        return current._replace(suspended=False, decided=act)
    return current._replace(suspended=True, decided=act, refused=act.day, not_before=_prolonged(current, act))


def _was_prolonged(current: Round) -> bool:
    """Return whether the Office decided on the first reply before; only that decision counts (MPEP 714.13, I)."""
    return bool(current.partial) and current.refused is not None and current.refused > current.partial[0].day


def _extended_by_reply(current: Round, act: Act) -> date | None:
    """Return the day to which a first reply extends a period, if it came in time (`Period.reply_extends_months`)."""
    period = current.period
    if period is None or not period.reply_extends_months or act.day > compute_deadline(period, current.since).due:
        return current.not_before
    end = add_months(current.since, (period.months or 0) + period.reply_extends_months)
    return end if period.bar_months is None else min(end, add_months(current.opening.day, period.bar_months))


def _prolonged(current: Round, act: Act) -> date | None:
    """Return the day to which an Office paper prolongs the period; `None` if the first reply came too late for that."""
    rule = current.pairing
    if rule.prolonged_within:
        asked = current.asked if rule.prolonged_if else current.partial[0].day if current.partial else None
        if asked is None or asked > _asked_until(current):
            return None
    return add_months(act.day, rule.prolonged_months)


def _asked_until(current: Round) -> date:
    """Return the last day for what lets an Office paper prolong the period."""
    return next_working_day(add_months(current.opening.day, current.pairing.prolonged_within))


def _complete_reply(current: Round) -> Act:
    """Return the partial reply that becomes the answer: the first since the Office last refused one, else the last."""
    refused = current.refused or date.min
    return next((act for act in current.partial if act.day >= refused), current.partial[-1])


def is_listed(round_: Round) -> bool:
    """Return whether a round belongs in the table, by its rule (`Pairing.listed_if`) and how the round ended."""
    when = round_.pairing.listed_if
    if when == "if answered":
        return round_.answer is not None
    if round_.by_third_party and round_.pairing.by_applicant and round_.answer is None:
        return False  # what a third party owes is not the applicant's
    if when == "in doubt":
        return round_.closing is None or round_.closing.has(ENDING)
    return when != "if undone" or not round_.is_open or round_.same_day or bool(round_.partial)


@cache
def _office_steps() -> frozenset[Category]:
    """Return the categories of what the Office does on the merits, in an appeal or on issue."""
    return frozenset(
        facts.category
        for facts in category_facts()
        if facts.side is Side.OFFICE and facts.status is not None and facts.category is not Category.ABANDONMENT
    )


def in_doubt(rounds: Sequence[Round]) -> list[Round]:
    """Return the rounds of further notices, which may have set a new period, in the order of their days."""
    return [round_ for round_ in rounds if round_.pairing.listed_if == "in doubt"]


def further_periods(round_: Round, doubtful: Sequence[Round]) -> Sequence[Round]:
    """Return the rounds of the further notices that may have set a new period for what was owed in a round.

    Args:
        round_: a round, of a notice of allowance or of anything else.
        doubtful: the rounds of further notices of the history (`in_doubt`).
    """
    if round_.pairing.opens is not Category.ALLOWANCE or not doubtful:
        return ()
    first = bisect_right(doubtful, round_.opening.day, key=lambda other: other.opening.day)
    last = bisect_right(doubtful, round_.ended or date.max, key=lambda other: other.opening.day)
    return doubtful[first:last]


def with_next_acts(rounds: Sequence[Round], acts: Sequence[Act]) -> list[Round]:
    """Return rounds with the Office's first step on the merits after the applicant's answer.

    Not after an answer that opens a round of the applicant itself: after a notice of appeal the Office waits for the
    brief.
    """
    steps = [act for act in acts if act.by_office and act.has(_office_steps())]
    owing = {
        round_.opening.submission
        for round_ in rounds
        if round_.pairing.by_applicant and round_.opening.by_applicant and round_.answer is not round_.opening
    }
    return [
        round_._replace(next_act=_next_act(round_, steps))
        if round_.answer is not None and round_.answer.submission not in owing
        else round_
        for round_ in rounds
    ]


def _next_act(round_: Round, steps: Sequence[Act]) -> Act | None:
    if round_.answer is None or not round_.pairing.by_applicant or round_.pairing.listed_if not in ("always", "each"):
        return None
    index = bisect_right(steps, round_.answer.day, key=lambda act: act.day)
    return steps[index] if index < len(steps) else None
