"""The made-up application: its list of papers, and the PDF of each of them, drawn when it is asked for.

`papers.csv` is the office's list, in its order; `papers/NAME.txt` holds the words of a paper (see `markup`). The number
is one that no office can give: it is understood as a publication of 2020, of which there never were ten million, and
series 99 of applications does not exist.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from components.rule_tables import Row, load_csv, refuse_repetition
from components.sandbox.made_up.layout import lay_out
from components.sandbox.made_up.pdf_files import write_pdf
from components.sandbox.made_up.sheets import Look, Sheet
from components.sandbox.recordings import RecordedDocument, RecordedHistory, patent_id

KEY: Final = "US20209999016A1"
TITLE: Final = "MADE-UP EXAMPLE: BREAD STORAGE CONTAINER WITH A HUMIDITY-CONTROLLED VENT"
PAPERS: Final = Path(__file__).with_name("papers.csv")
APPLICATION: Final = "US99/999016"
_PDFS_KEPT: Final = 40
"""More than there are papers; all of them together take a few megabytes."""


class MadeUpPaper(Row):
    """One paper of the office's list, and how its pages are written."""

    file: str
    """Name of its text, without `.txt`."""
    date: int
    """`yyyymmdd`."""
    code: str
    description: str
    pages: int
    look: Look
    """Of each page for which its text does not say another."""
    skew: float
    """By how many degrees its scanned pages lie askew at most."""
    turned: int
    """Number of the page that was scanned lying on its side; 0 for none."""


def made_up_papers() -> tuple[MadeUpPaper, ...]:
    """Return the list of the made-up application, in the order of its office.

    Raises:
        RuleTableBroken: the list is damaged.
    """
    return load_csv(PAPERS, MadeUpPaper)


def check_list() -> None:
    """Load the list, so that a damaged one is found when the app starts.

    Raises:
        RuleTableBroken: the list is damaged, or a paper stands in it twice.
    """
    refuse_repetition(PAPERS.name, made_up_papers(), lambda paper: paper.file, column="file")


@cache
def made_up_history() -> RecordedHistory:
    """Return the file history of the made-up application.

    Raises:
        RuleTableBroken: its list is damaged.
    """
    return RecordedHistory(
        key=KEY,
        apno=APPLICATION,
        patent_number=KEY,
        publication_number=KEY,
        title=TITLE,
        office="USPTO",
        documents=tuple(
            RecordedDocument(paper.date, paper.code, paper.description, paper.pages) for paper in made_up_papers()
        ),
        patent_id=patent_id(APPLICATION),
    )


def sheets_of(paper: MadeUpPaper) -> list[Sheet]:
    """Return the laid-out pages of a paper.

    Raises:
        RecordingsDamaged: its text is not as `markup` describes.
    """
    text = (PAPERS.with_name("papers") / f"{paper.file}.txt").read_text(encoding="utf-8")
    return lay_out(text, paper.look)


@lru_cache(maxsize=_PDFS_KEPT)
def made_up_pdf(index: int) -> bytes:
    """Return the PDF of a paper of the list; drawing one takes up to a second, and it is kept.

    Args:
        index: position of the paper in the list, from 0.

    Raises:
        RecordingsDamaged: its text is not as `markup` describes.
    """
    paper = made_up_papers()[index]
    title = f"MADE-UP EXAMPLE {KEY} {paper.code} {paper.date}"
    return write_pdf(sheets_of(paper), title, skew=paper.skew, turned=paper.turned)
