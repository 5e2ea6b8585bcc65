"""A comparison as text for a terminal: the kinds, the differences, the statuses, the totals."""

import math
from collections.abc import Collection, Sequence
from datetime import date

from components.prosecution.check.comparison import Comparison, KindResult
from components.prosecution.check.differences import Difference
from components.prosecution.check.kinds import EVENT_GROUP_LABELS

_NOTES = """\
Dates are compared, one to one; "days" is how far apart log and list may be on one event.
"Of what both records hold" leaves out what the list has no paper for, and what the list names so but the log lacks."""


def render(comparison: Comparison) -> str:
    """Return a comparison as text that ends with a line break."""
    parts = (_kinds, _differences, _log_alone, _statuses, _totals)
    return "\n\n".join(filter(None, (part(comparison) for part in parts))) + "\n"


def _kinds(comparison: Comparison) -> str:
    if not comparison.results:
        return "No history has a log of transactions to compare with."
    rows: list[Sequence[str]] = [("", "in the log", "found", "matched", "precision", "recall", "days")]
    for side, label in EVENT_GROUP_LABELS.items():
        kinds = [_counts(f"  {result.label}", result) for result in comparison.results if result.side == side]
        if not kinds:
            continue
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
        (
            difference.history,
            difference.label,
            _day(difference.logged),
            _day(difference.found),
            _between(difference),
            difference.reason,
        )
        for result in comparison.results
        for difference in result.differences
    ]
    head = ("history", "kind", "log", "list", "between", "why")
    none = "none" if comparison.results else "nothing was compared"
    return _titled("Differences", _aligned([head, *rows]) if rows else none)


def _log_alone(comparison: Comparison) -> str:
    rows = [(alone.description, str(alone.times), alone.why) for alone in comparison.alone]
    head = ("transaction", "times", "why")
    return _titled("In the log alone", _aligned([head, *rows], right=(1,))) if rows else ""


def _between(difference: Difference) -> str:
    """Return what differs: the office's two records, or the log and our reading; only the dates if it matched."""
    if difference.mismatch == "near":
        return "dates"
    return "records" if difference.between_records else "reading"


def _statuses(comparison: Comparison) -> str:
    known = [status for status in comparison.statuses if status.meanings]
    summary = f"{sum(status.agrees for status in known)} of {len(known)} statuses that the office states agree"
    without = [status.history for status in comparison.statuses if not status.has_log]
    alone = [f"without a log, so that nothing else is compared: {', '.join(without)}"] if without else []
    rows = [
        (status.history, status.stated, status.found_words if status.words else status.found, status.explanation)
        for status in comparison.statuses
        if not status.agrees
    ]
    head = ("history", "the office says", "read", "why")
    return _titled("Status", "\n".join([summary, *alone, *([_aligned([head, *rows])] if rows else [])]))


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
    """Return rows as text in aligned columns; those whose index is in `right` are aligned to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _percent(share: float | None) -> str:
    """Return a share as a percentage, rounded down, so that only all is 100 %."""
    return "-" if share is None else f"{math.floor(share * 1000) / 10:.1f} %"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"
