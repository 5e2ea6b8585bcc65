"""How the papers of an office are read, beside the status of a history: seen, but not loud."""

import pandas as pd

from components.prosecution import office_reading


def with_office_note(words: str, facts: pd.Series) -> str:
    """Return words about a history, followed by how its papers are read where that is in doubt.

    Args:
        words: Markdown.
        facts: its row of the `histories` table.
    """
    note = office_reading(str(facts["office"])).note
    return f"{words} · {note}" if note else words


def office_help(facts: pd.Series) -> str:
    """Return in sentences what is read of the papers of a history's office, and how sure that is, as Markdown."""
    return office_reading(str(facts["office"])).in_words
