"""The view "Claims": one claim through its rounds, beside the grounds that it met; and all claims as a tree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.content.claim_lists import in_words
from components.content.claims.claim_rounds import ClaimRound, claim_numbers, claim_rounds, last_said, last_set
from components.content.claims.claim_tree import TreeClaim, claim_tree
from components.content.claims.compare import ClaimChange, pieces_by_marks
from components.content.records import Claim, ClaimStatus, DatedContent, PaperKind, Quote, Verdicts
from components.content.rejections.ground_labels import short_label
from components.desk import Desk
from components.histories import PaperRef
from components.ui.escape import escape_markdown
from components.ui.review.inside.claim_html import claim_html, tree_html
from components.ui.review.inside.findings import ShownFinding, draw_finding, shown_ground
from components.ui.review.inside.not_read import with_unread
from components.ui.review.inside.quotes import (
    READ_BY_MACHINE,
    confidence_markdown,
    draw_page_button,
    finding_key,
    how_read,
)
from components.ui.review.inside.verdicts import draw_verdict, judged_markdown
from components.ui.review.inside.viewed_files import ViewedFile, ViewedFiles, draw_each_file
from components.ui.review.opened import open_paper
from components.ui.state import OPEN_PAPER
from components.words import counted, day, shortened

CLAIM_KINDS: Final[frozenset[PaperKind]] = frozenset({"claims", "action", "advisory", "allowance"})
"""The papers through which a claim goes: its sets, and those in which the office says how it stands."""
_SAID: Final = {
    "allowed": "allowed",
    "objected": "objected to",
    "withdrawn": "withdrawn from consideration",
    "restricted": "subject to restriction",
    "cancelled": "cancelled",
    "rejected": "rejected; the ground was not read",
    "pending": "pending",
}
_FIRST_WORDS: Final = 60
_INDENT: Final = "\u2003"
_MOST_FOLLOWED: Final = 400
"""Claims of which the tree shows the entries; no file has more."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A set of claims, and what the claim met until the next."""

    of_set: ClaimRound | None
    """`None` where actions come before the first set that is read."""
    met: tuple[ClaimRound, ...]


def draw_claims(viewed: ViewedFiles) -> None:
    """Draw one claim of each file on the screen through its rounds, beside the grounds that it met.

    Args:
        viewed: what is drawn, and for whom.
    """
    draw_each_file(viewed, CLAIM_KINDS, lambda file: _draw_file(viewed, file), view="claims")
    st.caption(READ_BY_MACHINE)


def _draw_file(viewed: ViewedFiles, file: ViewedFile) -> None:
    """Draw the choice of a claim of a file, that claim, and the tree."""
    read = file.papers
    numbers = claim_numbers(read)
    if not numbers:
        st.caption("No claim is read in this file so far, so nothing is known of its claims.")
        return
    standing = last_set(read)
    tree = claim_tree(standing.content.claims.claims) if standing and standing.content.claims else ()
    labels = choice_of_claims(tree, numbers)
    chosen = st.selectbox(
        "Claim",
        list(labels),
        format_func=lambda claim: labels[claim],
        key=finding_key("claim", PaperRef(file.key, "")),
        persist_state="session",
        help="As a tree: each claim stands below the one on which it depends. Type a number to find it.",
    )
    if chosen is None:
        return
    _draw_tree(read, standing, tree, chosen=chosen, number=file.number)
    for stage in stages_of(claim_rounds(with_unread(read, file.documents), chosen)):
        _draw_stage(viewed.desk, stage, viewed.verdicts, number=chosen, user=viewed.user)


def choice_of_claims(tree: Sequence[TreeClaim], numbers: Iterable[int]) -> dict[int, str]:
    """Return what each claim is called where one is chosen, in the order of the tree, those of no set after it."""
    labels = {}
    for each in tree:
        begin = shortened(each.claim.text, _FIRST_WORDS)
        labels[each.claim.number] = _INDENT * each.depth + " · ".join(
            filter(None, (f"{each.claim.number}", each.claim.status, begin))
        )
    rest = [number for number in numbers if number not in labels]
    return labels | {number: f"{number} · not in the last set that is read" for number in rest}


def stages_of(rounds: Iterable[ClaimRound]) -> tuple[Stage, ...]:
    """Return the rounds of a claim by its sets, each with what it met until the next."""
    stages: list[Stage] = []
    for each in rounds:
        if is_of_set(each):
            stages.append(Stage(each, ()))
        elif stages:
            stages[-1] = Stage(stages[-1].of_set, (*stages[-1].met, each))
        else:
            stages.append(Stage(None, (each,)))
    return tuple(stages)


