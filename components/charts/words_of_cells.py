"""What the cells of the grid of grounds say when they are pointed at."""

from typing import Final

from components.charts.text import escape_plotly, escaped_lines
from components.charts.theme import CELL_STATES
from components.content.grid.grid import Cell, CellFinding, GridAction
from components.words import day, listed

_MOST_FINDINGS: Final = 4
"""How many findings of a cell the hover text quotes; of more it counts the rest."""
_WIDTH: Final = 70


def hover_of_cell(cell: Cell, action: GridAction, claims: str) -> str:
    """Return what a cell says when it is pointed at, escaped, its lines parted by `<br>`."""
    head = f"{claims} · {action.name}, {day(action.day)}" if not claims[:1].isdigit() else _head(claims, action)
    lines = [f"<b>{escape_plotly(head)}</b>"]
    for finding in cell.findings[:_MOST_FINDINGS]:
        lines += _lines_of_finding(finding)
    if len(cell.findings) > _MOST_FINDINGS:
        lines.append(f"and {len(cell.findings) - _MOST_FINDINGS} more")
    if not cell.findings:
        lines.append(CELL_STATES[cell.state].name)
    lines += [line for each in cell.fell_away for line in escaped_lines(_capital(each.words), width=_WIDTH)]
    if cell.difference:
        lines += escaped_lines(f"Form and text differ – {cell.difference}", width=_WIDTH)
    if cell.why:
        lines += escaped_lines(cell.why, width=_WIDTH)
    if action.is_read:
        lines.append(escape_plotly(f"Read by machine{f' ({listed(action.engines)})' if action.engines else ''}"))
    return "<br>".join(lines)


def _head(claims: str, action: GridAction) -> str:
    several = "," in claims or "-" in claims
    return f"{'Claims' if several else 'Claim'} {claims} · {action.name}, {day(action.day)}"


def _lines_of_finding(finding: CellFinding) -> list[str]:
    """Return a finding: what it is, where it stands and how sure it is, and the beginning of its sentence."""
    style = CELL_STATES.get(finding.label)
    label = finding.label if style is None else style.name
    over = f" over {listed(finding.references[:3])}" if finding.references else ""
    news = {"new": "; new in this action", "other references": "; other references than before", "": ""}[finding.news]
    notes = f" ({'; '.join(finding.notes)})" if finding.notes else ""
    where = f"{'form, ' if finding.place == 'form' else ''}page {finding.page}, {finding.confidence} % sure"
    return [
        *escaped_lines(f"{label}{over}{notes}{news} – {where}", width=_WIDTH),
        *escaped_lines(f"“{finding.quote.text}”", width=_WIDTH, max_lines=2),
    ]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
