"""The colours of everything that is no event: text, bands, lines, on a light and on a dark ground."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ground:
    """The colours of a ground. The figure itself is transparent, so that the page shows through."""

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
    """The time that an answer was due in; `extension` is what extensions added to it, `bar` the statutory end."""
    extension: str
    bar: str


LIGHT: Final = Ground(
    text="#1b2430",
    muted="#5b6675",
    grid="rgba(27,36,48,0.10)",
    band="rgba(27,36,48,0.035)",
    divide="rgba(27,36,48,0.28)",
    halo="#ffffff",
    ring="#1f4e79",
    hover="#ffffff",
    period="rgba(71,98,130,0.42)",
    extension="rgba(71,98,130,0.20)",
    bar="rgba(71,98,130,0.75)",
)
DARK: Final = Ground(
    text="#e6eaf0",
    muted="#9aa6b5",
    grid="rgba(230,234,240,0.11)",
    band="rgba(230,234,240,0.045)",
    divide="rgba(230,234,240,0.30)",
    halo="#12171e",
    ring="#7fb2e5",
    hover="#1c232d",
    period="rgba(150,178,210,0.45)",
    extension="rgba(150,178,210,0.22)",
    bar="rgba(150,178,210,0.85)",
)
