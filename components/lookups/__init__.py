"""From wanted numbers to file histories: plan, quote, run in the background, watch, stop, resume."""

from components.lookups.answer_files import AnswerFiles
from components.lookups.errors import (
    AnswerFileRefused,
    LookupEnded,
    MayNotDecide,
    MayNotSpend,
    QuoteExceeded,
    Stopped,
)
from components.lookups.held import claimed_by_others
from components.lookups.job import LOCAL_USER, ItemOutcome, Job, Progress
from components.lookups.lookups import Lookups
from components.lookups.plan import Plan, PlanItem, PlanState
from components.lookups.quote import Quote
from components.lookups.stored_limits import StoredLimits

__all__ = [
    "LOCAL_USER",
    "AnswerFileRefused",
    "AnswerFiles",
    "ItemOutcome",
    "Job",
    "LookupEnded",
    "Lookups",
    "MayNotDecide",
    "MayNotSpend",
    "Plan",
    "PlanItem",
    "PlanState",
    "Progress",
    "Quote",
    "QuoteExceeded",
    "Stopped",
    "StoredLimits",
    "claimed_by_others",
]
