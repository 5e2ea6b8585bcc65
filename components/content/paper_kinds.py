"""By which rules a paper is read: by its document code, in the words of `PaperKind`."""

from typing import Final

from components.content.records import PaperKind

_KINDS: Final[dict[str, PaperKind]] = {
    "CTNF": "action", "CTFR": "action", "CTEQ": "action", "CTAV": "advisory", "NOA": "allowance",
    "CLM": "claims", "REM": "remarks", "EXIN": "interview", "892": "citations", "1449": "citations", "IDS": "citations",
}  # fmt: skip


def kind_of(code: str, description: str = "") -> PaperKind:  # noqa: ARG001 - to come
    """Return by what rules a paper is read."""
    return _KINDS.get(code.strip().rstrip(".").upper(), "")
