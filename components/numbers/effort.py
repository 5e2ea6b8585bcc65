"""How much work the reading of one text or file may be, and its slices, between which other threads run.

A step is what takes some microseconds: a line, a piece between two separators, a place where a number may begin. A list
of 10,000 numbers, one a line, takes 50,000 steps. What needs many more holds mostly something else than numbers, and is
refused before it keeps everybody waiting.
"""

import time
from typing import Final

from components.numbers.errors import TextRefused

MOST_NUMBERS: Final = 10_000
"""Numbers of one list, refused items included."""
MOST_STEPS: Final = 75_000
"""One and a half times the steps of 10,000 numbers, one a line."""
STEPS_OF_SAMPLE: Final = 20_000
"""Most steps for finding the column of a table that holds the numbers."""
STEPS_OF_NUMBER: Final = 2
"""A number that is found is written in all its forms."""
STEPS_OF_WORD: Final = 2
"""Behind a word that may begin a number, up to sixteen more are read."""
STEPS_OF_ADDRESS: Final = 3
"""An address is compared with the patterns of all databases."""
CHARACTERS_OF_STEP: Final = 30
"""Searching so many characters of running text takes as long as a step."""
OTHERS_OF_STEP: Final = 4
"""Passing over so many groups of digits that are no numbers takes as long as a step."""
_SLICE: Final = 100
"""Steps between two pauses: less than a millisecond."""
_PAUSE: Final = 0.0005
"""Seconds. Python runs one thread at a time: without a pause, one that waits gets its turn after 5 ms only."""
TOO_MANY: Final = "It holds more than 10,000 numbers. Split it, and look up the parts one after the other."
_TOO_MUCH: Final = (
    "It holds too much besides patent numbers to be read as a list. Keep only the numbers, one a line, or upload a "
    "table as .csv or .xlsx: of a table only the column of numbers is read."
)


def pause() -> None:
    """Let other threads run."""
    time.sleep(_PAUSE)


class Effort:
    """Counts the steps of reading one text or file, and the numbers found."""

    __slots__ = ("_left", "_numbers_left", "_pause_at")

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self._left = steps
        self._numbers_left = MOST_NUMBERS
        self._pause_at = steps - _SLICE

    def step(self, steps: int = 1) -> None:
        """Count steps before they are done, and let other threads run now and then.

        Raises:
            TextRefused: the text needs more steps than any list of 10,000 numbers.
        """
        self._left -= steps
        if self._left < self._pause_at:
            if self._left < 0:
                raise TextRefused(_TOO_MUCH)
            self._pause_at = self._left - _SLICE
            pause()

    def found(self) -> None:
        """Count a number, or an item that is refused.

        Raises:
            TextRefused: there are more than 10,000.
        """
        self._numbers_left -= 1
        if self._numbers_left < 0:
            raise TextRefused(TOO_MANY)
