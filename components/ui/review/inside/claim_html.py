"""The text of a claim and the tree of claims in HTML, everything in them escaped."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Final

from components.content.claims.claim_tree import TreeClaim
from components.content.claims.compare import Piece

_PARAGRAPH: Final = re.compile(r"(?<=[;:])\s+(?!(?:and|or)\b)|(?<=; and)\s+|(?<=; or)\s+")
"""Where a claim's text goes on in a new line: its elements end with semicolons."""
_ENDS_LINE: Final = (";", ":", "; and", "; or")
_LINKS: Final = ("and ", "or ")
_TAGS: Final = {"same": "", "added": "ins", "struck": "del"}


def claim_html(pieces: Sequence[Piece], *, about: str) -> str:
    """Return a claim's text in HTML: what came is underlined, what went struck through.

    Args:
        pieces: its text.
        about: what it is, for those who hear the page.
    """
    parts = []
    before = ""
    for piece in pieces:
        parts.append(_joint(before, piece) + _piece(piece))
        before = piece.text
    return f'<p class="claim-text" role="group" aria-label="{escape(about)}">{"".join(parts)}</p>'


def _joint(before: str, piece: Piece) -> str:
    if not before or piece.goes_on:
        return ""
    return "<br>" if before.endswith(_ENDS_LINE) and not f"{piece.text} ".startswith(_LINKS) else " "


def _piece(piece: Piece) -> str:
    words = "<br>".join(escape(line) for line in _PARAGRAPH.split(piece.text))
    tag = _TAGS[piece.kind]
    return f"<{tag}>{words}</{tag}>" if tag else words


def tree_html(tree: Iterable[TreeClaim], state: Callable[[TreeClaim], str], *, chosen: int, about: str) -> str:
    """Return claims as a tree in HTML, each with how it stands.

    Args:
        tree: the claims in its order.
        state: returns how one stands, as text.
        chosen: the claim that is shown.
        about: what the tree is, for those who hear the page.
    """
    parts: list[str] = []
    depth = -1
    for each in tree:
        parts.append("<ul>" * (each.depth - depth) if each.depth > depth else _closed(depth - each.depth))
        number = f"<strong>{each.claim.number}</strong>"
        words = escape(" · ".join(filter(None, (state(each), _also(each)))))
        gone = ' class="claim-gone"' if each.claim.status == "cancelled" else ""
        current = ' aria-current="true"' if each.claim.number == chosen else ""
        sign = "▸ " if current else ""
        parts.append(f"<li{gone}{current}>{sign}{number} {words}")
        depth = each.depth
    inner = "".join(parts) + _closed(depth) if parts else ""
    inner = inner.removeprefix("<ul>")
    return f'<ul class="claim-tree" aria-label="{escape(about)}">{inner}</ul>' if inner else ""


def _closed(levels: int) -> str:
    """Return the end of a claim's entry, and of the lists that end with it."""
    return "</li>" + "</ul></li>" * levels


def _also(each: TreeClaim) -> str:
    return f"also on {', '.join(map(str, each.also_on))}" if each.also_on else ""
