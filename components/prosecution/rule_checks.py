"""One check of all rule tables of this room, for when the app starts."""

from collections.abc import Callable, Mapping
from typing import Final

from components.prosecution.check.kinds import EventKind, KnownDifference, StatedStatus, UnlistedTransaction
from components.prosecution.law import (
    abandonment_papers,
    cited_rules,
    codes,
    dated_names,
    grants,
    loss_causes,
    negations,
    notifications,
    number_formats,
    office_columns,
    office_readings,
    office_statuses,
    office_titles,
    office_words,
    periods,
    phrases,
    titles,
    verdicts,
    workdays,
    yardsticks,
)
from components.prosecution.law.categories import category_rows, category_sets
from components.prosecution.law.no_rce import NoRce
from components.prosecution.law.pairings import Pairing
from components.prosecution.law.prerequisites import Prerequisite
from components.prosecution.law.proceedings import CodeInProceeding, Proceeding
from components.prosecution.law.reissues import Reissue
from components.prosecution.law.rule_files import read_rule_table
from components.prosecution.law.vocabulary import OFFICES
from components.prosecution.papers.conditional_papers import ConditionalPaper
from components.prosecution.papers.international_phase import InternationalPaper
from components.prosecution.papers.refusals import Refusal
from components.prosecution.reading_guide.reading_lists import reading_list_rows
from components.prosecution.reading_guide.reading_order import reading_ranks
from components.rule_tables import Row

PLAIN_TABLES: Final[Mapping[str, type[Row]]] = {
    "abandonment_papers.csv": abandonment_papers.AbandonmentPaper,
    "after_grant.csv": grants.AfterGrant,
    "appeal_filings.csv": office_statuses.AppealFilings,
    "application_years.csv": number_formats.ApplicationYears,
    "closing_years.csv": workdays.ClosingYear,
    "category_statuses.csv": office_statuses.CategoryStatus,
    "cited_rules.csv": cited_rules.CitedRule,
    "code_phrases.csv": phrases.CodePhrase,
    "code_prefixes.csv": codes.CodePrefix,
    "code_statuses.csv": codes.CodeStatus,
    "codes_in_proceedings.csv": CodeInProceeding,
    "conditional_papers.csv": ConditionalPaper,
    "covering_papers.csv": phrases.CoveringPaper,
    "dated_names.csv": dated_names.DatedName,
    "description_words.csv": titles.DescriptionWords,
    "ep_titles.csv": office_titles.OfficeTitle,
    "grant_kinds.csv": number_formats.GrantKind,
    "international_papers.csv": InternationalPaper,
    "issue_papers.csv": grants.IssuePaper,
    "known_differences.csv": KnownDifference,
    "lead_codes.csv": codes.LeadCode,
    "loss_causes.csv": loss_causes.LossCause,
    "negations.csv": negations.Negation,
    "no_rce.csv": NoRce,
    "office_statuses.csv": office_statuses.OfficeStatus,
    "package_labels.csv": phrases.PackageLabel,
    "pairings.csv": Pairing,
    "prerequisites.csv": Prerequisite,
    "proceedings.csv": Proceeding,
    "reassignments.csv": codes.Reassignment,
    "refusals.csv": Refusal,
    "reissues.csv": Reissue,
    "rounds_after_issue.csv": grants.RoundAfterIssue,
    "shared_codes.csv": codes.SharedCode,
    "statuses.csv": StatedStatus,
    "told_letters.csv": phrases.ToldLetter,
    "transactions.csv": EventKind,
    "uncounted_codes.csv": codes.UncountedCode,
    "unlisted_transactions.csv": UnlistedTransaction,
    "verdicts.csv": verdicts.VerdictWords,
}
"""The tables whose rows say all there is to check."""

CROSS_CHECKED: Final[tuple[Callable[[], object], ...]] = (
    category_rows,
    category_sets,
    periods.period_rows,
    notifications.notification_rows,
    workdays.closure_rows,
    phrases.office_phrase_rows,
    office_columns.office_column_rows,
    office_columns.office_lane_rows,
    office_words.office_words_rows,
    workdays.holiday_rows,
    yardsticks.yardstick_rows,
    reading_list_rows,
    reading_ranks,
    office_readings.office_readings,
)
"""Readers that also compare the rows of a table with each other or with another table."""


def check_rule_tables() -> None:
    """Read every rule table of this room and check that they agree.

    Raises:
        RuleTableBroken: a table cannot be used; the message names its file, line and column and says how to mend it.
    """
    for read in CROSS_CHECKED:
        read()
    for office in OFFICES:
        codes.document_codes(office)
    for file, row in PLAIN_TABLES.items():
        read_rule_table(file, row)
