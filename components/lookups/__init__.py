"""From wanted numbers to file histories: plan, quote, run in the background, watch, stop, resume."""

from components.lookups.desk import SANDBOX_LINKS, Desk, close_desk, desk, open_desk
from components.lookups.errors import AllowanceSpent, LookupEnded, Stopped
from components.lookups.job import LOCAL_USER, ItemOutcome, Job, Progress
from components.lookups.plan import Plan, PlanItem, Quote, State, number_of
from components.lookups.tables import HeldTables, HistoryTables
from components.lookups.worker import Lookups

__all__ = [
    "LOCAL_USER",
    "SANDBOX_LINKS",
    "AllowanceSpent",
    "Desk",
    "HeldTables",
    "HistoryTables",
    "ItemOutcome",
    "Job",
    "LookupEnded",
    "Lookups",
    "Plan",
    "PlanItem",
    "Progress",
    "Quote",
    "State",
    "Stopped",
    "close_desk",
    "desk",
    "number_of",
    "open_desk",
]
