"""What is shown on hovering over an event."""

from collections.abc import Mapping, Sequence

from components.charts.papers import Groups, Papers
from components.charts.text import count_shown, lines_of, plain


def hovers_of(papers: Papers, groups: Groups, titles: Sequence[str], lines: Mapping[int, Sequence[str]]) -> list[str]:
    """Write the text of each event, from text made plain once for each distinct string.

    Args:
        papers: the papers of all histories.
        groups: the events.
        titles: the title of each history, safe to show.
        lines: event → further lines, safe to show.
    """
    named: dict[tuple[str, str], str] = {}
    sizes: dict[tuple[int, int, int, int], str] = {}
    found = []
    leads = groups.leads.tolist()
    extents = (column.tolist() for column in (groups.papers, groups.rows, groups.pages, groups.together))
    for lead, history, extent in zip(
        leads, papers.history[groups.leads].tolist(), zip(*extents, strict=True), strict=True
    ):
        name = (papers.codes[lead], papers.descriptions[lead])
        paper = named.get(name)
        if paper is None:
            paper = named[name] = _paper(*name)
        size = sizes.get(extent)
        if size is None:
            size = sizes[extent] = _size(*extent)
        found.append(f"{paper}<br>{size}<br>{titles[history]}")
    for event, more in lines.items():
        text, _, title = found[event].rpartition("<br>")
        found[event] = "<br>".join([text, *more, title])
    return found


def _size(papers: int, rows: int, pages: int, together: int) -> str:
    """Write how much an event comprises, and how much was filed or sent with it."""
    versions = f" ({count_shown(rows, 'version')})" if rows > papers else ""
    text = count_shown(papers, "document") + versions + (f", {count_shown(pages, 'page')}" if pages else "")
    return f"{text} ({together:,} in the submission)" if together > papers else text


def _paper(code: str, description: str) -> str:
    """Write code and description of a paper."""
    text = "<br>".join(lines_of(description))
    return f"{text} ({plain(code, longest=40)})" if code.strip() else text
