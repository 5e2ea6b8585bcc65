"""What is downloaded: the documents selected, in their order, with the facts of their file histories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pandas as pd

from components.content.records import DatedContent, Verdicts
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import COMPUTED_NOTICE, Sentence, completeness_in_words

DISCLAIMER: Final = (
    "The lists come from PatSnap's file-history service and the documents from the patent offices. "
    "The dates that the offices give are those on which a paper was sent or received. "
    f"Rounds, due dates and numbers of days are {COMPUTED_NOTICE}. "
    "The office's own register is authoritative."
)
"""Said in every file that contains documents: where its data come from and how far they can be relied on."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The current selection, ready to be written to a file of any format."""

    documents: pd.DataFrame
    """Rows of the `documents` table in the order to write them, with `link` (a path of this app), `read` (bool: ticked
    as read by the user) and `note` (str); link and note are ``""`` where there is none."""
    histories: pd.DataFrame
    """The `histories` table of the file histories on the screen, in their order."""
    rounds: pd.DataFrame
    """The `rounds` table of these histories."""
    titles: Mapping[str, str]
    """History → what it is called on the screen, `US 10,765,880 B2`."""
    findings: pd.DataFrame
    """What is missing from the lists (`findings_of`)."""
    made: datetime
    """When it was made, with its time zone."""
    base_url: str = ""
    """The address of this app, which is put before each link: `https://review.example.com`; empty if not known."""
    stories: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """History → the summary of its prosecution."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """History → the name of the group in which the user has put it; those in none are left out."""
    papers_read: Mapping[PaperRef, ReadPaper] = field(default_factory=dict)
    """How far papers were read inside; those of which nothing was read are left out."""

    contents: tuple[DatedContent, ...] = ()
    """What the papers of these histories say that were read inside, whether they are selected or not."""
    verdicts: Verdicts = field(default_factory=dict)
    """People's marks of findings inside papers."""

    def title_of(self, history: str) -> str:
        """Return what a history is called, by its key if nothing else is known."""
        return self.titles.get(history) or history

    def patent_numbers(self) -> dict[str, str]:
        """Return the patent number of each history in the service's own form, empty where it has none."""
        return dict(zip(self.histories["history"], self.histories["patent_number"], strict=True))

    def pdf_addresses(self) -> dict[tuple[str, str], str]:
        """Return the address of each document's PDF, by history and document id."""
        rows = self.documents
        links = zip(rows["history"], rows["id"], rows["link"], strict=True)
        return {(history, document): self.address_of(link) for history, document, link in links}

    def address_of(self, link: str) -> str:
        """Return the address of a path of this app; empty if there is no path."""
        return self.base_url + link if link else ""

    def has_links(self) -> bool:
        """Return whether any document has a link."""
        return bool((self.documents["link"] != "").any())

    def is_marked(self) -> bool:
        """Return whether any document is ticked as read or has a note."""
        return bool(self.documents["read"].any()) or bool((self.documents["note"] != "").any())


def first_named(titles: Sequence[str], *, most: int) -> str:
    """Return titles as a list, of more than `most` the first ones: `US 1, US 2, US 3 and 2 more`."""
    more = f" and {len(titles) - most:,} more" if len(titles) > most else ""
    return ", ".join(titles[:most]) + more


def how_much_is_listed(facts: Mapping[Any, Any]) -> str:
    """Return how much of a history is listed, from its row of `histories`: `184 of 184 documents listed`."""
    completeness = completeness_in_words(facts)
    cut = "" if completeness.to_its_end else "; the list was not fetched to its end"
    return f"{completeness.share} documents listed{cut}"