def is_of_set(each: ClaimRound) -> bool:
    """Return whether a round is a set of claims, also one that was not read; else it is of the office."""
    return each.claim is not None or each.is_missing or each.dated.content.kind == "claims"


def _draw_stage(desk: Desk, stage: Stage, verdicts: Verdicts, *, number: int, user: str) -> None:
    """Draw a set, and beside it what the claim met after it."""
    first = stage.of_set or stage.met[0]
    with st.container(border=True, key=finding_key("stage", first.dated.paper, number)):
        # Beside the reader there is no room for both.
        is_narrow = st.session_state.get(OPEN_PAPER) is not None
        left, right = (st.container(), st.container()) if is_narrow else st.columns([3, 2], gap="medium")
        with left, st.container(gap="xsmall"):
            if stage.of_set is None:
                st.caption("The set of claims that this is about is not read.")
            else:
                _draw_set(desk, stage.of_set, verdicts, number=number, user=user)
        with right, st.container(gap="xsmall"):
            for met in stage.met:
                _draw_met(desk, met, verdicts, number=number, user=user)
            if not stage.met:
                st.caption("Nothing met it after this set, as far as papers were read.")


def heading_of(dated: DatedContent) -> str:
    """Return what a paper is called above what it says, in plain text."""
    return f"{dated.name} of {day(dated.day)}" if dated.day else dated.name


def _draw_set(desk: Desk, each: ClaimRound, verdicts: Verdicts, *, number: int, user: str) -> None:
    claim = each.claim
    if claim is None:
        _draw_without_claim(each, number=number)
        return
    words = f"Claim {number} · {claim.status or 'without a status'} · {shortened(claim.text, _FIRST_WORDS)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        key = finding_key("page", each.dated.paper, claim.id)
        draw_page_button(each.dated.paper, quote_with_marks(claim), key=key, about=f"claim {number}")
        status = f" · *{escape_markdown(claim.status)}*" if claim.status else ""
        heading = f"**{escape_markdown(heading_of(each.dated))}**{status}"
        st.markdown(judged_markdown(heading, verdicts.get((each.dated.paper, claim.id))))
    pieces = each.change.pieces if each.change else pieces_by_marks(claim)
    if pieces:
        st.html(claim_html(pieces, about=f"Claim {number} in {heading_of(each.dated)}"))
    for note in notes_of_set(each, claim):
        st.caption(escape_markdown(note))
    if each.not_compared:
        st.info(escape_markdown(f"Not compared: {each.not_compared}"))
    if each.change is not None:
        _draw_disagreements(desk, each.dated, each.change, verdicts, user=user)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        sure = confidence_markdown(claim.confidence)
        st.markdown(f":small[{escape_markdown(how_read(each.dated.content))} · this claim: {sure}]", width="content")
        draw_verdict(desk, each.dated.paper, claim.id, words, verdicts, user=user)


def _draw_disagreements(desk: Desk, dated: DatedContent, change: ClaimChange, verdicts: Verdicts, *, user: str) -> None:
    """Draw where marks and words of a claim do not agree, each with the way to mark it right or wrong."""
    for words, name in zip(change.disagreements, change.disagreement_ids, strict=True):
        verdict = verdicts.get((dated.paper, name))
        if verdict is None or verdict.is_right:
            st.warning(escape_markdown(_sentence(words)), icon=":material/flag:")
        else:
            st.markdown(judged_markdown(escape_markdown(_sentence(words)), verdict))
        draw_verdict(desk, dated.paper, name, f"Claim {change.number}: {words}", verdicts, user=user)


def _draw_without_claim(each: ClaimRound, *, number: int) -> None:
    """Draw a set that does not list the claim, or was not read."""
    name = f"**{escape_markdown(heading_of(each.dated))}**"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _draw_open(each.dated, number=number)
        st.markdown(name if each.is_missing else f":orange[{name} · not read]")
    why = f"Claim {number} was not found in this set." if each.is_missing else each.dated.content.why
    if why:
        st.caption(escape_markdown(why))


def _draw_open(dated: DatedContent, *, number: int) -> None:
    st.button(
        "Open",
        key=finding_key("open_round", dated.paper, number),
        on_click=open_paper,
        args=(dated.paper,),
        help="Read it yourself: open it in the reader",
    )


