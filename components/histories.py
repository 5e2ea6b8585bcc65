"""The file history as every room hands it on: what PatSnap delivered, not interpreted yet.

`patsnap` makes these records, `store` keeps them, `prosecution` reads them. They are columns rather than rows,
because a history of 10,000 documents is read from the store and turned into a table at every first view.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple, overload

LONGEST_CODE_IN_ID: Final = 64
"""Characters of a document code that its id has; the longest code in the tables of codes has 13."""
_PAPER_REF = re.compile(r"(?P<history>.+?)\|(?P<document>(?:\d{8}|undated)-.+)", re.DOTALL)
_OFFICE = re.compile(r"\s*(?:(PCT)|([A-Z]{2}))", re.IGNORECASE | re.ASCII)


def office_of(*numbers: str) -> str:
    """Return the office code of the first of these numbers that has one (`US` of `US14/706838`), else an empty string.

    Application and publication numbers begin with the code of WIPO ST.3; an international application with `PCT`, whose
    office is `WO`. PatSnap's own identifiers are no numbers of an office: do not pass them.
    """
    for number in numbers:
        match = _OFFICE.match(number)
        if match:
            return "WO" if match[1] else match[2].upper()
    return ""


class PaperRef(NamedTuple):
    """A reference to one paper of one file history; as text `US14/412875|20190412-CTNF-1`."""

    history: str
    """Key of the history in the store."""
    document: str
    """Id of the document within its history, as `DocumentList.ids` makes it."""

    def __str__(self) -> str:
        return self.spell(self.history, self.document)

    @staticmethod
    def spell(history: str, document: str) -> str:
        """Return a reference as text, for columns of thousands, which need no object for each."""
        return f"{history}|{document}"

    @staticmethod
    def document_in(text: str) -> str:
        """Return the id of the document in a reference that `spell` made."""
        return text.rpartition("|")[2]

    @classmethod
    def parse(cls, text: str) -> "PaperRef | None":
        """Return the reference that a text spells, or `None` if it spells none."""
        match = _PAPER_REF.fullmatch(text)
        return cls(match["history"], match["document"]) if match else None


class SetPeriod(NamedTuple):
    """The period for reply that a paper sets, as its pages say it."""

    months: int | None
    days: int | None
    """Where both are set, the period is the longer of the two."""
    page: int
    """The page that says it, from 1."""


@dataclass(frozen=True, slots=True)
class Link:
    """A signed link to one PDF: whoever holds it can open the document until it expires.

    The address is a secret and is therefore absent from `repr`.
    """

    url: str = field(repr=False)
    expires: datetime
    """When the signature ends (UTC, aware)."""


class SharedAddress(NamedTuple):
    """Addresses that differ in two parts each, apart from what they have in common."""

    start: str
    """Before the first part."""
    middle: str
    """Between the parts."""
    end: str
    """Behind the second part."""
    parts: Sequence[str]
    """Two for each address."""

    def urls(self) -> list[str]:
        """Return the addresses."""
        firsts, seconds = self.parts[::2], self.parts[1::2]
        return [
            f"{self.start}{first}{self.middle}{second}{self.end}" for first, second in zip(firsts, seconds, strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class LinkColumns(Sequence["Link | None"]):
    """The signed links of a list of documents as parallel columns; a `Link` is made for the one that is looked at.

    An object for each of 10,000 links would take longer to make than reading the answer in which they stand.
    """

    urls: Sequence[str | None] = field(default=(), repr=False)
    """The address of each document; `None` where it has none that may be opened."""
    expires: Sequence[datetime | None] = ()
    """When each signature ends (UTC, aware); `None` where there is no address."""
    shared: SharedAddress | None = field(default=None, repr=False)
    """The same addresses by what they have in common, where that is known: a quarter of the size."""

    def __post_init__(self) -> None:
        if len(self.urls) != len(self.expires):
            raise ValueError("the columns of links must be of one length")

    @classmethod
    def of(cls, links: "Iterable[Link | None]") -> "LinkColumns":
        """Return some links as columns; columns themselves as they are."""
        if isinstance(links, LinkColumns):
            return links
        links = list(links)
        return cls(
            [None if link is None else link.url for link in links],
            [None if link is None else link.expires for link in links],
        )

    def __len__(self) -> int:
        return len(self.urls)

    @overload
    def __getitem__(self, index: int) -> Link | None: ...

    @overload
    def __getitem__(self, index: slice) -> "LinkColumns": ...

    def __getitem__(self, index: int | slice) -> "Link | LinkColumns | None":
        if isinstance(index, slice):
            return LinkColumns(self.urls[index], self.expires[index])
        url, expires = self.urls[index], self.expires[index]
        return None if url is None or expires is None else Link(url, expires)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # the columns may be lists


@dataclass(frozen=True, slots=True)
class DocumentList:
    """The documents of one file history as parallel columns, in the order in which the service listed them."""

    date: Sequence[int | None] = ()
    """Send or receive date as `yyyymmdd`; `None` where it is missing or no calendar date."""
    code: Sequence[str] = ()
    """Document code as delivered (control characters removed); may be empty."""
    description: Sequence[str] = ()
    pages: Sequence[int | None] = ()
    """Number of pages; `None` where the office gave none."""

    def __post_init__(self) -> None:
        if not len(self.date) == len(self.code) == len(self.description) == len(self.pages):
            raise ValueError("the columns of a document list must be of one length")

    def __len__(self) -> int:
        return len(self.date)

    def ids(self) -> list[str]:
        """Return an id for each document that survives a refresh: date, code and a count, as in `20180831-CTNF-1`.

        The count distinguishes equal codes of one day, in the order listed. Positions in the list would not survive:
        the service may list newer papers first or last. Ids are unique within one history; those of undated papers
        begin with `undated`. Of a code that is far longer than any office's, an id has the beginning.
        """
        names = {code: f"-{code.strip()[:LONGEST_CODE_IN_ID].upper()}-" for code in set(self.code)}
        stems = [f"{date or 'undated'}{names[code]}" for date, code in zip(self.date, self.code, strict=True)]
        seen = dict.fromkeys(stems, 0)
        if len(seen) == len(stems):  # nothing to count, as in most short lists
            return [f"{stem}1" for stem in stems]
        ids = []
        for stem in stems:
            seen[stem] = count = seen[stem] + 1
            ids.append(f"{stem}{count}")
        return ids


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHistory:
    """What the service holds of one application."""

    apno: str
    """Application number as the service writes it, `US14/706838`; empty where it gave none."""
    patent_number: str
    """Publication number with kind code, `US11205304B2`; empty where it gave none."""
    patent_id: str
    """PatSnap's own identifier (UUID); empty where it gave none."""
    documents: DocumentList
    links: Sequence[Link | None] = field(default=(), repr=False)
    """The signed link of each document, parallel to `documents`; `None` where it has none that may be opened."""
    documents_reported: int
    """How many documents the service says there are (`doc_count`)."""
    complete: bool
    """Whether paging came to its end. A complete history may still hold fewer documents than the service counts."""
    retrieved: datetime
    """When the last page arrived (UTC, aware)."""
    findings: tuple[str, ...] = ()
    """What was odd in the answer, in words for the user ("7 documents have no date")."""

    @property
    def documents_held(self) -> int:
        """How many documents arrived."""
        return len(self.documents)

    @property
    def name(self) -> str:
        """The name of a history that no store keeps: application number, else patent number, else PatSnap's id.

        A history that is kept goes by its key in the store, which may be another: see `store.identity`.
        """
        return self.apno or self.patent_number or self.patent_id

    @property
    def office(self) -> str:
        """Code of the office, by the application number, else the patent number; empty if neither says."""
        return office_of(self.apno, self.patent_number)
