"""The view "In their own words": why claims were allowed, what was agreed, what the applicant argued; all as quotes."""

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st

from components.content.claim_lists import in_words
from components.content.records import DatedContent, PaperKind, Statement, StatementKind, Verdicts
from components.content.statements.statements import most_telling_first
from components.content.statements.statements_table import interview_in_words
from components.desk import Desk
from components.histories import PaperRef
from components.ui.escape import escape_markdown
from components.ui.review.inside.findings import ShownFinding, draw_finding
from components.ui.review.inside.quotes import READ_BY_MACHINE, finding_key, how_read
from components.ui.review.inside.viewed_files import ViewedFile, ViewedFiles, draw_each_file
from components.ui.review.segments import draw_segments
from components.ui.state import WORDS_BY_PAGE, WORDS_GROUND, WORDS_KIND
from components.words import counted, day

ALL: Final = "all"
KINDS: Final[dict[StatementKind, str]] = {
    "reason for allowance": "Reasons for allowance",
    "allowable subject matter": "Would be allowable",
    "reasons elsewhere": "Reasons elsewhere",
    "interview": "Interviews",
    "amended to overcome": "Amended to overcome",
    "estoppel": "Arguments that may estop",
    "remark": "Other arguments",
}
"""The kinds of statements in the order in which they are shown, with what they are called."""
_TELLING_PAPERS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance", "remarks", "interview"})
"""The papers in which somebody says something that matters later."""
_CANDIDATES: Final[frozenset[StatementKind]] = frozenset({"amended to overcome", "estoppel"})
_CANDIDATES_NOTE: Final = (
    "Candidates only: whether an amendment or an argument limits a claim is for you to judge (Festo, 535 U.S. 722)."
)
_AT_FIRST: Final = 8
"""Statements of one kind and one paper that are shown before all are asked for."""
_OPEN_AT_FIRST: Final = 16
"""A group of a file with at most so many statements is unfolded when it is drawn first."""


def draw_words(viewed: ViewedFiles) -> None:
    """Draw what the papers of each file on the screen say in their own words, by kind.

    Args:
        viewed: what is drawn, and for whom.
    """
    _draw_filters(viewed.papers)
    draw_each_file(viewed, _TELLING_PAPERS, lambda file: _draw_file(viewed, file), view="words")
    st.caption(READ_BY_MACHINE)


def _draw_filters(papers: Sequence[DatedContent]) -> None:
    """Draw the choice of a kind, of the ground that is answered, and of the order; nothing where nothing is said."""
    said = [statement for paper in papers for statement in paper.content.statements]
    if not said:
        return
    kinds = [ALL, *(kind for kind in KINDS if any(statement.kind == kind for statement in said))]
    draw_segments("Kind of words", kinds, key=WORDS_KIND, words=lambda kind: kind_label(kind, said))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="words_filters"):
        grounds = sorted({statement.statute for statement in said if statement.statute})
        if st.session_state.get(WORDS_GROUND) not in grounds:
            st.session_state[WORDS_GROUND] = None
        if grounds:
            st.selectbox(
                "Ground answered",
                grounds,
                key=WORDS_GROUND,
                index=None,
                placeholder="Any ground",
                label_visibility="collapsed",
                width=240,
                persist_state="session",
            )
        st.toggle("In the order of pages", key=WORDS_BY_PAGE, persist_state="session")


def kind_label(kind: str, said: Sequence[Statement]) -> str:
    """Return what a kind is called where it is chosen, with how many statements are of it."""
    if kind == ALL:
        return f"All ({len(said):,})"
    count = sum(statement.kind == kind for statement in said)
    return next(f"{label} ({count:,})" for name, label in KINDS.items() if name == kind)


def _draw_file(viewed: ViewedFiles, file: ViewedFile) -> None:
    """Draw what is said in a file, kind by kind."""
    chosen, ground = str(st.session_state.get(WORDS_KIND, ALL)), st.session_state.get(WORDS_GROUND)
    shown = statements_shown(file.papers, kind=chosen, ground=ground or "")
    for kind, of_papers in shown.items():
        count = sum(len(said) for _, said in of_papers)
        folded = st.expander(
            f"{KINDS[kind]} ({count:,})",
            count <= _OPEN_AT_FIRST or chosen == kind,
            key=finding_key("words_group", PaperRef(file.key, ""), kind, chosen),
            on_change="rerun",
        )
        if folded.open:
            with folded, st.container(gap="small"):
                if kind in _CANDIDATES:
                    st.caption(_CANDIDATES_NOTE)
                for paper, said in of_papers:
                    _draw_paper(viewed.desk, paper, kind, said, viewed.verdicts, user=viewed.user)
    for words in nothing_said(file.papers, is_filtered=chosen != ALL or bool(ground), shown=bool(shown)):
        st.caption(escape_markdown(words))


