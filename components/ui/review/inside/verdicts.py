"""A person's mark of a finding: right or wrong, by whom and when. A mark changes no finding: it stands beside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import streamlit as st

from components.content.claims.compare import is_disagreement
from components.content.records import DatedContent, PaperContent, Verdict, Verdicts
from components.desk import Desk
from components.histories import PaperRef
from components.store import StoreError
from components.ui.app.guard import guarded_callback
from components.ui.escape import escape_markdown
from components.ui.review.inside.quotes import finding_key
from components.words import counted, day, listed


def draw_verdict(desk: Desk, paper: PaperRef, finding: str, words: str, verdicts: Verdicts, *, user: str) -> None:
    """Draw how a finding is marked, with the way to mark it right or wrong, or to take the mark back.

    Args:
        desk: of the person's workspace, which keeps the marks.
        paper: in which the finding stands.
        finding: its id.
        words: what it says; kept with the mark, so that it stays legible.
        verdicts: the marks of the findings on the screen.
        user: who marks.
    """
    verdict = verdicts.get((paper, finding))
    key = finding_key("marks", paper, finding)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key=key):
        if verdict is not None:
            st.markdown(f":small[{verdict_markdown(verdict, user=user)}]", width="content")
            if user in (verdict.person, *verdict.against):
                _draw_taking_back(desk, paper, finding, verdict, user=user)
                return
        for label, is_right in (("Right", True), ("Wrong", False)):
            st.button(
                label,
                key=finding_key(f"mark_{label.lower()}", paper, finding),
                type="tertiary",
                help=f"Mark as {label.lower()}, for all who work here. The finding itself stays as it was read.",
                on_click=guarded_callback(_judge),
                args=(desk, paper, finding, words),
                kwargs={"is_right": is_right, "user": user},
            )


def verdict_markdown(verdict: Verdict, *, user: str) -> str:
    """Return how a finding is marked, in markdown: `marked wrong by Ada on 3 Feb 2026`; a person's own is `by you`."""
    marked, other = ("right", "wrong") if verdict.is_right else ("wrong", "right")
    words = f"marked {marked} by {_named(verdict.person, user)} on {day(verdict.at)}"
    if verdict.against:
        words += f", {other} by {listed([_named(person, user) for person in verdict.against])}"
    return f":green[{words}]" if verdict.is_right else f":orange[{words}]"


def _named(person: str, user: str) -> str:
    return "you" if person == user else escape_markdown(person)


def judged_markdown(markdown: str, verdict: Verdict | None) -> str:
    """Return a line of a finding, struck through where somebody has marked it as wrong; `markdown` is one paragraph."""
    struck = struck_markdown(markdown, verdict)
    return markdown if struck == markdown else f":gray[{struck}]"


def struck_markdown(markdown: str, verdict: Verdict | None) -> str:
    """Return the same without a colour, for a caption, which is pale by itself."""
    return f"~~{markdown}~~" if verdict is not None and not verdict.is_right else markdown


def draw_marks_without_finding(
    desk: Desk, papers: Iterable[DatedContent], verdicts: Verdicts, *, names: Mapping[PaperRef, str], user: str
) -> None:
    """Draw the marks of findings that are not read any longer; nothing where there are none.

    Args:
        desk: of the person's workspace.
        papers: what is read.
        verdicts: the marks.
        names: what the papers are called.
        user: who may take a mark back.
    """
    lost = marks_without_finding(papers, verdicts)
    if not lost:
        return
    with st.expander(f"Marks of what is no longer read ({len(lost):,})", key="marks_without_finding"):
        st.caption(
            f"{counted(len(lost), 'mark')} of findings that the present reading does not have: the paper was read "
            "again, or by newer rules."
        )
        for (paper, finding), verdict in lost.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                where = escape_markdown(names.get(paper, paper.document))
                st.markdown(f"{where}: {escape_markdown(verdict.words)} · {verdict_markdown(verdict, user=user)}")
                if user in (verdict.person, *verdict.against):
                    _draw_taking_back(desk, paper, finding, verdict, user=user)


def marks_without_finding(papers: Iterable[DatedContent], verdicts: Verdicts) -> dict[tuple[PaperRef, str], Verdict]:
    """Return the marks whose finding is not among those of the papers that are read.

    Disagreements of marks and words stand between two sets of claims, so no paper has them by itself.
    """
    read = {(paper.paper, finding) for paper in papers for finding in ids_of(paper.content)}
    return {key: verdict for key, verdict in verdicts.items() if key not in read and not is_disagreement(key[1])}


def ids_of(content: PaperContent) -> Iterator[str]:
    """Yield the ids of all findings of a paper."""
    found: tuple[Any, ...] = (
        *content.grounds,
        *content.statuses,
        *content.flags,
        *(content.claims.claims if content.claims else ()),
        *content.statements,
        *content.references,
        *filter(None, (content.examiner, content.art_unit, content.finality, content.reply_period)),
    )
    for each in found:
        yield each.id


def _draw_taking_back(desk: Desk, paper: PaperRef, finding: str, verdict: Verdict, *, user: str) -> None:
    st.button(
        "Take back",
        key=finding_key("take_back", paper, finding),
        type="tertiary",
        on_click=guarded_callback(_judge),
        args=(desk, paper, finding, verdict.words),
        kwargs={"is_right": None, "user": user},
    )


def _judge(desk: Desk, paper: PaperRef, finding: str, words: str, *, is_right: bool | None, user: str) -> None:
    """Keep a mark, or take it back."""
    try:
        desk.inside.judge(paper, finding, is_right=is_right, words=words, person=user)
    except StoreError as error:
        st.toast(escape_markdown(error), icon=":material/error:", duration="long")
