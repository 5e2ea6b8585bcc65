"""How papers make a story: the four tables that everything drawn or exported starts from.

`read(history)` turns what the service said into documents, submissions, rounds and headline facts; from these tables
come a summary in words (`summary_of`), what the list lacks (`findings_of`) and what is due (`open_periods`). The codes
of the offices, what answers what, and the periods of the law are CSV tables under `codes/`.
"""

from components.prosecution.completeness import findings_of
from components.prosecution.errors import CodeTableBroken, FolderUnreadable, ProsecutionError
from components.prosecution.frames import COUNTS, ROUND_OUTCOMES, STATUSES, Tables
from components.prosecution.open_periods import open_periods
from components.prosecution.periods import Yardstick, period_table, yardsticks
from components.prosecution.reading import read, read_all
from components.prosecution.story.summary import Sentence, summary_of
from components.prosecution.vocabulary import LANES, OFFICE_LANES, SIDES, categories, code_table

__all__ = [
    "COUNTS",
    "LANES",
    "OFFICE_LANES",
    "ROUND_OUTCOMES",
    "SIDES",
    "STATUSES",
    "CodeTableBroken",
    "FolderUnreadable",
    "ProsecutionError",
    "Sentence",
    "Tables",
    "Yardstick",
    "categories",
    "code_table",
    "findings_of",
    "open_periods",
    "period_table",
    "read",
    "read_all",
    "summary_of",
    "yardsticks",
]
