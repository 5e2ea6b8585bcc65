"""On what the computed dates of a round depend that a list of documents does not show."""

from collections.abc import Sequence

from components.prosecution.examination.rounds import Round
from components.prosecution.law.periods import compute_deadline
from components.prosecution.papers.nouns import noun_of_label
from components.words import day


def conditions_of(rounds: Sequence[Round]) -> list[str]:
    """Return on what the dates of each round depend, in words that go on after the date; empty if on nothing.

    Args:
        rounds: the rounds of a history.

    Returns:
        Parallel to `rounds`.
    """
    return [_of_open(round_) if round_.is_open else "" for round_ in rounds]


def _of_open(round_: Round) -> str:
    if round_.pairing.suspended_by is None:
        return ""
    if round_.rests:
        return "the period rests until the decision on the pre-appeal request (MPEP 1204.02)"
    if round_.decided is not None:
        return _of_panel_decision(round_)
    if round_.late_request is not None:
        return (
            f"the pre-appeal request of {day(round_.late_request)} did not come with the notice of appeal, and moves "
            "nothing unless the Office took it up (MPEP 1204.02)"
        )
    return ""


def _of_panel_decision(round_: Round) -> str:
    """Return what else a decision on a pre-appeal request may have decided, where it does not say what it did."""
    decided, period = round_.decided, round_.period
    if decided is None or period is None or decided.verdict is not None:
        return ""
    named = f"the {noun_of_label(decided.label)} of {day(decided.day)}"
    from_notice = compute_deadline(period, round_.since).due
    return (
        f"if {named} lets the appeal go on; nothing is due if it reopens prosecution or allows the application, and if "
        f"it dismisses the request as improper, the two months of the notice of appeal count, to {day(from_notice)} "
        "(MPEP 1204.02)"
    )
