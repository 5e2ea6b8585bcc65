"""Reading: from a file history as the service delivered it to the five tables.

The steps of reading one file history, each from what the steps before it found:

1. `sort_documents`: each document is classified, then those of implausible date are marked, then all are sorted and
   numbered by submission. Classification comes first, because category and side decide the order within a day.
2. `papers_of_submissions`, `label_submissions`: what came together on a day, and what it is called.
3. `daily_acts`: the submissions of plausible date. Everything below reads acts, not documents.
4. `issue_found`: the issue that stands, after which nothing reopens. Then `rounds_in`: the acts are walked once, and
   each action is paired with what answered or ended it.
5. `abandonments_in`: what became of each abandonment; the rounds show whether its notice came too early, and are made
   anew if such a notice was taken back. `with_restored_answers` adds the answers that came with a request for further
   processing. Then `round_outcomes`: what became of each round. It needs all rounds, because
   an answer may turn out later not to be compliant.
6. `category_days`, `status_and_dates_of`: filing, issue, abandonment and status, and on what the status rests.
   `with_answered_action` gives the Office its turn where papers answered that decide nothing by themselves.
   `with_lapse` adds that it may have ended by law, where an answer came too late. `closed_by_status` leaves nothing
   open for the applicant of a granted or abandoned application.
7. `rounds_of_submissions`, `stages_of`, `turns_of`, `measures_of`: what needs both the rounds and the dates of step 6.
8. The columns of the five tables, and from those the frames; those of several histories are joined once, at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from components.histories import FileHistory, SetPeriod
from components.prosecution.examination.abandonments import abandonments_in
from components.prosecution.examination.answered_actions import with_answered_action
from components.prosecution.examination.conditions import conditions_of
from components.prosecution.examination.history_columns import history_columns
from components.prosecution.examination.improper_rces import rces_in_an_abandoned_application
from components.prosecution.examination.issues import issue_found
from components.prosecution.examination.lapses import lapse_in_words, late_submission, with_lapse
from components.prosecution.examination.measures import measures_of, stages_of
from components.prosecution.examination.outcomes import closed_by_status, round_outcomes
from components.prosecution.examination.restored_rounds import with_restored_answers
from components.prosecution.examination.round_columns import round_columns, rounds_of_submissions
from components.prosecution.examination.rounds import rounds_in
from components.prosecution.examination.status import category_days, status_and_dates_of
from components.prosecution.examination.turns import turn_columns, turns_of
from components.prosecution.papers.daily_acts import daily_acts
from components.prosecution.papers.sorted_documents import sort_documents
from components.prosecution.papers.submissions import (
    document_columns,
    label_submissions,
    name_submissions,
    papers_of_submissions,
    submission_columns,
)
from components.prosecution.tables import DOCUMENTS, HISTORIES, ROUNDS, SUBMISSIONS, TURNS, Tables, frame

Columns = Mapping[str, Any]
"""Parallel columns by name, each a list or an array."""


_NOTHING_SET: Final[Mapping[str, SetPeriod]] = MappingProxyType({})


def read_history(
    history: FileHistory, *, key: str | None = None, set_periods: Mapping[str, SetPeriod] = _NOTHING_SET
) -> Tables:
    """Read one file history.

    Args:
        history: what the service delivered, complete or not.
        key: what it is called in the tables: its key in the store. One that no store keeps is called by its own name.
        set_periods: the periods for reply that its papers were found to set, by the ids of the documents; they go
            before the usual ones.

    Returns:
        The tables. `documents` has a row for every document held: none is dropped, merged or guessed away; what
        no table knows is "unclassified", and what has no date stands last.

    Raises:
        RuleTableBroken: a rule table cannot be used.
    """
    return _tables_of([_columns_of(history, history.name if key is None else key, set_periods)])


def read_histories(histories: Iterable[FileHistory]) -> Tables:
    """Read file histories that no store keeps into one set of tables, in the order given.

    The steps, and why they stand in that order, are those of the module's docstring.

    Args:
        histories: what the service delivered; without any, the tables are empty.

    Returns:
        The tables, as of `read_history`.

    Raises:
        RuleTableBroken: a rule table cannot be used.
    """
    return _tables_of([_columns_of(history, history.name, _NOTHING_SET) for history in histories])


@dataclass(frozen=True, slots=True)
class _HistoryColumns:
    """The columns of each table for one history."""

    documents: Columns
    submissions: Columns
    rounds: Columns
    histories: Columns
    turns: Columns


def _columns_of(history: FileHistory, key: str, set_periods: Mapping[str, SetPeriod]) -> _HistoryColumns:
    documents = replace(sort_documents(history, key=key), set_periods=set_periods)
    names, papers = name_submissions(documents), papers_of_submissions(documents)
    labels = label_submissions(documents, papers)
    acts = daily_acts(documents, papers, labels)
    issue = issue_found(documents, acts)
    rounds = rounds_in(documents, acts, issued=issue.day)
    abandonments = abandonments_in(documents, acts, rounds)
    void = frozenset(abandonment.notice.submission for abandonment in abandonments if abandonment.is_void)
    if void:
        rounds = rounds_in(documents, acts, issued=issue.day, void=void)
    rounds = with_restored_answers(documents, rounds, acts, abandonments)
    outcomes = round_outcomes(documents.office, rounds, acts, abandonments)
    listed_days = category_days(documents)
    status_and_dates = status_and_dates_of(documents, acts, listed_days, issue, abandonments)
    status_and_dates = with_answered_action(status_and_dates, documents.office, rounds)
    if documents.proceeding is None:  # which no silence abandons
        status_and_dates = with_lapse(status_and_dates, lapse_in_words(rounds, outcomes))
    late = late_submission(rounds, outcomes)
    outcomes = closed_by_status(
        outcomes,
        rounds,
        status_and_dates.status,
        status_and_dates.evidence,
        office=documents.office,
        issued=status_and_dates.issued,
    )
    numbers = rounds_of_submissions(rounds, acts, len(names), issued=issue.day)
    office = "" if documents.proceeding else documents.office  # 37 CFR 1.97 is for applications
    stages = stages_of(office, acts, filed=status_and_dates.filed, issued=issue.day)
    turns = turns_of(documents.office, rounds, acts, filed=status_and_dates.begun, end=status_and_dates.end)
    measures = measures_of(
        documents,
        acts,
        rounds,
        outcomes,
        stages,
        turns=turns,
        filed=status_and_dates.begun,
        issued=issue.day,
        entered=status_and_dates.entered is not None,
    )
    void_rces = rces_in_an_abandoned_application(acts, abandonments)
    return _HistoryColumns(
        documents=document_columns(documents, names, numbers),
        submissions=submission_columns(documents, names, labels, numbers, stages),
        rounds=round_columns(documents, rounds, outcomes, conditions_of(rounds, acts, late=late)),
        histories=history_columns(documents, listed_days, status_and_dates, measures, void_rces),
        turns=turn_columns(key, turns),
    )


def _tables_of(histories: Sequence[_HistoryColumns]) -> Tables:
    return Tables(
        documents=frame(DOCUMENTS, _joined(DOCUMENTS, [columns.documents for columns in histories])),
        submissions=frame(SUBMISSIONS, _joined(SUBMISSIONS, [columns.submissions for columns in histories])),
        rounds=frame(ROUNDS, _joined(ROUNDS, [columns.rounds for columns in histories])),
        histories=frame(HISTORIES, _joined(HISTORIES, [columns.histories for columns in histories])),
        turns=frame(TURNS, _joined(TURNS, [columns.turns for columns in histories])),
    )


def _joined(columns: Mapping[str, str], parts: Sequence[Columns]) -> Columns:
    """Put the columns of several histories one below another."""
    if len(parts) == 1:
        return parts[0]
    return {name: _below([part[name] for part in parts]) for name in columns}


def _below(parts: Sequence[Any]) -> Any:  # noqa: ANN401 - a list stays a list, an array an array
    if parts and isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return list(chain.from_iterable(parts))
