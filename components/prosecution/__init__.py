"""How papers make a story: the tables that everything drawn or exported starts from.

`read_history` turns what the service said into five tables: documents, submissions, rounds, histories and turns. From
these come a summary in sentences (`summary_of`), what the list lacks (`findings_of`), what is due (`open_periods`), and
which papers to read (`in_reading_list`) in which order (`in_reading_order`). The codes of the offices, what answers
what, and the periods of the law are CSV tables under `law/`; `check_rule_tables` reads them all.
"""

from components.prosecution.errors import FolderUnreadable, ProsecutionError
from components.prosecution.examination.open_periods import COMPUTED_NOTICE, by_urgency, open_periods
from components.prosecution.examination.waiting import waiting_files
from components.prosecution.law.categories import category_table
from components.prosecution.law.codes import code_table
from components.prosecution.law.office_columns import lane_names
from components.prosecution.law.office_readings import office_reading, office_readings
from components.prosecution.law.period_table import period_table
from components.prosecution.law.periods import USUAL, is_usual
from components.prosecution.law.phrases import category_labels, short_names
from components.prosecution.law.set_periods import COMPUTED, basis_of, set_words_of
from components.prosecution.law.vocabulary import (
    CLOSED_STATUSES,
    COUNT_COLUMNS,
    LANES,
    OFFICE_LANES,
    SIDES,
    STATUSES,
)
from components.prosecution.law.yardsticks import Yardstick, yardsticks_of
from components.prosecution.papers.classification import category_of_paper
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.reading import read_histories, read_history
from components.prosecution.reading_guide.reading_lists import ReadingList, in_reading_list, reading_lists
from components.prosecution.reading_guide.reading_order import in_reading_order, newest_first
from components.prosecution.rule_checks import check_rule_tables
from components.prosecution.story.completeness import findings_of
from components.prosecution.story.histories_in_words import (
    COLUMN_LABELS,
    Completeness,
    WhoseDays,
    column_labels,
    columns_of,
    completeness_in_words,
    counts_in_words,
    extent_of,
    milestones_in_words,
    offices_of,
    pendency_in_words,
    status_classes,
    status_in_words,
    status_rests_on,
    whose_days,
)
from components.prosecution.story.measures_in_words import Measure, measures_in_words
from components.prosecution.story.rounds_in_words import (
    RoundInWords,
    action_named,
    extension_in_words,
    round_heading,
    round_in_words,
    time_left,
)
from components.prosecution.story.summary import Sentence, summary_of
from components.prosecution.tables import Tables
from components.rule_tables import RuleTableBroken

__all__ = [
    "CLOSED_STATUSES",
    "COLUMN_LABELS",
    "COMPUTED",
    "COMPUTED_NOTICE",
    "COUNT_COLUMNS",
    "LANES",
    "OFFICE_LANES",
    "SIDES",
    "STATUSES",
    "USUAL",
    "Completeness",
    "FolderUnreadable",
    "Measure",
    "ProsecutionError",
    "ReadingList",
    "RoundInWords",
    "RuleTableBroken",
    "Sentence",
    "Tables",
    "WhoseDays",
    "Yardstick",
    "action_named",
    "basis_of",
    "by_urgency",
    "category_labels",
    "category_of_paper",
    "category_table",
    "check_rule_tables",
    "code_table",
    "column_labels",
    "columns_of",
    "completeness_in_words",
    "counts_in_words",
    "extension_in_words",
    "extent_of",
    "findings_of",
    "in_reading_list",
    "in_reading_order",
    "is_usual",
    "lane_names",
    "measures_in_words",
    "milestones_in_words",
    "newest_first",
    "noun_of_label",
    "office_reading",
    "office_readings",
    "offices_of",
    "open_periods",
    "pendency_in_words",
    "period_table",
    "read_histories",
    "read_history",
    "reading_lists",
    "round_heading",
    "round_in_words",
    "set_words_of",
    "short_names",
    "status_classes",
    "status_in_words",
    "status_rests_on",
    "summary_of",
    "time_left",
    "waiting_files",
    "whose_days",
    "yardsticks_of",
]
