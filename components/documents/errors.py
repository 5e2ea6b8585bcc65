"""The errors of this room. Their messages are for the user and never hold a signed link.

```
DocumentsError
├── NotFetched          the PDF of a document could not be had
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