def quote_with_marks(claim: Claim) -> Quote:
    """Return the passage that is marked on a claim's page: its first words, and what is underlined or struck there."""
    quote = claim.quote
    marks = tuple(box for mark in claim.marks if mark.page == quote.page for box in mark.boxes)
    return quote._replace(boxes=quote.boxes + marks)


def notes_of_set(each: ClaimRound, claim: Claim) -> Iterator[str]:
    """Yield what is to be known of a claim's text beside its words, in plain text."""
    change = each.change
    if change is not None and change.by_marks:
        yield "No set before it is read: what came and what went is what the page itself marks."
    elif change is not None and each.against is not None:
        yield _compared_in_words(change, each.against)
    if each.unread_between:
        sets = counted(each.unread_between, "set")
        yield f"{sets} before it could not be looked at: something may have changed there."
    if change is not None and change.before and not claim.text and change.words("struck"):
        yield "This page has no words of the claim: the struck ones are those of the set before."
    if change is not None and change.misread:
        yield f"Taken for misreadings, not for changes: {', '.join(change.misread)}"
    if claim.depends_on:
        yield f"Depends on {'claim' if len(claim.depends_on) == 1 else 'claims'} {in_words(claim.depends_on)}."
    if change is not None and claim.status.endswith("currently amended") and not claim.marks_read:
        yield "Its page was not looked at for lines under and through its words."


def _compared_in_words(change: ClaimChange, against: DatedContent) -> str:
    base = heading_of(against)
    if change.before is None:
        return f"It is not in the set before, {base}."
    return f"Compared with {base}." if change.is_changed else f"No word differs from {base}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _draw_met(desk: Desk, met: ClaimRound, verdicts: Verdicts, *, number: int, user: str) -> None:
    """Draw what an action says of the claim."""
    content = met.dated.content
    if content.outcome == "not read":
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _draw_open(met.dated, number=number)
            st.markdown(f":orange[**{escape_markdown(heading_of(met.dated))}** · not read]")
        st.caption(escape_markdown(content.why))
    else:
        st.markdown(f"**{escape_markdown(heading_of(met.dated))}**")
    for ground in met.grounds:
        draw_finding(desk, met.dated, shown_ground(ground), verdicts, user=user)
    for status in met.statuses:
        draw_finding(desk, met.dated, shown_status(status), verdicts, user=user)
    if met.unclear:
        st.caption("The claims of these grounds cannot be read: they may be against this one.")
    for ground in met.unclear:
        draw_finding(desk, met.dated, shown_ground(ground), verdicts, user=user)


def shown_status(status: ClaimStatus) -> ShownFinding:
    """Return what an action says how a claim stands, as it is drawn."""
    words = _SAID[status.kind]
    where = "on the form page" if status.place == "form" else "in the text"
    return ShownFinding(
        status.id,
        f"claims {in_words(status.claims)} · {where}",
        lead=f"{words[:1].upper()}{words[1:]}",
        quotes=(status.quote,),
        confidence=status.confidence,
        notes=(status.note,) if status.note else (),
    )


def _draw_tree(
    read: Sequence[DatedContent], standing: DatedContent | None, tree: Sequence[TreeClaim], *, chosen: int, number: str
) -> None:
    """Draw all claims of the last set as a tree, with how each stands."""
    if standing is None or not tree:
        return
    key = finding_key("claim_tree", standing.paper)
    folded = st.expander(f"All claims as a tree ({len(tree):,})", key=key, on_change="rerun")
    if not folded.open:
        return
    said = last_said(read)
    with folded:
        about = heading_of(standing) + (f"; how they stand by {heading_of(said)}" if said else "")
        st.caption(escape_markdown(about))
        shown = tree[:_MOST_FOLLOWED]
        st.html(tree_html(shown, lambda each: state_of(each, said), chosen=chosen, about=f"Claims of {number}"))


def state_of(each: TreeClaim, said: DatedContent | None) -> str:
    """Return how a claim stands, in plain text: its status in the last set, and what the last action says of it.

    Args:
        each: the claim.
        said: the last action that was read.
    """
    claim = each.claim
    parts = [claim.status or "as filed"]
    if said is None or claim.status == "cancelled":
        return parts[0]
    grounds = [short_label(ground) for ground in said.content.grounds if claim.number in ground.claims]
    if grounds:
        parts.append(f"rejected: {', '.join(dict.fromkeys(grounds))}")
    kinds = dict.fromkeys(status.kind for status in said.content.statuses if claim.number in status.claims)
    parts += [
        _SAID[kind] for kind in kinds if kind not in ("pending", "cancelled") and not (grounds and kind == "rejected")
    ]
    return " · ".join(parts)
