"""At which stage an information disclosure statement was filed, which decides what it needed to be considered.

| stage | filed | to be considered (37 CFR 1.97; MPEP 609.04(b)) |
|---|---|---|
| S1 | within three months of filing, or before the first action on the merits or after an RCE | nothing, (b) |
| S2 | then, before a final action, an allowance or another action that closes prosecution | a statement or a fee, (c) |
| S3 | then, on or before payment of the issue fee | a statement and a fee, (d) |
| S4 | after it | not considered, but placed in the file, (i) |

"Before" an action is before its date: what arrives on that date is of the next stage. Whether the statement was made or
the fee paid is not computed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, get_args

from components.prosecution.law.workdays import add_months, next_working_day

Stage = Literal["S1", "S2", "S3", "S4"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)


def ids_stage(
    day: date,
    *,
    filed: date | None,
    merits: Iterable[date],
    closings: Iterable[date],
    rces: Iterable[date],
    fees: Iterable[date],
    withdrawals: Iterable[date],
    issued: date | None,
) -> Stage:
    """Return the stage at which an IDS was filed.

    Args:
        day: when it was filed.
        filed: filing of the application, or entry into the national stage; None if not known.
        merits: actions on the merits, with or without those that close prosecution; a restriction requirement is none.
            One that does not close prosecution reopens it: what closed it before is withdrawn, and counts no more.
        closings: final actions, allowances and *Quayle* actions.
        rces: requests for continued examination. One on or before `day` begins anew: actions and fees up to it count
            no more, whether or not the application was withdrawn from issue for it.
        fees: payments of the issue fee.
        withdrawals: when the application was withdrawn from issue (37 CFR 1.313). After one, the allowances and fees up
            to it count no more; there was an action on the merits, though.
        issued: when the patent issued.

    Returns:
        One of `STAGES`. The days may be in any order.
    """
    closed, acted = set(closings), set(merits)
    restarted = max((rce for rce in rces if rce <= day), default=date.min)
    reopened = max(
        (
            restarted,
            *(withdrawal for withdrawal in withdrawals if withdrawal < day),
            *(action for action in acted - closed if action <= day),
        )
    )
    if issued is not None and day >= issued:
        return "S4"
    if filed is not None and day <= next_working_day(add_months(filed, 3)):
        return "S1"
    if any(reopened < fee < day for fee in fees):
        return "S4"
    if not any(restarted < action <= day for action in acted | closed):
        return "S1"
    return "S3" if any(reopened < closing <= day for closing in closed) else "S2"
