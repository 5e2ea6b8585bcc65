"""What an act does to an open round: it answers, closes, prolongs or suspends it, or leaves it as it is."""

from datetime import date

from components.prosecution.examination.round_facts import Round
from components.prosecution.law.categories import CONCLUDING, ENDING, Category
from components.prosecution.law.periods import compute_deadline
from components.prosecution.law.workdays import add_months, next_working_day
from components.prosecution.papers.daily_acts import Act


def after_act(current: Round, act: Act) -> Round:
    """Return an open round as it is after an act: answered, closed, changed, or the same."""
    rule = current.pairing
    by_respondent = current.is_by_respondent(act)
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
