"""What a row of `histories` says in words or as labelled values, for pages, reports and covers to lay out.

Each fact is worded here once. Nothing here is markup, and nothing is escaped: that is up to the code that writes the
words into a page, a file or a figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from components.prosecution.law.grants import issue_paper_name
from components.prosecution.law.office_columns import office_columns
from components.prosecution.law.rule_files import ANY_OFFICE
from components.words import YEAR_DAYS, counted

TableRow = Mapping[Any, Any] | pd.Series
"""A row of one of the tables, by column."""

COLUMN_LABELS: Final[Mapping[str, str]] = {
    "office": "Office",
    "status": "Status",
    "status_words": "Office's status",
    "status_evidence": "Status rests on",
    "status_doubt": "Doubt about the status",
    "last_document": "As of",
    "filed": "Filed",
    "entered": "Entered",
    "first_action": "First action",
    "first_merits_action": "First action on the merits",
    "allowed": "Allowed",
    "issued": "Issue paper",
    "issued_by": "Issued by",
    "abandoned": "Notice of abandonment",
    "refused": "Refused",
    "first_action_days": "Days to first action",
    "first_action_allowance": "First-action allowance",
    "pendency_days": "Pendency, days",
    "office_days": "Office days",
    "applicant_days": "Applicant days",
    "rounds": "Rounds",
    "actions": "Office actions",
    "restrictions": "Restrictions",
    "non_finals": "Non-finals",
    "finals": "Finals",
    "advisories": "Advisory actions",
    "quayles": "Quayle actions",
    "allowances": "Allowances",
    "corrected_allowances": "Further or corrected allowances",
    "oral_proceedings": "Oral proceedings",
    "oppositions": "Oppositions",
    "rces": "RCEs",
    "interviews": "Interviews",
    "interviews_before_allowance": "Interviews before allowance",
    "idss": "IDSs",
    "ids_s1": "IDSs in stage 1 (37 CFR 1.97(b))",
    "ids_s2": "IDSs in stage 2 (37 CFR 1.97(c))",
    "ids_s3": "IDSs in stage 3 (37 CFR 1.97(d))",
    "ids_s4": "IDSs in stage 4 (after the fee)",
    "appeals": "Appeals",
    "appeal_outcome": "Outcome of the appeal",
    "terminal_disclaimers": "Terminal disclaimers",
    "petitions": "Petitions",
    "extensions": "Extensions",
    "extension_months": "Extension months",
    "mailing_doubts": "Answers perhaps mailed with a certificate",
    "fee_days": "Allowance to fee, days",
    "revived": "Revived",
    "post_grant": "Papers after grant",
    "fingerprint": "Course",
    "documents_held": "Documents held",
    "documents_told": "Documents told",
    "complete": "Complete",
    "undated": "Undated",
    "out_of_range": "Dates out of range",
    "unclassified": "Unclassified",
    "pages": "Pages",
    "first_document": "First document",
    "retrieved": "Retrieved (UTC)",
}
"""Column of `histories` → its common label, which is that of files of the US."""
_MILESTONES: Final = ("filed", "entered", "first_action", "allowed", "issued", "abandoned", "refused")
_STILL_LISTED: Final = frozenset({"entered", "refused"})
"""Milestones that few files have, and that are left out where a file has none."""


@cache
def column_labels(offices: frozenset[str]) -> Mapping[str, str]:
    """Return what the columns of `histories` are called where files of these offices stand together.

    A column that all of them call alike, or that one of them alone has, is called so; another has its common name. One
    that none of them has is left out: see `office_columns.csv`.

    Args:
        offices: two letters each.
    """
    labels: dict[str, str] = {}
    for column, common in COLUMN_LABELS.items():
        rows = [office_columns(office).get(column) for office in sorted(offices)]
        own = {row.label if row else common for row in rows} - {""}
        together = office_columns(ANY_OFFICE).get(column)
        if len(own) == 1:
            labels[column] = own.pop()
        elif own or not offices:
            labels[column] = (together.label if together else "") or common
    return MappingProxyType(labels)


def columns_of(histories: pd.DataFrame) -> Mapping[str, str]:
    """Return which columns of `histories` are shown for some files, with what they are called there.

    A column that none of their offices has is shown all the same where it holds something.
    """
    labels = column_labels(offices_of(histories))
    return {
        column: labels.get(column, common)
        for column, common in COLUMN_LABELS.items()
        if column in labels or _holds_something(histories[column])
    }


def _holds_something(column: "pd.Series[Any]") -> bool:
    known = column.dropna()
    return bool((known != 0).any()) if pd.api.types.is_numeric_dtype(known) else bool((known != "").any())


def offices_of(histories: pd.DataFrame) -> frozenset[str]:
    """Return the offices whose files some rows of `histories` are."""
    return frozenset(map(str, histories["office"].unique()))


def status_classes(histories: pd.DataFrame) -> Mapping[str, str]:
    """Return the class of each status that the offices of some files call otherwise.

    `Deemed withdrawn` is of the class `Abandoned`.
    """
    pairs: Iterable[tuple[str, str]] = zip(
        histories["status_words"].astype(str), histories["status"].astype(str), strict=True
    )
    return {words: status for words, status in pairs if words != status}


def status_rests_on(facts: TableRow) -> str:
    """Return on what a status rests and what may be otherwise, from a row of `histories`; empty if nothing is listed.

    `by the number US 11,205,304 B2; the list ends with the notice of allowance of 1 Sep 2020`.
    """
    evidence, doubt = str(facts["status_evidence"]), str(facts["status_doubt"])
    between = ", " if doubt.startswith("unless ") else "; "
    return between.join(filter(None, (evidence, doubt)))


def status_in_words(facts: TableRow) -> str:
    """Return how a history stands, with that on which it rests: `Granted (issue notification of 19 Aug 2020)`."""
    rests_on = status_rests_on(facts)
    return f"{facts['status_words']} ({rests_on})" if rests_on else str(facts["status_words"])


@dataclass(frozen=True, slots=True)
class Milestone:
    """A decisive day of an examination."""

    column: str
    """Its column in `histories`."""
    label: str
    """In the office's own words: `Filed`, `First action`, `Allowed`, `Issue notification`, `Notice of abandonment`."""
    day: pd.Timestamp | None
    """None where the list shows no such day."""


