"""The words of US law and practice, which are not said of the files of other offices."""

import re
from typing import Final

US_WORDS: Final = re.compile(
    r"(?<!deemed )abandon|issue (?:fee|notification|paper)|\bRCEs?\b|\bIDSs?\b|37 CFR|35 USC|MPEP|\bPTA\b|USPTO"
    r"|final rejection|non-final|\bfinals\b|after final|\bfinal (?:action|office)|· final\b|restriction|Rule 312"
    r"|\ballowances?\b|(?<!processing )(?<!establishment )\ballowed\b|quayle|examiner's (?:answer|amendment)"
    r"|terminal disclaimer|on the merits|yardstick|petition|advisor|prosecution was reopened",
    re.IGNORECASE,
)
"""What the EPC itself says in such words is left out: further processing and re-establishment that were allowed, claims
that are deemed to be abandoned (Rule 45(3) EPC)."""
