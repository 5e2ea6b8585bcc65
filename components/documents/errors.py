"""Why a document cannot be had, in words for the user; never with the signed link."""

from typing import Literal

Kind = Literal["not held", "no link", "elsewhere", "refused", "failed", "store"]
"""What is the matter: its history is not held; there is no living link; the link leads where none may; the link is not
accepted, or leads to no PDF; the fetching failed; the store cannot be read."""


class NotFetched(Exception):
    """The PDF of a document could not be had.

    Attributes:
        reason: what happened and what to do, as one or two sentences.
        kind: what is the matter.
    """

    def __init__(self, reason: str, *, kind: Kind) -> None:
        self.reason = reason
        self.kind = kind
        super().__init__(reason)

    @property
    def refreshable(self) -> bool:
        """Tell whether a refresh of the file history may help."""
        return self.kind in {"no link", "refused"}
