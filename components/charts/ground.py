"""The colours of everything that is no event: text, bands, lines, on a light and on a dark ground."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ground:
    """The colours of a ground."""

    page: str
    """The ground itself, as the page has it, so that a picture saved from the page can be read anywhere."""
    text: str
    muted: str
    grid: str
    band: str
    divide: str
    halo: str
    """A thin rim round filled markers, which keeps overlapping ones apart."""
    ring: str
    """Round marked events."""
    hover: str
    period: str
    """The time that an answer was due in, with extensions, and its statutory end."""
    today: str
    office: str
    """The Office's turns; `applicant` are the applicant's."""
    applicant: str


LIGHT: Final = Ground(
    page="#ffffff",
    text="#1b2430",
    muted="#5b6675",
    grid="rgba(27,36,48,0.10)",
    band="rgba(27,36,48,0.035)",
    divide="rgba(27,36,48,0.28)",
    halo="#ffffff",
    ring="#1f4e79",
    hover="#ffffff",
    period="#8c8f96",
    today="#b3261e",
    office="#6d8fc9",
    applicant="#b58a4a",
)
DARK: Final = Ground(
    page="#12171e",
    text="#e6eaf0",
    muted="#9aa6b5",
    grid="rgba(230,234,240,0.11)",
    band="rgba(230,234,240,0.045)",
    divide="rgba(230,234,240,0.30)",
    halo="#12171e",
    ring="#7fb2e5",
    hover="#1c232d",
    period="#7b7f88",
    today="#ff8a80",
    office="#5b82c4",
    applicant="#9a7440",
)
