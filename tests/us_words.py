"""The words of US law and practice, which are not said of the files of other offices."""

import re
from typing import Final

US_WORDS: Final = re.compile(
    r"abandon|issue (?:fee|notification|paper)|\bRCEs?\b|\bIDSs?\b|37 CFR|35 USC|MPEP|\bPTA\b|non-final|Rule 312|USPTO"
    r"|final rejection|\bfinals\b|after final|\bfinal (?:action|office)|· final\b|restriction|\ballow(?:ances?|ed)\b"
    r"|quayle|examiner's (?:answer|amendment)|terminal disclaimer|on the merits|yardstick|petition|advisor"
    r"|prosecution was reopened",
    re.IGNORECASE,
)
