"""How applications stand by the office's own words, and by the reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from components.prosecution.check.folder import FolderHistory
from components.prosecution.check.kinds import meaning_of
from components.prosecution.law.vocabulary import Status
from components.prosecution.tables import Tables


@dataclass(frozen=True, slots=True)
class StatusResult:
    """How one application stands, by the office's own words and by the reading."""

    history: str
    stated: str
    """The office's own words."""
    meanings: tuple[Status, ...]
    """Which status they may mean; empty for words that `statuses.csv` does not know."""
    words: str
    """What the reading must call it in the office's own word; empty where the status is compared alone."""
    found: str
    found_words: str
    """The office's own word, as the reading has it."""
    explanation: str
    """Why they differ, by date; empty where they agree."""
    has_log: bool
    """Whether the office's log is there too, so that more than the status is compared."""

    @property
    def agrees(self) -> bool:
        """Whether the reading comes to the status that the office states, in the office's own word."""
        return self.found in self.meanings and self.words in ("", self.found_words)


def status_results(histories: Sequence[FolderHistory], tables: Tables) -> Iterator[StatusResult]:
    """Yield how each application stands whose status the index states.

    Args:
        histories: as the folder holds them.
        tables: the reading of them, in the same order.
    """
    columns = [tables.histories[name] for name in ("office", "status", "status_words", "last_document")]
    for folder_history, office, status_read, words, last in zip(histories, *columns, strict=True):
        stated = " ".join(folder_history.row.get("status", "").split())
        if not stated:
            continue
        meaning = meaning_of(office, stated)
        result = StatusResult(
            history=folder_history.history.name,
            stated=stated,
            meanings=meaning.statuses if meaning else (),
            words=meaning.words if meaning else "",
            found=status_read,
            found_words=words,
            explanation="" if meaning else "statuses.csv does not know these words",
            has_log=bool(folder_history.transactions),
        )
        if meaning and not result.agrees:
            yield replace(result, explanation=_why_statuses_differ(folder_history, last))
        else:
            yield result


def _why_statuses_differ(history: FolderHistory, last: pd.Timestamp) -> str:
    """Return the day of the last listed paper, and the last transaction if the log continues after that day."""
    if pd.isna(last):
        return "the list has no dated paper"
    later = [transaction for transaction in history.transactions or () if transaction.date > last.date()]
    so_far = f"as of the last listed paper, {last.date()}"
    if not later:
        return so_far
    end = max(later, key=lambda transaction: transaction.date)
    return f'{so_far}; the log goes on to {end.date}, "{end.description}"'
