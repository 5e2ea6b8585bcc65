"""Which rounds an act opens, by the rules of pairing (`law.pairings`) and of periods (`law.periods`)."""

from collections.abc import Iterator, Sequence

from components.prosecution.examination.round_facts import Round
from components.prosecution.law.categories import Category, category_set
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.dated_names import name_on
from components.prosecution.law.grants import after_grant_of
from components.prosecution.law.pairings import pairing_for, pairings_of
from components.prosecution.law.periods import Period, rule_for
from components.prosecution.law.set_periods import with_set_period
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.labels import label_of
from components.prosecution.papers.plausible_dates import as_number
from components.prosecution.papers.sorted_documents import SortedDocuments


def from_earlier_action(opened: Round, rounds: Sequence[Round]) -> Round:
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


def answered_at_once(opened: Round) -> Round:
    """Return a new round, answered if the submission that opens it holds the answer too: a brief with its notice."""
    rule, act = opened.pairing, opened.opening
    by_respondent = opened.is_by_respondent(act)
    return opened._replace(answer=act) if by_respondent and rule.same_day and act.has(rule.answered_by) else opened


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
    """Return the first paper of a category that sets a period, and the period: as the paper says it, if that is known.

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
    said = next(
        (documents.set_periods[name] for name in _ids_of(documents, indices) if name in documents.set_periods), None
    )
    return next(
        ((index, with_set_period(rule, said)) for index, rule in found if rule and rule.is_computed),
        (indices[0], rules[0]),
    )


def _ids_of(documents: SortedDocuments, indices: Sequence[int]) -> Iterator[str]:
    return (documents.ids[index] for index in indices)


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
