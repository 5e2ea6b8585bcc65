"""The view "Grounds": what each action rejects and why, as a picture and as a list; and what is not read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from components.content.paper_kinds import kind_of
from components.content.records import DatedContent, PaperKind, Verdicts
from components.content.unread import READ_OFFICES
from components.desk import Desk
from components.histories import PaperRef
from components.ui.escape import escape_markdown
from components.ui.review.inside.findings import draw_finding, shown_facts, shown_flag, shown_ground
from components.ui.review.inside.grid_view import draw_grid
from components.ui.review.inside.not_read import (
    draw_not_begun,
    draw_what_to_do,
    other_office_in_words,
    with_unread,
)
from components.ui.review.inside.quotes import READ_BY_MACHINE, finding_key, how_read
from components.ui.review.inside.verdicts import draw_marks_without_finding
from components.ui.review.reviewed import ReviewedHistories
from components.words import counted, day

ACTION_KINDS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance"})
"""The papers in which the office says how the claims stand."""
_OPEN_AT_FIRST: Final = 12
"""Actions of files with at most so many grounds are unfolded when they are drawn first."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file on the screen."""

    key: str
    number: str
    office: str
    papers: tuple[DatedContent, ...]
    """Its papers that are read, in reading order."""
    documents: pd.DataFrame
    """All its actions, as rows of the `documents` table."""

    @property
    def actions(self) -> list[DatedContent]:
        """Its actions that are read."""
        return [paper for paper in self.papers if paper.content.kind in ACTION_KINDS]


def draw_grounds(
    desk: Desk,
    papers: Sequence[DatedContent],
    reviewed: ReviewedHistories,
    verdicts: Verdicts,
    *,
    user: str,
    under_way: Collection[PaperRef] = (),
) -> None:
    """Draw the grounds of rejection of each file on the screen, action by action.

    Args:
        desk: of the person's workspace.
        papers: what the read papers say.
        reviewed: the chosen histories.
        verdicts: the marks of their findings.
        user: who reads and marks.
        under_way: papers that are being read for this person.
    """
    files = _files(papers, reviewed)
    grounds = sum(len(action.content.grounds) for file in files for action in file.actions)
    for file in files:
        with st.container(gap="xsmall", key=finding_key("grounds_of", PaperRef(file.key, ""))):
            if len(files) > 1:
                st.markdown(f"**{escape_markdown(file.number)}**")
            if file.office not in READ_OFFICES:
                st.caption(escape_markdown(other_office_in_words(file.office)))
                continue
            draw_not_begun(
                desk,
                file.documents,
                reviewed.tables.histories,
                {action.paper for action in file.actions},
                what="action",
                key=finding_key("read_actions", PaperRef(file.key, "")),
                user=user,
                under_way=under_way,
            )
            draw_grid(with_unread(file.papers, file.documents), history=file.key, number=file.number)
            for action in file.actions:
                _draw_action(desk, action, file, reviewed, verdicts, user=user, is_open=grounds <= _OPEN_AT_FIRST)
    names = {paper.paper: f"{paper.name} of {day(paper.day)}" if paper.day else paper.name for paper in papers}
    draw_marks_without_finding(desk, papers, verdicts, names=names, user=user)
    st.caption(READ_BY_MACHINE)


def _files(papers: Sequence[DatedContent], reviewed: ReviewedHistories) -> list[_File]:
    facts = reviewed.tables.histories
    offices = dict(zip(facts["history"], facts["office"].astype(str), strict=True))
    documents = reviewed.tables.documents
    return [
        _File(
            headline.key,
            reviewed.numbers[headline.key],
            offices.get(headline.key, ""),
            tuple(paper for paper in papers if paper.paper.history == headline.key),
            actions_of(documents[documents["history"] == headline.key]),
        )
        for headline in reviewed.headlines
    ]


def actions_of(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of documents in which the office says how the claims stand."""
    codes = zip(documents["code"], documents["description"], strict=True)
    return documents[[kind_of(str(code).strip(), str(words)) in ACTION_KINDS for code, words in codes]]


def _draw_action(
    desk: Desk,
    action: DatedContent,
    file: _File,
    reviewed: ReviewedHistories,
    verdicts: Verdicts,
    *,
    user: str,
    is_open: bool,
) -> None:
    """Draw an action: what stands in its heading always, its findings once it is unfolded."""
    folded = st.expander(
        heading_of_action(action, verdicts), is_open, key=finding_key("action", action.paper), on_change="rerun"
    )
    if not folded.open:
        return
    with folded, st.container(gap="small"):
        st.caption(escape_markdown(how_read(action.content)))
        for flag in action.content.flags:
            draw_finding(desk, action, shown_flag(flag), verdicts, user=user)
        for ground in action.content.grounds:
            draw_finding(desk, action, shown_ground(ground), verdicts, user=user)
        is_unread = action.content.outcome == "not read"
        if is_unread or not action.content.grounds:
            words = escape_markdown(no_ground_in_words(action))
            st.markdown(f":orange[{words}]" if is_unread else f":small[{words}]")
        if is_unread or action.content.missing_pages:
            draw_what_to_do(desk, action, file.documents, reviewed.tables.histories, user=user)
        _draw_facts(desk, action, verdicts, user=user)


def _draw_facts(desk: Desk, action: DatedContent, verdicts: Verdicts, *, user: str) -> None:
    facts = shown_facts(action.content)
    if not facts:
        return
    folded = st.expander(
        f"How the claims stand, examiner and period ({len(facts):,})",
        key=finding_key("facts", action.paper),
        on_change="rerun",
    )
    if folded.open:
        with folded:
            for fact in facts:
                draw_finding(desk, action, fact, verdicts, user=user)


def heading_of_action(action: DatedContent, verdicts: Verdicts) -> str:
    """Return what stands on an action that is folded up, in markdown; flags that are marked as wrong do not count."""
    content = action.content
    name = f"{action.name} of {day(action.day)}" if action.day else action.name
    parts = [f"**{escape_markdown(name)}**"]
    if content.outcome == "not read":
        parts.append(":orange[not read]")
    elif content.grounds:
        parts.append(escape_markdown(" · ".join(dict.fromkeys(ground.statute for ground in content.grounds))))
    marks = [verdicts.get((action.paper, flag.id)) for flag in content.flags]
    flags = sum(mark is None or mark.is_right for mark in marks)
    if flags:
        parts.append(f":orange[:material/flag: {counted(flags, 'flag')}]")
    return " · ".join(parts)


def no_ground_in_words(action: DatedContent) -> str:
    """Return what it means that an action shows no ground: it was not read, or it rejects nothing."""
    content = action.content
    if content.outcome == "not read":
        return f"Not read: {content.why}" if content.why else "Not read."
    return "It rejects nothing, as far as it was read."
