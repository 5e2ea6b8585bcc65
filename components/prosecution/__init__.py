"""How papers make a story: the four tables that everything drawn or exported starts from.

`read(history)` turns what the service said into documents, submissions, rounds and headline facts. The codes of the
offices, and what each category of paper is called and how it is drawn, are CSV tables under `codes/`.
"""

from components.prosecution.errors import CodeTableBroken, ProsecutionError
from components.prosecution.frames import COUNTS, STATUSES, Tables
from components.prosecution.reading import read, read_all
from components.prosecution.vocabulary import LANES, OFFICE_LANES, SIDES, categories, code_table

__all__ = [
    "COUNTS",
    "LANES",
    "OFFICE_LANES",
    "SIDES",
    "STATUSES",
    "CodeTableBroken",
    "ProsecutionError",
    "Tables",
    "categories",
    "code_table",
    "read",
    "read_all",
]
