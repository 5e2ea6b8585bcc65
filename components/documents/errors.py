"""The errors of this room. Their messages are for the user and never hold a signed link.

```
DocumentsError
├── NotFetched          the PDF of a document could not be had
├── NotDrawn            there is no picture of a page
├── LinkError           an address of the app's own cannot be used
│   ├── BadToken        it was not made by this app, or was changed
│   ├── TokenTooOld     it is genuine and too old
│   └── NotYours        it is genuine and another person's, or of another workspace
├── RefreshRefused      a refresh was not begun; nothing was charged
├── PackStopped         the making of a file of many documents was stopped
└── NoRoom              temporary files would take more room together than is allowed
```
"""

from typing import Literal

FetchFailure = Literal["not held", "no link", "elsewhere", "refused", "failed", "store"]
"""Why a PDF could not be had: its history is not held; there is no living link; the link leads to a foreign host; the
link is not accepted, or leads to no PDF; the download failed; the store cannot be read."""
WhyNotDrawn = Literal["password", "broken", "no pages", "broken page", "no such page", "memory", "ended",
                      "slow", "changed", "busy", "unavailable", "closing"]  # fmt: skip
"""Why there is no picture of a page; those before `changed` are of the page, and would be found again."""
_OF_THE_MOMENT = frozenset({"changed", "busy", "unavailable", "closing"})
_NOT_DRAWN = {
    "password": "This PDF is protected by a password, so its pages cannot be drawn. Open the PDF and type it.",
    "broken": "This PDF is damaged, or is none, so its pages cannot be drawn. Another program may still open it.",
    "no pages": "This PDF has no pages.",
    "broken page": "This page of the PDF is damaged and cannot be drawn. Open the PDF: another program may show it.",
    "no such page": "This paper has no page of this number.",
    "memory": "Drawing this page takes more memory than is allowed. Open the PDF to see it.",
    "ended": "This page cannot be drawn: it is damaged, or takes more memory than is allowed. Open the PDF to see it.",
    "slow": "Drawing this page takes longer than is allowed. Open the PDF to see it.",
    "changed": "This paper has just been fetched anew. Open it again.",
    "busy": "More pages are asked for than can be drawn at once. Try again in a moment, or open the PDF.",
    "unavailable": "Pages cannot be drawn on this machine: PDFium does not start. Whoever runs this app can install "
                   "what requirements.txt names once more. Open the PDF to see the paper.",
    "closing": "The app is being closed.",
}  # fmt: skip


class DocumentsError(Exception):
    """Base of the errors of this room."""


class NotFetched(DocumentsError):
    """The PDF of a document could not be had.

    Attributes:
        reason: what happened and what to do, as one or two sentences.
        kind: why.
    """

    def __init__(self, reason: str, *, kind: FetchFailure) -> None:
        self.reason = reason
        self.kind = kind
        super().__init__(reason)

    @property
    def refreshable(self) -> bool:
        """Whether a refresh of the file history may help."""
        return self.kind in {"no link", "refused"}


class NotDrawn(DocumentsError):
    """There is no picture of a page. The message says why and what to do.

    Attributes:
        kind: why.
        pages: how many pages the paper has; 0 if that is not known.
    """

    def __init__(self, kind: WhyNotDrawn, *, pages: int = 0) -> None:
        self.kind: WhyNotDrawn = kind
        self.pages = pages
        super().__init__(_NOT_DRAWN[kind])

    @property
    def of_the_page(self) -> bool:
        """Whether another try would find the same."""
        return self.kind not in _OF_THE_MOMENT


class LinkError(DocumentsError):
    """An address of the app's own cannot be used."""


class BadToken(LinkError):
    """The token was not made by this app, or was changed."""

    def __init__(self) -> None:
        super().__init__("This link was not made by this app, or part of it is missing. Copy the whole link, or open "
                         "the document from the table of the Review page.")  # fmt: skip


class TokenTooOld(LinkError):
    """The token is genuine and too old."""

    def __init__(self) -> None:
        super().__init__("This link is too old. Open the document from the table of the Review page.")


class NotYours(LinkError):
    """The link is genuine, and made for another person or in another workspace.

    The message says what to do, and nothing about what the link leads to.
    """

    def __init__(self, advice: str) -> None:
        super().__init__(advice)


class RefreshRefused(DocumentsError):
    """A refresh was not begun; nothing was charged. The message says why and what to do instead."""


class PackStopped(DocumentsError):
    """The making of a file of many documents was stopped."""


class NoRoom(DocumentsError):
    """Temporary files would take more room together than is allowed."""
