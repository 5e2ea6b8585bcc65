"""From what the service said to the tables."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from components.histories import FileHistory
from components.prosecution.examination.headlines import calendar_of, headline_of, issue_day, milestones_of
from components.prosecution.examination.metrics import measures_of, stages_of
from components.prosecution.examination.outcomes import judge
from components.prosecution.examination.round_columns import columns_of, rounds_of_submissions
from components.prosecution.examination.rounds import rounds_in
from components.prosecution.examination.turns import turn_columns, turns_of
from components.prosecution.papers.daily_acts import acts_of
from components.prosecution.papers.sorted_documents import list_papers
from components.prosecution.papers.submissions import (
    documents_of,
    label_submissions,
    name_submissions,
    papers_of_groups,
    submissions_of,
)
from components.prosecution.tables import DOCUMENTS, HISTORIES, ROUNDS, SUBMISSIONS, TURNS, Tables, frame


def read(history: FileHistory, *, key: str | None = None) -> Tables:
    """Read one file history.

    Args:
        history: what the service delivered, complete or not.
        key: what it is called in the tables: its key in the store. One that no store keeps goes by its own name.

    Returns:
        The tables. `documents` has a row for every document held: none is dropped, merged or guessed away; what
        no table knows is "unclassified", and what has no date stands last.
    """
    return _read([(history.name if key is None else key, history)])


def read_all(histories: Iterable[FileHistory]) -> Tables:
    """Read file histories that no store keeps into one set of tables, in the order given; without any, empty tables."""
    return _read((history.name, history) for history in histories)


def _read(histories: Iterable[tuple[str, FileHistory]]) -> Tables:
    documents, submissions, rounds, headlines, turns = [], [], [], [], []
    for key, history in histories:
        listing = list_papers(history, key=key)
        names, papers = name_submissions(listing), papers_of_groups(listing)
        labels = label_submissions(listing, papers)
        acts = acts_of(listing, papers, labels)
        found = rounds_in(listing, acts)
        judge(found, acts)
        calendar = calendar_of(listing)
        numbers = rounds_of_submissions(found, acts, len(names), issued=issue_day(calendar))
        milestones = milestones_of(listing, calendar)
        stages = stages_of(listing.office, acts, filed=milestones.filed, issued=issue_day(calendar))
        divided = turns_of(found, acts, filed=milestones.filed, end=milestones.end)
        measures = measures_of(acts, found, stages, divided, filed=milestones.filed)
        documents.append(documents_of(listing, names, numbers))
        submissions.append(submissions_of(listing, names, labels, numbers, stages))
        rounds.append(columns_of(listing, found))
        headlines.append(headline_of(listing, calendar, milestones, measures))
        turns.append(turn_columns(key, divided))
    return Tables(
        documents=frame(DOCUMENTS, _joined(DOCUMENTS, documents)),
        submissions=frame(SUBMISSIONS, _joined(SUBMISSIONS, submissions)),
        rounds=frame(ROUNDS, _joined(ROUNDS, rounds)),
        histories=frame(HISTORIES, _joined(HISTORIES, headlines)),
        turns=frame(TURNS, _joined(TURNS, turns)),
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