def milestones_in_words(facts: TableRow) -> tuple[Milestone, ...]:
    """Return the milestones of a row of `histories` in the order of an examination, also those without a day.

    Those that few files have, the entry and the refusal, are left out without a day.
    """
    office = str(facts["office"])
    labels = {
        **COLUMN_LABELS,
        **column_labels(frozenset({office})),
        "issued": str(facts["issued_by"]) or issue_paper_name(office),
    }
    if facts["status_words"] != facts["status"] and facts["status"] == "Abandoned":
        labels["abandoned"] = str(facts["status_words"])
    return tuple(
        Milestone(column, labels[column], None if pd.isna(facts[column]) else pd.Timestamp(facts[column]))
        for column in _MILESTONES
        if pd.notna(facts[column]) or not (column in _STILL_LISTED or _is_of_no_grant(column, labels, facts))
    )


def _is_of_no_grant(column: str, labels: Mapping[str, str], facts: TableRow) -> bool:
    """Return whether a milestone is the office's own word for an end that a granted application did not have."""
    return column == "abandoned" and labels[column] != COLUMN_LABELS[column] and not pd.isna(facts["issued"])


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened in a history."""

    number: int
    label: str
    """`Office actions`, for a heading."""
    words: str
    """`4 Office actions`."""


def counts_in_words(facts: TableRow) -> tuple[Count, ...]:
    """Return the counts of a row of `histories` that its office knows, in the order of `office_columns.csv`.

    In the US Office actions, finals, RCEs, interviews, IDSs and appeals; in Europe Art. 94(3) communications and so on.
    """
    return tuple(
        Count(int(facts[row.column]), row.label, counted(int(facts[row.column]), row.noun))
        for row in office_columns(str(facts["office"])).values()
        if row.noun and (row.also_zero or facts[row.column])
    )


@dataclass(frozen=True, slots=True)
class WhoseDays:
    """How many days of an examination each side had to act."""

    office: int
    applicant: int
    office_percent: int

    @property
    def applicant_percent(self) -> int:
        """The rest of the hundred per cent."""
        return 100 - self.office_percent


def whose_days(facts: TableRow) -> WhoseDays | None:
    """Return the days of both sides from a row of `histories`; None if they are not known, or no day has passed."""
    if pd.isna(facts["office_days"]) or not facts["pendency_days"]:
        return None
    office, applicant = int(facts["office_days"]), int(facts["applicant_days"])
    return WhoseDays(office, applicant, round(100 * office / int(facts["pendency_days"])))


@dataclass(frozen=True, slots=True)
class Pendency:
    """How long an application was pending, or has been so far."""

    days: int
    ended: bool
    """Whether it was issued or abandoned; else it runs to the last listed document."""

    @property
    def label(self) -> str:
        """From when to when it runs."""
        return "Filing to end" if self.ended else "Filing to last document"

    @property
    def words(self) -> str:
        """Its length: `364 days`, from a year on `5.6 years`."""
        return f"{self.days / YEAR_DAYS:.1f} years" if self.days >= 365 else counted(self.days, "day")


def pendency_in_words(facts: TableRow) -> Pendency | None:
    """Return the pendency from a row of `histories`; None if the filing is not listed."""
    if pd.isna(facts["pendency_days"]):
        return None
    return Pendency(int(facts["pendency_days"]), ended=pd.notna(facts["issued"]) or pd.notna(facts["abandoned"]))


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a file history is held."""

    held: int
    """Documents held."""
    reported: int
    """Documents that the service reports."""
    to_its_end: bool = True
    """Whether the list was fetched to its end; even then documents that the service reports may be missing."""

    @property
    def all(self) -> int:
        """How many documents there are as far as known: at least those held, even if the service reports fewer."""
        return max(self.held, self.reported)

    @property
    def share(self) -> str:
        """`182 of 184`."""
        return f"{self.held:,} of {self.all:,}"

    @property
    def words(self) -> str:
        """`182 of 184 documents`."""
        return f"{self.held:,} of {counted(self.all, 'document')}"


def completeness_in_words(facts: TableRow) -> Completeness:
    """Return how much of a history is held, from its row of `histories`."""
    return Completeness(int(facts["documents_held"]), int(facts["documents_told"]), bool(facts["complete"]))


@dataclass(frozen=True, slots=True)
class Extent:
    """How many documents and pages there are."""

    documents: int
    pages: int
    without_page_count: int
    """Documents for which the office gives no number of pages."""


def extent_of(documents: pd.DataFrame) -> Extent:
    """Return how many documents and pages some rows of `documents` are."""
    pages = documents["pages"]
    return Extent(len(documents), int(pages.sum()), int((pages.fillna(0) == 0).sum()))
