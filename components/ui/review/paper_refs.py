"""References to the papers of a table."""

import pandas as pd

from components.histories import PaperRef


def refs_of(rows: pd.DataFrame, column: str = "id") -> list[PaperRef]:
    """Return the reference to one paper for each row.

    Args:
        rows: of any table with a column `history`.
        column: holds the id of the paper within its history; empty where the row has none.
    """
    return list(map(PaperRef._make, zip(rows["history"].tolist(), rows[column].tolist(), strict=True)))
