"""What the usual dates of a round leave out: that the period may be another, and when the paper was notified."""

from collections.abc import Iterator

from components.prosecution.examination.round_facts import Round
from components.prosecution.law.notifications import notification_of
from components.prosecution.law.workdays import closing_days_in_doubt
from components.words import counted, day


def proviso_of(round_: Round) -> str:
    """Return what the last day of a usual period leaves out, in words; empty for a period that the law sets."""
    return "; ".join(_provisos(round_))


def _provisos(round_: Round) -> Iterator[str]:
    period, deadline = round_.period, round_.deadline
    if period is None or deadline is None or not period.notified:
        return
    if period.note:
        yield period.note
    notification = notification_of(period.office, round_.since)
    if notification.days:
        deemed = day(notification.day_of(round_.since))
        yield f"deemed notified on {deemed}, {counted(notification.days, 'day')} after the date of the paper"
    if notification.proviso:
        yield notification.proviso
    if closing_days_in_doubt(deadline.due, period.office):
        year = deadline.due.year
        yield f"later if the Office is closed on that day: its closing days of {year} are not all known here"
