"""The file history as every room hands it on: what PatSnap said, with nothing read into it yet.

`patsnap` makes these records, `store` keeps them, `prosecution` reads them. They are columns rather than rows,
because a history of 10,000 documents is read from the store and turned into a table at every first view.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A signed link to one PDF: whoever holds it can open the document until it expires.

    The address is a secret and is therefore absent from `repr`.
    """

    url: str = field(repr=False)
    expires: datetime
    """When the signature ends (UTC, aware)."""


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
        """Give each document a name that survives a refresh: date, code and a count, as in `20180831-CTNF-1`.

        The count tells apart equal codes of one day in the order listed. Positions would not do: a service lists
        newer papers first or last as it pleases. Unique within one history; undated papers begin with `undated`.
        """
        names = {code: code.strip().upper() for code in set(self.code)}
        seen: dict[str, int] = {}
        ids = []
        for date, code in zip(self.date, self.code, strict=True):
            stem = f"{date or 'undated'}-{names[code]}-"
            count = seen[stem] = seen.get(stem, 0) + 1
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
    told: int
    """How many documents the service says there are (`doc_count`)."""
    complete: bool
    """Whether paging came to its end. A complete history may still hold fewer documents than were told."""
    retrieved: datetime
    """When the last page arrived (UTC, aware)."""
    findings: tuple[str, ...] = ()
    """What was odd in the answer, in words for the user ("7 documents have no date")."""

    @property
    def held(self) -> int:
        """How many documents arrived."""
        return len(self.documents)

    @property
    def name(self) -> str:
        """The name under which the history is kept: application number, else patent number, else PatSnap's id."""
        return self.apno or self.patent_number or self.patent_id
