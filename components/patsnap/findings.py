"""What can be odd in the answers about one file history, in words for the user.

Every finding is a plain sentence without address or secret, and stands once at a history: what several pages have is
counted over all of them. A value that was converted (`"17"` for 17) is none; a value that had to be given up is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from components.words import counted


@dataclass(frozen=True, slots=True)
class CountedFinding:
    """A finding that says how many there are: `3 dates could not be read and are shown as missing`."""

    noun: str
    one: str
    """What is said of a single one."""
    many: str
    """What is said of several."""

    def words(self, count: int) -> str:
        """Return the finding about so many."""
        return f"{counted(count, self.noun)} {self.one if count == 1 else self.many}"

    def count_in(self, words: str) -> int:
        """Return how many a sentence tells of; 0 if it is another finding."""
        number = words.partition(" ")[0].replace(",", "")
        count = int(number) if number.isdecimal() and len(number) < 16 else 0
        return count if count and self.words(count) == words else 0


def _unreadable(noun: str) -> CountedFinding:
    return CountedFinding(
        noun, "could not be read and is shown as missing", "could not be read and are shown as missing"
    )


def _without(what: str) -> CountedFinding:
    return CountedFinding("document", f"without {what}", f"without {what}")


UNREADABLE: Final[Mapping[str, CountedFinding]] = {
    "date": _unreadable("date"),
    "doc_code": _unreadable("document code"),
    "description": _unreadable("title"),
    "page_number": _unreadable("number of pages"),
}
"""By the field of `doc_detail`: values that were given and are of no use."""
NO_DOCUMENT: Final = CountedFinding(
    "entry of the list", "is no document and is shown as an empty row", "are no documents and are shown as empty rows"
)
REPEATED: Final = CountedFinding(
    "document", "listed twice, on different pages, and kept once", "listed twice, on different pages, and kept once"
)
TALLIED: Final = (*UNREADABLE.values(), NO_DOCUMENT, REPEATED)
"""Findings that are counted while pages are read."""

UNDATED: Final = _without("a date")
WITHOUT_CODE: Final = _without("a code")
UNTITLED: Final = _without("a title")
UNLINKED: Final = _without("a link that may be opened")
WITHOUT_PAGES: Final = _without("a number of pages")
OF_NO_PAGES: Final = CountedFinding("document", "said to have 0 pages", "said to have 0 pages")
OF_ROWS: Final = (UNDATED, WITHOUT_CODE, UNTITLED, UNLINKED, WITHOUT_PAGES, OF_NO_PAGES)
"""Findings that are counted in the documents that are kept."""

STRANGER: Final = CountedFinding(
    "entry of the answer",
    "fits no number that was asked for and was left out",
    "fit no number that was asked for and were left out",
)
NO_ENTRY: Final = CountedFinding("entry of the answer", "could not be read", "could not be read")

DAMAGED_LETTERS: Final = "Some letters of the answer arrived damaged and are shown as \N{REPLACEMENT CHARACTER}"
GUESSED_CHARSET: Final = "The answer was not in UTF-8 and was read as GB 18030; some letters may be wrong"
CONTROL_CHARACTERS: Final = "Control characters in the answer are left out or shown as blanks"
NOT_A_NUMBER: Final = "Some numbers of the answer were none (NaN or infinite) and are shown as missing"
NO_LIST: Final = "The service gave no list of documents"
UNREADABLE_LIST: Final = "The list of documents could not be read"
UNREADABLE_COUNT: Final = "How many documents there are was told in a way that could not be read"
UNCOUNTED: Final = "The service did not say how many documents there are"
UNCOUNTED_PAGE: Final = "The service did not say how many documents it listed"
LIST_CHANGED: Final = "The list changed while it was read; a new look-up shows it as it is now"