def statements_shown(
    papers: Sequence[DatedContent], *, kind: str = ALL, ground: str = ""
) -> dict[StatementKind, list[tuple[DatedContent, list[Statement]]]]:
    """Return what papers say, by kind and paper, without kinds and papers of which nothing is shown.

    Args:
        papers: those of one file, in reading order.
        kind: of which alone statements are shown, or `all`.
        ground: the ground that alone is answered; empty for any.
    """
    shown: dict[StatementKind, list[tuple[DatedContent, list[Statement]]]] = {}
    for name in KINDS:
        if kind not in (ALL, name):
            continue
        for paper in papers:
            said = [each for each in paper.content.statements if each.kind == name and ground in ("", each.statute)]
            if said or (name == "interview" and paper.content.interview is not None and not ground):
                shown.setdefault(name, []).append((paper, said))
    return shown


def nothing_said(papers: Sequence[DatedContent], *, is_filtered: bool, shown: bool) -> Iterator[str]:
    """Yield what it means that nothing, or no reason, is shown: not read, not said, or not chosen."""
    telling = [paper for paper in papers if paper.content.kind in _TELLING_PAPERS]
    if not telling:
        yield "Nothing is read in this file so far, so it is not known what was said in it."
    elif not shown:
        yield "None of this kind." if is_filtered else "Nothing that would matter later was found in what is read."
    for paper in telling:
        if is_filtered or paper.content.kind != "allowance":
            continue
        if paper.content.outcome == "not read":
            yield f"{named(paper)}: not read, so its reasons are not known. {paper.content.why}".strip()
        elif not any(each.kind in ("reason for allowance", "reasons elsewhere") for each in paper.content.statements):
            yield f"{named(paper)}: no reasons for allowance were found in it."


def named(paper: DatedContent) -> str:
    """Return what a paper is called: `Notice of allowance of 3 May 2020`."""
    return f"{paper.name} of {day(paper.day)}" if paper.day else paper.name


def _draw_paper(
    desk: Desk,
    paper: DatedContent,
    kind: StatementKind,
    said: Sequence[Statement],
    verdicts: Verdicts,
    *,
    user: str,
) -> None:
    """Draw what one paper says of one kind."""
    st.markdown(f"**{escape_markdown(named(paper))}** · {escape_markdown(how_read(paper.content))}")
    if kind == "interview" and paper.content.interview is not None:
        st.markdown(escape_markdown(interview_in_words(paper.content.interview)))
    in_order = list(said) if st.session_state.get(WORDS_BY_PAGE) else most_telling_first(said)
    everything = len(in_order) <= _AT_FIRST or st.session_state.get(_more_key(paper, kind), False)
    for statement in in_order if everything else in_order[:_AT_FIRST]:
        draw_finding(desk, paper, shown_statement(statement), verdicts, user=user)
    if len(in_order) > _AT_FIRST:
        st.toggle(
            f"Show all: {counted(len(in_order) - _AT_FIRST, 'further passage')}",
            key=_more_key(paper, kind),
            persist_state="session",
        )


def _more_key(paper: DatedContent, kind: StatementKind) -> str:
    return finding_key("more_words", paper.paper, kind)


def shown_statement(statement: Statement) -> ShownFinding:
    """Return a statement as it is drawn: what makes it tell, which ground it answers, which claims it names."""
    parts = [f"answers {statement.statute}"] if statement.statute else []
    if statement.claims:
        parts.append(f"names {'claim' if len(statement.claims) == 1 else 'claims'} {in_words(statement.claims)}")
    return ShownFinding(
        statement.id,
        " · ".join(parts),
        lead=(statement.note or statement.kind)[:1].upper() + (statement.note or statement.kind)[1:],
        quotes=(statement.quote,),
        confidence=statement.confidence,
    )
