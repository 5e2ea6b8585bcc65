"""The measures of an examination that its rounds give: whose days, how many extensions, how appeals ended.

None of them is a patent term adjustment: they count days between document dates.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from components.prosecution.examination.ids_stages import STAGES, ids_stage
from components.prosecution.examination.rounds import Round
from components.prosecution.examination.turns import Turn
from components.prosecution.law.pairings import category_set
from components.prosecution.law.vocabulary import Category, category_index, category_list
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.plausible_dates import as_date, as_number

_APPEAL_ENDS: Final = (
    ("board_decision", ""),
    ("rce", "ended by an RCE"),
    ("allowance", "allowed"),
    ("appeal_ended", "withdrawn or dismissed"),
    ("abandonment", "abandoned"),
)
"""How an appeal ends, by the first of these papers (an action reopens); a Board decision speaks for itself."""


def stages_of(office: str, acts: Sequence[Act], *, filed: int, issued: int) -> dict[int, str]:
    """Give the stage of each submission with an information disclosure statement, by its number.

    Empty for other offices than the US, and where the list does not show the filing.
    """
    if office != "US" or not filed:
        return {}
    closings = _days(acts, "final_rejection", "allowance", "quayle")
    known = {
        "merits": sorted({*closings, *_days(acts, "non_final_rejection")}),
        "closings": closings,
        "rces": _days(acts, "rce"),
        "fees": _days(acts, "issue_fee"),
        "withdrawals": _days(acts, "petition_to_withdraw", "withdrawn_from_issue"),
    }
    wanted, found = category_index()["ids"], {}
    for act in acts:
        if wanted in act.papers:
            # What came before the last RCE does not count, so a long file need not be searched from its beginning.
            restarted = bisect_right(known["rces"], act.day)
            since = known["rces"][restarted - 1] if restarted else date.min
            lately = {name: _between_days(days, since, act.day) for name, days in known.items()}
            found[act.group] = ids_stage(
                act.day, filed=as_date(filed), issued=as_date(issued) if issued else None, **lately
            )
    return found


def _between_days(days: Sequence[date], first: date, last: date) -> Sequence[date]:
    return days[bisect_left(days, first) : bisect_right(days, last)]


def _days(acts: Iterable[Act], *names: str) -> list[date]:
    wanted = frozenset(category_index()[name] for name in names)
    return [act.day for act in acts if act.has(wanted)]


def measures_of(
    acts: Sequence[Act], rounds: Sequence[Round], stages: Mapping[int, str], turns: Sequence[Turn], *, filed: int
) -> dict[str, Any]:
    """Measure one examination.

    Args:
        acts: what happened, oldest first.
        rounds: its rounds.
        stages: the stage of each submission with an IDS.
        turns: whose turn it was, from filing to end.
        filed: day of filing, `yyyymmdd`; 0 if the list does not show it.

    Returns:
        Columns of `histories`, -1 where a number is missing. `office_days` and `applicant_days` add up to the pendency.
    """
    merits = _first_merits(acts)
    pendency = sum(turn.days for turn in turns)
    applicant = sum(turn.days for turn in turns if turn.by_applicant)
    bought = [entry.extension_months for entry in rounds if entry.extension_months is not None]
    return {
        "first_merits_action": as_number(merits[0]) if merits else 0,
        "first_action_days": _between(filed, _first_action(acts)),
        "first_action_allowance": bool(merits and merits[1] == "allowance" and not _days(acts, "search_report")),
        "pendency_days": pendency if turns else -1,
        "office_days": pendency - applicant if turns else -1,
        "applicant_days": applicant if turns else -1,
        "rounds": sum(entry.pairing.round and entry.answer is not None for entry in rounds),
        "extension_months": sum(bought) if bought else -1,
        "fee_days": _fee_days(rounds),
        "appeal_outcome": "; ".join(appeal_outcomes(acts)),
        "revived": any(entry.outcome == "revived" for entry in rounds),
        **{f"ids_{stage.lower()}": sum(found == stage for found in stages.values()) for stage in STAGES},
        "fingerprint": fingerprint_of(rounds, acts, filed),
    }


def _between(start: int, end: date | None) -> int:
    return (end - as_date(start)) // timedelta(days=1) if start and end and as_date(start) <= end else -1


def _first_action(acts: Iterable[Act]) -> date | None:
    wanted = category_set("actions") | {category_index()["allowance"]}
    return next((act.day for act in acts if act.by_office and act.has(wanted)), None)


def _first_merits(acts: Iterable[Act]) -> tuple[date, str] | None:
    """Give the first action on the merits, which a restriction is not, and its category."""
    wanted = category_set("actions") - {category_index()["restriction"]} | {category_index()["allowance"]}
    for act in acts:
        if act.by_office and act.has(wanted):
            return act.day, category_list()[min(wanted.intersection(act.papers))].name
    return None


def _fee_days(rounds: Sequence[Round]) -> int:
    """Give the days from the last notice of allowance to its fee."""
    paid = [
        (entry.answer.day - entry.opening.day) // timedelta(days=1)
        for entry in rounds
        if entry.pairing.opens == category_index()["allowance"]
        and entry.answer is not None
        and category_index()["issue_fee"] in entry.answer.papers
    ]
    return paid[-1] if paid else -1


def appeal_outcomes(acts: Sequence[Act]) -> list[str]:
    """Say how each appeal ended, in order: "Board decision: affirmed in part", "reopened", "allowed", "pending"."""
    notice = category_index()["notice_of_appeal"]
    ends = [(category_index()[name], words) for name, words in _APPEAL_ENDS]
    found: list[str] = []
    running = False
    for act in acts:
        end = _end_of_appeal(act, ends) if running else ""
        if end:
            found[-1] = end
            running = False
        if notice in act.papers and act.by_applicant:
            found.append("pending")
            running = True
    return found


def _end_of_appeal(act: Act, ends: Sequence[tuple[int, str]]) -> str:
    for category, words in ends:
        if category in act.papers:
            return words or act.label[:1].lower() + act.label[1:]
    return "reopened" if act.has(category_set("actions")) else ""


_MARKS: Final = {"abandoned": "✕", "superseded": "⤳", "open": "…"}


def fingerprint_of(rounds: Sequence[Round], acts: Sequence[Act], filed: int) -> str:
    """Give an examination in one line: `Filed 2015 · Non-final → Reply +3 · Final ✕ · … · Issue 2020`.

    Each round of prosecution with its answer and the months of extension; ✕ stands for abandoned, ⤳ for replaced
    without an answer, … for open. An RCE that answers nothing (after the issue fee) stands by itself.
    """
    shown = [entry for entry in rounds if entry.pairing.listed_if in ("always", "if undone")]
    steps = [(entry.opening.day, _step(entry)) for entry in shown]
    answers = {entry.answer.group for entry in rounds if entry.answer is not None}
    steps += [(act.day, _leading(act, _APART)) for act in acts if act.has(_APART) and act.group not in answers]
    last = next((act for act in reversed(acts) if act.has(_LAST)), None)
    if last is not None:
        steps.append((last.day, f"{_leading(last, _LAST)} {last.day.year}"))
    first = [f"Filed {filed // 10_000}"] if filed else []
    return " · ".join(first + [words for _, words in sorted(steps, key=lambda step: step[0])])


_APART: Final = frozenset({category_index()["rce"], category_index()["withdrawal"]})
_LAST: Final = frozenset({category_index()["issue"], category_index()["abandonment"]})


def _step(entry: Round) -> str:
    name = _short(category_list()[entry.pairing.opens])
    if entry.answer is None:
        return f"{name} {_MARKS.get(entry.outcome, '')}".strip()
    months = f" +{entry.extension_months}" if entry.extension_months else ""
    preferred = frozenset({entry.pairing.prefers})
    wanted = preferred if entry.answer.has(preferred) else entry.pairing.answered_by | entry.pairing.partial
    return f"{name} → {_leading(entry.answer, wanted)}{months}"


def _leading(act: Act, wanted: frozenset[int]) -> str:
    """Give the short name of the paper of a wanted kind that leads a submission."""
    found = [category_list()[place] for place in wanted.intersection(act.papers)]
    return _short(min(found, key=lambda category: category.lead))


def _short(category: Category) -> str:
    return category.short or category.label
