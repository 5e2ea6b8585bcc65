"""What the label of a button that spends leaves out of the price, in sentences."""

from collections.abc import Sequence

from components.lookups import Plan, PlanItem, PlanState, Quote
from components.words import counted, day


def price_in_words(quote: Quote, plan: Plan) -> str:
    """Return calls, time, and what the price depends on: other names of one application, long files, repeats."""
    calls = counted(quote.calls, "call")
    if any(len(item.number.reading.request_forms) > 1 for item in plan.items_in(PlanState.CHARGED)):
        calls += ", and a few uncharged ones where a kind code has to be searched"
    if quote.seconds is not None:
        calls += f", {_duration(quote.seconds)} at the rate that the account allows"
    size = f"{quote.documents_a_call:,}"
    longer = f"Only a file of over {size} documents costs more: 1 for each further {size}"
    parts = [f"{calls}. {longer} (never over {quote.worst_case:,} in all)."]
    if quote.least < quote.charged:
        parts.append(_why_a_range(quote, plan))
    if quote.repeats:
        parts.append(f"Of these, up to {quote.repeats:,} where a call is repeated that may have been charged.")
    return " ".join(parts)


def price_rule(quote: Quote) -> str:
    """Return what will cost how much, in the sentence that stands beside the button before there is a number."""
    size = f"{quote.documents_a_call:,}"
    return (
        f"Each patent that is not held here yet is charged 1, and 1 more for each further {size} documents, when you "
        "press this button, which states the price first; all else is free."
    )


def caps_in_words(plan: Plan) -> str:
    """Return what a cap leaves, and what that means for the plan; empty where all fits."""
    if plan.cap is None:
        return ""
    left_out = len(plan.items_in(PlanState.BEYOND_CAP))
    words = f"The cap of {plan.cap.limit:,} {plan.cap.period} leaves {plan.cap.left:,}"
    consequence = f"{left_out:,} of these numbers will not be asked for" if left_out else "what needs more is not asked"
    return f"{words}: {consequence}."


def uncertain_in_words(items: Sequence[PlanItem]) -> str:
    """Return that these may have been charged already: when, and what buying them again may mean."""
    days = sorted({day(item.uncertain.last_at) for item in items if item.uncertain})
    when = f" on {days[0]}" if len(days) == 1 else ""
    return f"{len(items):,} may have been charged already{when}; buying again may charge them twice."


def _why_a_range(quote: Quote, plan: Plan) -> str:
    """Return why the price is a range."""
    unknown = [item for item in plan.items_in(PlanState.CHARGED) if not item.key]
    if any(item.charges > item.least for item in unknown):
        return f"At least {quote.least:,}; {quote.charged:,} if the files are of usual length."
    return f"At least {quote.least:,}: numbers of different kinds may name the same application, which is bought once."


def _duration(seconds: float) -> str:
    """Return a duration in words, rounded up to whole seconds or minutes."""
    whole = max(1, round(seconds + 0.49))
    return f"about {counted(whole, 'second')}" if whole < 90 else f"about {counted(-(-whole // 60), 'minute')}"
