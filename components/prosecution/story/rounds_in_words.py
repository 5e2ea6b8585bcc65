"""What a row of `rounds` says in words, for pages, reports, covers and figures to lay out.

As in `histories_in_words`, each fact is worded once, and nothing is escaped.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from components.prosecution.examination.outcomes import NO_ANSWER_YET
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.story.histories_in_words import TableRow
from components.words import counted, day

_ENDED_UNANSWERED: Final = frozenset({"superseded", "abandoned"})
"""Outcomes that the title of an unanswered round states as they are."""
_UNANSWERED: Final = {"superseded": "Superseded", "abandoned": "Unanswered", "revived": "Unanswered"}
"""Outcome of a round without an answer → how its explanation is introduced."""
_REMARKS: Final = {
    "on time": "on time",
    "late": "after the last day",
    "superseded": "superseded",
    "revived": "revived",
}
"""Outcome of an answered round → a remark on it; other outcomes are clear from the answer and its extension."""

_TEXTS_OF_ROUND: Final = (
    "label",
    "answer_label",
    "extension_source",
    "outcome",
    "outcome_words",
    "explanation",
    "authority",
)
_VALUES_OF_ROUND: Final = ("opened", "due", "last", "answered", "ended", "days", "extension_months")


def time_left(days: int) -> str:
    """Return how many days are left until a computed last day: `12 days left`, or `passed` after that day."""
    return f"{counted(days, 'day')} left" if days >= 0 else "passed"


def action_named(row: TableRow) -> str:
    """Return what a row of `rounds` or of `open_periods` calls its action: `Final rejection of 31 Aug 2018`."""
    return f"{row['label']} of {day(row['opened'])}"


def round_heading(number: int, label: str, opened: date | None) -> str:
    """Return what a round is called in a list of rounds: `2 · Final rejection, 31 Aug 2018`."""
    return f"{number} · {label}, {day(opened)}"


def extension_in_words(months: int | None, source: str, mailing: str = "") -> str:
    """Return the months of extension that an answer took and their source: `3 months (petition)`.

    Args:
        months: Number of months; None or `NA` if they are not known.
        source: `petition` or `computed`.
        mailing: both readings of an answer that may have been mailed with a certificate, in words.

    Returns:
        The words, with `mailing` both readings; empty without an extension, and if the months are not known.
    """
    if mailing:
        return mailing
    return "" if pd.isna(months) or not months else f"{counted(months, 'month')} ({source})"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInWords:
    """A round: an action, its answer, and what became of it. A missing day or number is None, a missing text empty."""

    number: int
    label: str
    """What the action is called: `Final rejection`."""
    opened: date | None
    due: date | None
    last: date | None
    answered: date | None
    answer_label: str
    """What the answer is called; empty without one."""
    days: int | None
    extension_months: int | None
    extension_source: str
    ended: date | None
    """When a round without an answer ended."""
    outcome: str
    explanation: str
    authority: str
    outcome_words: str = ""
    """The outcome in the office's own words; empty: the common ones."""

    @property
    def title(self) -> str:
        """`Round 2: Final rejection, 31 Aug 2018, answered 30 Nov 2018 by RCE`."""
        parts = [f"Round {self.number}: {self.label}{_with_day(self.opened, ', ')}"]
        if self.answer_label:
            parts.append(f"answered{_with_day(self.answered)} by {noun_of_label(self.answer_label)}")
        elif self.outcome in _ENDED_UNANSWERED:
            parts.append(f"{self.outcome_words or self.outcome}{_with_day(self.ended)}")
        elif self.outcome == "open":
            parts.append("open")
        return ", ".join(parts)

    @property
    def phrase(self) -> str:
        """`round 2: Final rejection of 31 Aug 2018, answered 30 Nov 2018 by RCE after 91 days`."""
        words = f"round {self.number}: {self.label} of {day(self.opened)}"
        if self.answered is None:
            return f"{words}, {self.outcome_words or self.outcome}"
        by = f" by {self.answer_label}" if self.answer_label else ""
        after = "" if self.days is None else f" after {counted(self.days, 'day')}"
        return f"{words}, answered {day(self.answered)}{by}{after}"

    @property
    def what_followed(self) -> str:
        """What followed the action: `Answered 30 Nov 2018 by RCE, 91 days, on time`, or why nothing answered it."""
        if self.answered is not None or self.answer_label:
            return self._answer()
        if self.outcome in _UNANSWERED:
            explained = f"{_UNANSWERED[self.outcome]}: {self.explanation}"
            return explained if self.explanation else self._unexplained()
        return self._open()

    @property
    def what_it_answers(self) -> str:
        """What the answer answers: `Answers Final rejection of 31 Aug 2018 (round 2)`."""
        return f"Answers {self.label or 'an action'}{_with_day(self.opened, ' of ')} (round {self.number})"

    def _answer(self) -> str:
        by = f" by {self.answer_label}" if self.answer_label else ""
        words = [f"Answered{_with_day(self.answered)}{by}"]
        if self.days is not None:
            words.append(counted(self.days, "day"))
        if self.extension_months:
            source = f" ({self.extension_source})" if self.extension_source else ""
            words.append(f"{counted(self.extension_months, 'month')} of extension{source}")
        # An explanation says more than the remark, except that the answer was in time.
        if self.outcome == "on time" or (self.outcome in _REMARKS and not self.explanation):
            words.append((self.outcome_words or self.outcome) if self.outcome == "revived" else _REMARKS[self.outcome])
        return ", ".join(words) + (f": {self.explanation}" if self.explanation else "")

    def _unexplained(self) -> str:
        """Return what stands for an explanation where there is none."""
        return (
            f"Unanswered, then {self.outcome_words or self.outcome}"
            if self.outcome == "revived"
            else _UNANSWERED[self.outcome]
        )

    def _open(self) -> str:
        if self.due is None:
            return f"Open: {self.explanation or 'no period is computed'}"
        extended = self.last is not None and self.last > self.due
        extensions = f", with extensions {day(self.last)}" if extended else ""
        authority = f"{self.authority}; " if self.authority else ""
        words = f"Open: due {day(self.due)}{extensions} ({authority}computed, not legal advice)"
        more = self.explanation.removeprefix(NO_ANSWER_YET).removeprefix("; ")
        return f"{words}: {more}" if more else words


def round_in_words(row: TableRow) -> RoundInWords:
    """Return the round of a row of `rounds`."""
    texts = {name: "" if pd.isna(row[name]) else str(row[name]) for name in _TEXTS_OF_ROUND}
    values = {name: None if pd.isna(row[name]) else row[name] for name in _VALUES_OF_ROUND}
    return RoundInWords(number=int(row["round"]), **texts, **values)


def _with_day(value: date | None, before: str = " ") -> str:
    return "" if value is None else f"{before}{day(value)}"
