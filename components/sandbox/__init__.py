"""The P048 service re-created, for the app without an account and for tests: real file histories and a made-up one.

`create_sandbox` returns it as a Starlette app, `start_in_process` starts it on a loopback port of this process, and
`python -m components.sandbox --port 8765` starts it as a process of its own. `Switches` decide every point that the
contract leaves open and every fault that is made to happen; `Billing` counts what the real service would have charged.
"""

from components.rule_tables import load_csv, refuse_repetition
from components.sandbox.app import PATHS, create_sandbox
from components.sandbox.billing import Billing
from components.sandbox.errors import NotStarted, RecordingsDamaged, SandboxError, SwitchRefused
from components.sandbox.made_up import APPLICATION as MADE_UP_APPLICATION
from components.sandbox.made_up import KEY as MADE_UP
from components.sandbox.made_up import TITLE as MADE_UP_TITLE
from components.sandbox.made_up import check_list
from components.sandbox.refusals import ERROR_TABLE, ErrorCode
from components.sandbox.server import RunningSandbox, start_in_process
from components.sandbox.switches import Injection, Switches

__all__ = [
    "MADE_UP",
    "MADE_UP_APPLICATION",
    "MADE_UP_TITLE",
    "PATHS",
    "Billing",
    "Injection",
    "NotStarted",
    "RecordingsDamaged",
    "RunningSandbox",
    "SandboxError",
    "SwitchRefused",
    "Switches",
    "check_rule_tables",
    "create_sandbox",
    "start_in_process",
]


def check_rule_tables() -> None:
    """Load this room's tables, so that a damaged one is found when the app starts and not by a call.

    Raises:
        RuleTableBroken: a table is damaged; the message names file, line and column.
    """
    check_list()
    refuse_repetition(ERROR_TABLE.name, load_csv(ERROR_TABLE, ErrorCode), lambda row: row.code, column="code")
