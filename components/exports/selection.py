"""What is taken away: the documents selected, in their order, with what is said of their file histories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from components.prosecution import Sentence


@dataclass(frozen=True, slots=True)
class Selection:
    """The current selection, ready to be written to a file of any format."""

    documents: pd.DataFrame
    """Rows of the `documents` table in the order to write them, with `link` (a path of this app), `read` (bool: ticked
    as read by whoever takes them away) and `note` (str, ``""`` if none)."""
    histories: pd.DataFrame
    """The `histories` table of the file histories on the screen, in their order."""
    rounds: pd.DataFrame
    """The `rounds` table of these histories."""
    titles: Mapping[str, str]
    """History → what it is called on the screen, `US 10,765,880 B2`."""
    findings: pd.DataFrame
    """What the lists lack (`findings_of`)."""
    made: datetime
    """When it was taken away, with its zone."""
    base_url: str = ""
    """Put before each link, `https://review.example.com`."""
    stories: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """History → the summary of its prosecution."""
