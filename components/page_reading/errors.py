"""The errors of this room.

```
FullTextError
├── NotRead         a page, or a whole PDF, was not read; the message is for the user
└── EngineUnusable  an engine cannot be used on this machine; the message is for the log
```
"""

from typing import Final, Literal

WhyNotRead = Literal["password", "broken", "no pages", "broken page", "no such page", "memory", "ended", "slow",
                     "changed", "busy", "unavailable", "closing", "no engine"]  # fmt: skip
"""Why a page, or a whole PDF, was not read; those before `changed` would be found again."""
_OF_THE_MOMENT: Final = frozenset({"changed", "busy", "unavailable", "closing", "no engine"})
_NOT_READ: Final[dict[WhyNotRead, str]] = {
    "password": "This PDF is protected by a password, so it cannot be read here. Open the PDF and type it.",
    "broken": "This PDF is damaged, or is none, so it cannot be read. Another program may still open it.",
    "no pages": "This PDF has no pages.",
    "broken page": "This page of the PDF is damaged and cannot be read. Open the PDF: another program may show it.",
    "no such page": "This paper has no page of this number.",
    "memory": "Reading this page takes more memory than is allowed.",
    "ended": "This page cannot be read: it is damaged, or takes more memory than is allowed.",
    "slow": "Reading this page takes longer than is allowed.",
    "changed": "This paper has just been fetched anew. Read it again.",
    "busy": "More pages are being read than this machine can take at once. Try again in a moment.",
    "unavailable": "Pages cannot be read on this machine: PDFium does not start. Whoever runs this app can install "
                   "what requirements.txt names once more.",
    "closing": "The app is being closed.",
    "no engine": "This page is a scan, and no engine is installed that reads scans. Whoever runs this app can install "
                 "Tesseract (docs/deploy.md says how); PDFs with text of their own are read without it.",
}  # fmt: skip


class FullTextError(Exception):
    """Base of the errors of this room."""


class NotRead(FullTextError):
    """A page, or a whole PDF, was not read. The message says why and what to do.

    Attributes:
        kind: why.
    """

    def __init__(self, kind: WhyNotRead) -> None:
        self.kind: WhyNotRead = kind
        super().__init__(_NOT_READ[kind])

    @property
    def of_the_page(self) -> bool:
        """Whether another try would find the same."""
        return self.kind not in _OF_THE_MOMENT


class EngineUnusable(FullTextError):
    """An engine cannot be used on this machine; the message says why and what to install, for the log."""
