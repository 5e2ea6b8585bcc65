"""Files that a page offers to take away, which may hold private notes: each is given to its maker alone."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from components.access import Person

MAX_OFFERED: Final = 2_000
"""Files on offer in one process. What each takes until then is a reference to tables that pages hold anyway."""
MAX_OFFERED_TO_ONE: Final = 80
"""Files on offer to one person: a page offers about five, so that is a dozen and more tabs."""
OFFERED_SECONDS: Final = 12 * 3600.0
"""How long a file stays on offer after its page was last drawn: as long as a login session lasts by default."""


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that a page offers; its bytes are made when they are asked for, and not kept."""

    name: str
    """The file name under which it is saved."""
    media_type: str
    make: Callable[[], bytes]
    """Returns the bytes; called in a thread outside of the page."""
    person: Person
    """For whom the page was drawn."""

    def is_for(self, person: Person) -> bool:
        """Return whether this person may have it: who it was made for, still in the same workspace and with its rights.

        What was offered to an administrator, such as everybody's ledger, is not for whoever administers no more.
        """
        same = (person.name, person.workspace) == (self.person.name, self.person.workspace)
        return same and person.may_administer >= self.person.may_administer


class OfferedFiles:
    """The files on offer in one process, used by all threads. The oldest make room for new ones.

    Args:
        clock: seconds that never jump.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._offers: dict[str, tuple[float, OfferedFile]] = {}
        """By their tokens, the one offered last at the end."""

    def offer(self, file: OfferedFile, *, token: str = "") -> str:
        """Put a file on offer and return its token, the last part of the path that downloads it.

        Args:
            file: what is offered.
            token: of an earlier offer of the same person that this one replaces; it stays valid.
        """
        with self._lock:
            now = self._clock()
            earlier = self._offers.pop(token, None)
            if earlier is None or not earlier[1].is_for(file.person):
                token = secrets.token_urlsafe(32)
            self._offers[token] = (now, file)
            self._drop_old(now)
            theirs = [name for name, (_, other) in self._offers.items() if other.person.name == file.person.name]
            for name in [*theirs[:-MAX_OFFERED_TO_ONE], *list(self._offers)[:-MAX_OFFERED]]:
                self._offers.pop(name, None)
        return token

    def find(self, token: str) -> OfferedFile | None:
        """Return the file of a token, whoever it was made for; `None` once it is not on offer any more."""
        with self._lock:
            self._drop_old(self._clock())
            found = self._offers.get(token)
        return found[1] if found else None

    def withdraw(self, *, person: str = "", workspace: str = "") -> None:
        """Take off offer what was made for a person or in a walled-off workspace, once either is deleted."""
        with self._lock:
            for token, (_, file) in list(self._offers.items()):
                if file.person.name == person or (workspace and file.person.workspace == workspace):
                    del self._offers[token]

    def _drop_old(self, now: float) -> None:
        for token, (offered, _) in list(self._offers.items()):
            if now - offered <= OFFERED_SECONDS:
                return  # those that follow were offered later
            del self._offers[token]


def file_path(token: str) -> str:
    """Return the path, below the app's address, that downloads an offered file."""
    return f"/documents/files/{token}"
