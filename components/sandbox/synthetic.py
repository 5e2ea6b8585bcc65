"""Made-up file histories for load tests, answered only while the switch `synthetic` is on.

Number `i` of `synthetic=N` (from 1 to N) is `US99{i:05}B2`, application `US99/{i:06}` (a series that does not exist),
patent_id `99999999-0000-5000-8000-{i:012}`: US9900001B2, US9900002B2 and so on. The grant numbers belong to real
patents, so the title and every description say that the history is synthetic. The same number and count of documents
always give the same list.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from components.sandbox.recordings import RecordedDocument, RecordedHistory

TITLE = "SYNTHETIC file history, made up for load tests"
_PATTERNS = {
    "patent_number": re.compile(r"US99(\d{5})B2"),
    "apno": re.compile(r"US99/(\d{6})"),
    "patent_id": re.compile(r"99999999-0000-5000-8000-(\d{12})"),
}
_SPAN_DAYS = 4380
_FIRST_DAY = date(2008, 1, 1)
_CYCLE = (
    ("CTNF", "Non-Final Rejection", 9),
    ("892", "List of references cited by examiner", 1),
    ("FWCLM", "Index of Claims", 1),
    ("SRFW", "Search information", 2),
    ("A...", "Amendment after Non-Final Rejection", 1),
    ("CLM", "Claims", 6),
    ("REM", "Applicant Arguments", 8),
    ("IDS", "Information Disclosure Statement", 3),
    ("CTFR", "Final Rejection", 11),
    ("RCEX", "Request for Continued Examination", 2),
)
"""Documents that are repeated until a list is long enough: code, description, pages."""


def synthetic_index(by: str, name: str) -> int | None:
    """Return the index of a made-up number, from 1; `None` for any other number."""
    match = _PATTERNS[by].fullmatch(name)
    return int(match[1]) if match else None


@lru_cache(maxsize=256)
def synthetic_history(number: int, count: int) -> RecordedHistory:
    """Return a made-up file history: `count` documents over twelve years, oldest first."""
    first = _FIRST_DAY + timedelta(days=number % 1000)
    documents = []
    for index in range(count):
        code, description, pages = _CYCLE[index % len(_CYCLE)]
        day = first + timedelta(days=index * _SPAN_DAYS // count)
        text = f"SYNTHETIC {description} (made up)"
        documents.append(RecordedDocument(day.year * 10_000 + day.month * 100 + day.day, code, text, pages))
    return RecordedHistory(
        key=f"US99{number:05}B2",
        apno=f"US99/{number:06}",
        patent_number=f"US99{number:05}B2",
        publication_number="",
        title=TITLE,
        office="USPTO",
        documents=tuple(documents),
        patent_id=f"99999999-0000-5000-8000-{number:012}",
    )
