"""When a paper of an office counts as notified, from which its periods run: `notifications.csv`.

At the EPO a paper dated before 1 November 2023 is deemed delivered on the tenth day after its date, one dated since
then on its date (Rules 126(2) and 127(2) EPC). At the USPTO a period runs from the date of the action itself.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Final

from pydantic import NonNegativeInt

from components.prosecution.law.rule_files import ANY_OFFICE, DatedRow, Filled, read_rule_table
from components.rule_tables import RuleTableBroken

NOTIFICATIONS_FILE: Final = "notifications.csv"


class Notification(DatedRow):
    """How an office's papers of some time are notified: one row of `notifications.csv`."""

    office: Filled
    days: NonNegativeInt
    """How many days after its date a paper is deemed notified."""
    mailing_days: NonNegativeInt
    """How many days after the last day an answer may be received that was mailed on that day with a certificate (37 CFR
    1.8). Priority Mail Express needs none: the USPTO lists such a paper under the day of its deposit (37 CFR 1.10)."""
    proviso: str
    """When it counts as notified later, in words that go on after a date; may be empty."""
    source: Filled

    def day_of(self, dated: date) -> date:
        """Return the day on which a paper of that date is deemed notified."""
        return dated + timedelta(days=self.days)


_AT_ONCE: Final = Notification(
    office=ANY_OFFICE, since=None, until=None, days=0, mailing_days=0, proviso="", source="where an office has no row"
)


def notification_of(office: str, dated: date) -> Notification:
    """Return how a paper of an office and a date is notified; where nothing is known of it, on its date.

    Raises:
        RuleTableBroken: two rows of `notifications.csv` are for the same office and day.
    """
    return next((row for row in _notifications().get(office, ()) if row.covers(dated)), _AT_ONCE)


def notification_rows() -> tuple[Notification, ...]:
    """Read `notifications.csv`.

    Raises:
        RuleTableBroken: a cell cannot be read, or two rows are for the same office and day.
    """
    rows = read_rule_table(NOTIFICATIONS_FILE, Notification)
    for row, other in combinations(rows, 2):
        if row.office == other.office and row.meets(other):
            problem = f"It is for the same papers as line {row.line}. End one before the other begins."
            raise RuleTableBroken(NOTIFICATIONS_FILE, problem, line=other.line)
    return rows


@cache
def _notifications() -> Mapping[str, tuple[Notification, ...]]:
    rows = notification_rows()
    return {office: tuple(row for row in rows if row.office == office) for office in {row.office for row in rows}}
