"""A comparison as text for a terminal: the kinds, the differences, the statuses, the totals."""

import math
from collections.abc import Collection, Sequence
from datetime import date

from components.prosecution.check.comparison import Comparison, KindResult
from components.prosecution.check.differences import Difference
from components.prosecution.check.kinds import GROUPS

_NOTES = """\
Dates are compared, one to one; "days" is how far apart log and list may be on one event.
"Of what both records hold" leaves out what the list has no paper for, and what the list names so but the log lacks."""


def render(comparison: Comparison) -> str:
    """Write a comparison as text, ending with a line break."""
    blocks = (_kinds(comparison), _differences(comparison), _statuses(comparison), _totals(comparison))
    return "\n\n".join(blocks) + "\n"


def _kinds(comparison: Comparison) -> str:
    if not comparison.results:
        return "No history has a log of transactions to compare with."
    rows: list[Sequence[str]] = [("", "in the log", "found", "matched", "precision", "recall", "days")]
    for side, label in GROUPS.items():
        kinds = [_counts(f"  {one.label}", one) for one in comparison.results if one.side == side]
        if len(kinds) < 2:
            rows += [(label, *[""] * 6), *kinds]
            continue
        together = comparison.of(side)
        both = (_percent(together.precision_of_both), _percent(together.recall_of_both))
        rows += [
            (label, *[""] * 6),
            *kinds,
            _counts("  All", together),
            ("  All, of what both records hold", "", "", "", *both, ""),
        ]
    return f"{_aligned(rows, right=range(1, 7))}\n\n{_NOTES}"


def _counts(label: str, result: KindResult) -> Sequence[str]:
    counts = [str(count) for count in (result.logged, result.found, result.matched)]
    days = "" if result.days is None else str(result.days)
    return (label, *counts, _percent(result.precision), _percent(result.recall), days)


def _differences(comparison: Comparison) -> str:
    rows = [
        (one.history, one.label, _day(one.logged), _day(one.found), _between(one), one.reason)
        for result in comparison.results
        for one in result.differences
    ]
    head = ("history", "kind", "log", "list", "between", "why")
    return _titled("Differences", _aligned([head, *rows]) if rows else "none")


def _between(one: Difference) -> str:
    """Say what differs: the office's two records, or the log and our reading; no more than a date if it matched."""
    if one.what == "near":
        return "dates"
    return "records" if one.records else "reading"


def _statuses(comparison: Comparison) -> str:
    known = [one for one in comparison.statuses if one.meaning]
    summary = f"{sum(one.agrees for one in known)} of {len(known)} statuses that the office states agree"
    rows = [(one.history, one.stated, one.found, one.explanation) for one in comparison.statuses if not one.agrees]
    head = ("history", "the office says", "read", "why")
    return _titled("Status", "\n".join([summary, *([_aligned([head, *rows])] if rows else [])]))


def _totals(comparison: Comparison) -> str:
    totals = comparison.totals
    rows = [
        ("histories", totals.histories, f"{totals.compared} compared with a log"),
        ("documents listed", totals.listed, ""),
        ("documents read", totals.read, f"{totals.listed - totals.read} dropped"),
        ("from a known side", totals.known_side, _percent(totals.known_side / totals.read if totals.read else None)),
        ("unclassified", totals.unclassified, ""),
        ("undated", totals.undated, ""),
        ("rounds", totals.rounds, f"{totals.unexplained_rounds} neither answered nor explained"),
    ]
    return _titled("Totals", _aligned([(label, str(count), note) for label, count, note in rows], right=(1,)))


def _titled(title: str, text: str) -> str:
    return "\n".join([title, *(f"  {line}" for line in text.splitlines())])


def _aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Set rows in columns, those whose place is in `right` to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _percent(share: float | None) -> str:
    """Write a share; rounded down, so that only all is 100 %."""
    return "-" if share is None else f"{math.floor(share * 1000) / 10:.1f} %"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"
