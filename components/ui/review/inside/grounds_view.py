"""The view "Grounds": what each action rejects and why, as a picture and as a list; and what is not read."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from components.content.records import DatedContent, PaperKind, Verdicts
from components.desk import Desk
from components.ui.escape import escape_markdown
from components.ui.review.inside.findings import draw_finding, shown_facts, shown_flag, shown_ground
from components.ui.review.inside.grid_view import draw_grid
from components.ui.review.inside.not_read import (
    draw_what_to_do,
    with_unread,
)
from components.ui.review.inside.quotes import READ_BY_MACHINE, finding_key, how_read
from components.ui.review.inside.verdicts import draw_marks_without_finding
from components.ui.review.inside.viewed_files import ViewedFile, ViewedFiles, draw_each_file
from components.words import counted, day

ACTION_KINDS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance"})
"""The papers in which the office says how the claims stand."""
_OPEN_AT_FIRST: Final = 12
"""Actions of files with at most so many grounds are unfolded when they are drawn first."""


def draw_grounds(viewed: ViewedFiles) -> None:
    """Draw the grounds of rejection of each file on the screen, action by action.

    Args:
        viewed: what is drawn, and for whom.
    """
    grounds = sum(len(action.content.grounds) for action in actions_of(viewed.papers))

    def draw_file(file: ViewedFile) -> None:
        draw_grid(with_unread(file.papers, file.documents), history=file.key, number=file.number)
        for action in actions_of(file.papers):
            _draw_action(viewed, action, file, is_open=grounds <= _OPEN_AT_FIRST)

    draw_each_file(viewed, ACTION_KINDS, draw_file, view="grounds", what="action")
    papers = viewed.papers
    names = {paper.paper: f"{paper.name} of {day(paper.day)}" if paper.day else paper.name for paper in papers}
    draw_marks_without_finding(viewed.desk, papers, viewed.verdicts, names=names, user=viewed.user)
    st.caption(READ_BY_MACHINE)


def actions_of(papers: Iterable[DatedContent]) -> list[DatedContent]:
    """Return the papers in which the office says how the claims stand."""
    return [paper for paper in papers if paper.content.kind in ACTION_KINDS]


def _draw_action(viewed: ViewedFiles, action: DatedContent, file: ViewedFile, *, is_open: bool) -> None:
    """Draw an action: what stands in its heading always, its findings once it is unfolded."""
    desk, verdicts, user = viewed.desk, viewed.verdicts, viewed.user
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
            draw_what_to_do(desk, action, file.documents, viewed.histories, user=user)
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
