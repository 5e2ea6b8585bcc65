"""From what the service said to the four tables."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from components.histories import FileHistory
from components.prosecution.frames import DOCUMENTS, HISTORIES, ROUNDS, SUBMISSIONS, Tables, empty, frame
from components.prosecution.headlines import headline_of
from components.prosecution.listing import list_papers
from components.prosecution.submissions import documents_of, name_submissions, submissions_of


def read(history: FileHistory) -> Tables:
    """Read one file history.

    Args:
        history: what the service delivered, complete or not.

    Returns:
        The four tables. `documents` has a row for every document held: none is dropped, merged or guessed away; what
        no table knows is "unclassified", and what has no date stands last. `rounds` has its columns but no rows yet.
    """
    return read_all((history,))


def read_all(histories: Iterable[FileHistory]) -> Tables:
    """Read several file histories into one set of tables, in the order given; without any, empty tables."""
    documents, submissions, headlines = [], [], []
    for history in histories:
        listing = list_papers(history)
        names = name_submissions(listing)
        documents.append(documents_of(listing, names))
        submissions.append(submissions_of(listing, names))
        headlines.append(headline_of(listing))
    return Tables(
        documents=frame(DOCUMENTS, _joined(DOCUMENTS, documents)),
        submissions=frame(SUBMISSIONS, _joined(SUBMISSIONS, submissions)),
        rounds=empty(ROUNDS),
        histories=frame(HISTORIES, _joined(HISTORIES, headlines)),
    )


def _joined(columns: Mapping[str, str], parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Put the columns of several histories one below another."""
    if len(parts) == 1:
        return dict(parts[0])
    return {name: _below([part[name] for part in parts]) for name in columns}


def _below(parts: Sequence[Any]) -> Any:  # noqa: ANN401 - a list stays a list, an array an array
    if parts and isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return list(chain.from_iterable(parts))
