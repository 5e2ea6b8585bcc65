"""What is shown on hovering over an event."""

from collections.abc import Mapping, Sequence

from components.charts.papers import Groups, Papers
from components.charts.text import lines_of, plain
from components.words import counted


def hovers_of(papers: Papers, groups: Groups, titles: Sequence[str], lines: Mapping[int, Sequence[str]]) -> list[str]:
    """Write the text of each event, from text made plain once for each distinct string.

    Args:
        papers: the papers of all histories.
        groups: the events.
        titles: the title of each history, safe to show.
        lines: event → further lines, safe to show.
    """
    named = _Named()
    leads = groups.leads.tolist()
    what = [named[papers.codes[lead], papers.descriptions[lead]] for lead in leads]
    sizes = _sizes(papers, groups)
    whose = [titles[history] for history in papers.history[groups.leads].tolist()]
    found = [f"{paper}<br>{size}<br>{title}" for paper, size, title in zip(what, sizes, whose, strict=True)]
    for event, more in lines.items():
        found[event] = "<br>".join([what[event], sizes[event], *more, whose[event]])
    return found


class _Named(dict[tuple[str, str], str]):
    """Code and description of a paper → how they are shown."""

    def __missing__(self, key: tuple[str, str]) -> str:
        code, description = key
        text = "<br>".join(lines_of(description))
        shown = self[key] = f"{text} ({plain(code, longest=40)})" if code.strip() else text
        return shown


class _Sizes(dict[tuple[int, int, int, int], str]):
    """Papers, rows, pages of an event, and papers of its submission → how much that is."""

    def __missing__(self, key: tuple[int, int, int, int]) -> str:
        papers, rows, pages, together = key
        versions = f" ({counted(rows, 'version')})" if rows > papers else ""
        text = counted(papers, "document") + versions + (f", {counted(pages, 'page')}" if pages else "")
        shown = self[key] = f"{text} ({together:,} in the submission)" if together > papers else text
        return shown


def _sizes(papers: Papers, groups: Groups) -> list[str]:
    """Write how much each event comprises, how much was filed or sent with it, and its round."""
    known = _Sizes()
    columns = (column.tolist() for column in (groups.papers, groups.rows, groups.pages, groups.together))
    rounds = papers.round[groups.leads].tolist()
    return [
        f"{known[extent]}, round {number}" if number >= 0 else known[extent]
        for extent, number in zip(zip(*columns, strict=True), rounds, strict=True)
    ]
