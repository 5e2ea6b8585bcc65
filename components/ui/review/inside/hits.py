"""The hits of a search on the screen: grouped by paper, each a link to its page, drawn by a script as plain text."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from components.fulltext import PageHit, PaperHits
from components.histories import PaperRef
from components.page_texts import BAD_CONFIDENCE
from components.ui.address import View, parameters_of
from components.ui.app.base_path import base_path
from components.ui.app.browser_scripts import mount_script
from components.ui.state import CLICKED_HIT, HITS
from components.words import counted

_MOST_PAGES: Final = 40
"""Pages of one paper that are sent to the browser; it shows the first few until it is asked for the others."""
_PAGES_AT_FIRST: Final = 4


class Target(NamedTuple):
    """Where a click on a hit leads."""

    paper: PaperRef
    page: int
    patents: str
    """The numbers as the address holds them, under which that paper is on the Review page."""
    is_on_screen: bool
    """Whether they are those on the screen now."""


class ShownPaper(NamedTuple):
    """A paper with hits as it is shown; all of it is text."""

    hits: PaperHits
    title: str
    facts: str
    """Its file where there are several, day, side, round, and how far it is read where that is not all."""
    patents: str
    """As in `Target`."""
    is_on_screen: bool


def draw_hits(
    papers: Sequence[ShownPaper],
    *,
    more: int,
    view: View,
    opened: tuple[PaperRef | None, int | None],
    on_more: Callable[[], None],
) -> None:
    """Draw the hits; a click on one remembers its target for the run after it (`take_clicked_hit`).

    Args:
        papers: with their hits.
        more: how many papers with hits are not among them.
        view: what the address of a hit holds beside its paper and page: the search and its scope.
        opened: the paper in the reader and the page at which it opened.
        on_more: called when more papers are to be shown.
    """
    targets = {
        hit_key(shown.hits.ref, hit.page): Target(shown.hits.ref, hit.page, shown.patents, shown.is_on_screen)
        for shown in papers
        for hit in shown.hits.hits
    }
    paper, page = opened
    mount_script(
        "inside_hits",
        key=HITS,
        data={
            "label": "Found inside the papers",
            "papers": [_paper(shown, view) for shown in papers],
            "more": f"Show more: {counted(more, 'further paper')}" if more else "",
            "first": _PAGES_AT_FIRST,
            "opened": hit_key(paper, page) if paper is not None and page is not None else "",
        },
        height="content",
        styled=True,
        on_open_change=lambda: _remember(targets),
        on_more_change=on_more,
    )


def take_clicked_hit() -> Target | None:
    """Return the target of the hit that was clicked before this run, and remember it no more."""
    target: Target | None = st.session_state.pop(CLICKED_HIT, None)
    return target


def hit_key(paper: PaperRef, page: int) -> str:
    """Return a hit as text."""
    return f"{paper}#{page}"


def _remember(targets: Mapping[str, Target]) -> None:
    clicked = st.session_state[HITS].get("open")
    if isinstance(clicked, str) and clicked in targets:
        st.session_state[CLICKED_HIT] = targets[clicked]


def _paper(shown: ShownPaper, view: View) -> dict[str, Any]:
    hits = shown.hits.hits
    left = len(hits) - _MOST_PAGES
    return {
        "title": shown.title,
        "facts": shown.facts,
        "pages": [_page(shown, hit, view) for hit in hits[:_MOST_PAGES]],
        "left": f"and on {counted(left, 'further page')}" if left > 0 else "",
    }


def _page(shown: ShownPaper, hit: PageHit, view: View) -> dict[str, Any]:
    return {
        "key": hit_key(shown.hits.ref, hit.page),
        "address": address_of_hit(view, shown, hit.page),
        "page": f"p. {hit.page:,}",
        "line": [[piece.text, piece.marked] for piece in hit.line],
        "note": " · ".join(notes_of(hit)),
    }


def address_of_hit(view: View, shown: ShownPaper, page: int) -> str:
    """Return the path and query of this app that open a page with the words marked."""
    found = View(
        patents=shown.patents,
        inside=view.inside,
        inside_scope=view.inside_scope,
        open_paper=shown.hits.ref,
        open_page=page,
    )
    return f"{base_path()}/?{urlencode(parameters_of(found))}"


def notes_of(hit: PageHit) -> list[str]:
    """Return what is said of a hit beside its line: further places, and that its page is badly legible."""
    notes = []
    if hit.places > 1:
        notes.append(f"{hit.places:,} places")
    if hit.confidence is not None and hit.confidence < BAD_CONFIDENCE:
        notes.append(f"badly legible: read with {hit.confidence} % confidence")
    return notes
