"""One fetch: batches, refused batches halved, incomplete histories continued, absent numbers asked for again.

How the open points of the contract are met here:

* **`limit` refused.** A refusal at a limit that is not proven may mean the limit or the numbers: lower limits are
  tried first, and if all are refused it is the numbers. Refused calls cost nothing.
* **A number refused.** The batch is halved until the bad number stands alone; the others are fetched.
* **`limit` over the whole answer.** Numbers that an answer had no room for are absent or empty in it. Where an answer
  shows that it may have been cut (a history incomplete, or a round sum of documents), what is absent is asked for
  again by itself, which costs nothing if the service does not know it. Once that is seen to help, every patent is
  asked for by itself.
* **`data` an object.** It has room for one patent: the others of the batch are asked for by themselves, likewise.
* **`offset`.** Only ever used in calls for one patent, where both readings are the same.
"""

import logging
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event

from components.histories import FileHistory
from components.patsnap.caller import Caller, Question, Taken
from components.patsnap.errors import AccountError, PatsnapError, UncertainError, UnknownCodeError, error
from components.patsnap.faults import FaultClass, NextStep
from components.patsnap.limits import KNOWN_LIMITS, LimitLadder
from components.patsnap.match import match, normal
from components.patsnap.meter import Field, Meter
from components.patsnap.paging import Reading, is_blank, one_of
from components.patsnap.plain import LONGEST_MESSAGE
from components.patsnap.wire import Envelope

MOST_NUMBERS = 100
"""Numbers in one call, by the contract; application numbers go one by one."""
_GIVE_UP_AFTER = 12
"""So many calls refused in a row with codes that nobody documented, and halving ends."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Answer:
    """What a fetch brought."""

    found: dict[str, FileHistory] = field(default_factory=dict)
    """Asked number to its file history, read to its end."""
    missing: tuple[str, ...] = ()
    """Asked numbers that the service does not know."""
    failed: dict[str, PatsnapError] = field(default_factory=dict)
    """Asked number to why it could not be had. What had arrived of it went to the till."""


@dataclass(frozen=True, slots=True)
class Customs:
    """How one base behaves where the contract is open; learned by all fetches of a client together."""

    ladder: LimitLadder
    batch: int
    one_by_one: Event = field(default_factory=Event)
    """Answers have room for one patent only, or share one `limit` among all."""
    empty_is_end: Event = field(default_factory=Event)
    """An empty page has been asked for again, and stayed empty."""


@dataclass(frozen=True, slots=True)
class _Group:
    numbers: tuple[str, ...]
    refused: frozenset[int] = frozenset()
    """Limits at which it was refused."""
    spent: frozenset[str] = frozenset()
    """What has been tried again before it was halved."""
    again: bool = False
    """Asked for again, because an earlier answer may have had no room for it."""
    failure: PatsnapError | None = None
    """Why it was refused last."""


class Fetching:
    """One fetch while it goes on; belongs to one thread."""

    def __init__(
        self,
        *,
        caller: Caller,
        customs: Customs,
        by: Field,
        filters: Mapping[str, int | str],
        meter: Meter,
        plain_origins: Sequence[str] = (),
    ) -> None:
        self._caller = caller
        self._customs = customs
        self._by: Field = by
        self._filters = filters
        self._meter = meter
        self._plain_origins = plain_origins
        self._answer = Answer()
        self._missing: set[str] = set()
        self._readings: dict[str, Reading] = {}
        self._queue: deque[_Group] = deque()
        self._tried_again: set[str] = set()
        """Numbers that an ambiguous failure has been met with: they are tried again once in a fetch."""
        self._refused_in_a_row = 0

    def run(self, numbers: Sequence[str], known: Mapping[str, FileHistory]) -> Answer:
        """Fetch all numbers.

        Raises:
            AccountError: no further call makes sense.
            Exception: whatever the till raises.
        """
        asked = [number for number in dict.fromkeys(numbers) if self._is_sendable(number)]
        held = [number for number in asked if number in known and not known[number].complete and known[number].held]
        for number in held:
            self._readings[number] = Reading.resume(known[number])
            self._continue(number)
        fresh = [number for number in asked if number not in self._readings]
        size = 1 if self._by == "apno" else min(self._customs.batch, MOST_NUMBERS)
        self._queue.extend(_Group(tuple(fresh[start : start + size])) for start in range(0, len(fresh), size))
        while self._queue:
            self._ask(self._queue.popleft())
        self._answer.missing = tuple(number for number in asked if number in self._missing)
        return self._answer

    def _is_sendable(self, number: str) -> bool:
        if "," not in number and normal(number):
            return True
        self._answer.failed[number] = error("unsendable", number=number)
        return False

    def _ask(self, group: _Group) -> None:
        """Ask for the first page of a group."""
        if len(group.numbers) > 1 and self._customs.one_by_one.is_set():
            self._queue.extendleft(
                replace(group, numbers=(number,), refused=frozenset(), failure=None)
                for number in reversed(group.numbers)
            )
            return
        limit = self._customs.ladder.step(group.refused)
        if limit is None:
            self._halve(group)
            return
        try:
            taken = self._call(group.numbers, offset=0, limit=limit, spent=group.spent)
        except AccountError:
            raise
        except PatsnapError as failure:
            self._refused(replace(group, refused=group.refused | {limit}, failure=failure), failure)
            return
        if group.again and taken.billed:
            self._customs.one_by_one.set()
        unmatched = len(group.numbers) > 1 and taken.strangers and taken.absent
        if unmatched:
            # Entries under other names cannot be told apart in a batch; alone, each answers the number asked.
            self._customs.one_by_one.set()
            self._queue.appendleft(_Group(taken.absent, again=True))
        elif len(group.numbers) > 1 and taken.cut and taken.absent and (taken.billed or not group.again):
            self._queue.appendleft(_Group(taken.absent, again=True))
        else:
            self._missing.update(taken.absent)
        for number in taken.histories:
            self._continue(number)

    def _continue(self, number: str) -> None:
        """Read a file history to its end, in calls of its own."""
        reading = self._readings[number]
        refused: set[int] = set()
        failure: PatsnapError | None = None
        while not reading.done:
            limit = self._customs.ladder.step(refused)
            if limit is None and failure is not None:
                self._answer.failed[number] = failure.about(number)
                return
            refused.add(limit or 0)
            try:
                self._call((number,), offset=reading.offset, limit=limit or KNOWN_LIMITS[-1])
            except AccountError:
                raise
            except PatsnapError as caught:
                failure = caught
                if caught.fault.then is not NextStep.LOWER_LIMIT:
                    self._answer.failed[number] = caught.about(number)
                    return
            else:
                refused.clear()
        if reading.stayed_empty:
            self._customs.empty_is_end.set()
        if reading.gave_up:
            self._answer.failed[number] = error("pages", number=number)
        else:
            self._answer.found[number] = reading.history()

    def _call(self, numbers: tuple[str, ...], *, offset: int, limit: int, spent: frozenset[str] = frozenset()) -> Taken:
        """Make one call; what it brings is added to the readings before the till hears of it."""

        def failed(failure: PatsnapError) -> None:
            if isinstance(failure, UncertainError):
                self._tried_again.update(numbers)

        taken = self._caller.call(
            Question(numbers, self._by, offset, limit, self._filters),
            lambda envelope: self._take(numbers, limit, envelope),
            meter=self._meter,
            spent=spent | {FaultClass.AMBIGUOUS} if self._tried_again.intersection(numbers) else spent,
            failed=failed,
        )
        self._refused_in_a_row = 0
        self._customs.ladder.accepted(limit)
        self._customs.ladder.saw(taken.largest, cut_at=taken.page)
        return taken

    def _take(self, numbers: tuple[str, ...], limit: int, envelope: Envelope) -> Taken:
        """Give each entry of an answer to its reading.

        Raises:
            DataError: the data has no known form, or belongs to another patent.
        """
        entries = envelope.entries
        if not (entries or envelope.data is None or envelope.data == []):
            raise error("data", status=200)
        matching = match(numbers, self._by, entries)
        if len(numbers) == 1 and not matching.found and matching.strangers:
            raise error("mismatch", said=", ".join(name for name in matching.strangers if name)[:LONGEST_MESSAGE])
        if matching.strangers:
            _log.warning("%d entries of an answer belong to no number that was asked", len(matching.strangers))
        for number in matching.ambiguous:
            self._answer.failed[number] = error("mismatch", number=number)
        sizes = {}
        for number in numbers:
            entry = one_of(matching.found.get(number, ()))
            if number in self._readings or not is_blank(entry):
                sizes[number] = self._readings.setdefault(number, Reading()).add(
                    entry,
                    limit=limit,
                    retrieved=datetime.now(UTC),
                    plain_origins=self._plain_origins,
                    retry_empty=not self._customs.empty_is_end.is_set(),
                )
        returned = matching.found.keys() | matching.ambiguous
        billed = tuple(
            number for number in numbers if number in returned and (number in sizes or number in matching.ambiguous)
        )
        unfinished = {sizes[number] for number in sizes if not self._readings[number].done}
        if len(numbers) > 1 and unfinished and (len(unfinished) > 1 or max(sizes.values()) > max(unfinished)):
            self._customs.one_by_one.set()
        largest = max(sizes.values(), default=0)
        return Taken(
            strangers=len(matching.strangers),
            largest=largest,
            page=largest if unfinished == {largest} and largest in KNOWN_LIMITS and largest < limit else None,
            billed=billed,
            histories={number: self._readings[number].history() for number in sizes},
            absent=tuple(number for number in numbers if number not in sizes and number not in matching.ambiguous),
            cut=envelope.is_single or bool(unfinished) or (bool(sizes) and sum(sizes.values()) % KNOWN_LIMITS[-1] == 0),
        )

    def _refused(self, group: _Group, failure: PatsnapError) -> None:
        """Do with a refused group what the table of faults says."""
        self._refused_in_a_row += 1
        if failure.fault.then is NextStep.FAIL:
            self._fail(group, failure)
        elif failure.fault.then is NextStep.LOWER_LIMIT and self._customs.ladder.step(group.refused) is not None:
            self._queue.append(group)
        else:
            self._halve(group)

    def _halve(self, group: _Group) -> None:
        """Part a refused group, so that the others do not suffer for one number."""
        failure = group.failure or error("http 400")
        hopeless = isinstance(failure, UnknownCodeError) and self._refused_in_a_row > _GIVE_UP_AFTER
        if len(group.numbers) == 1 or hopeless:
            self._customs.ladder.doubted()
            self._fail(group, failure)
            return
        middle = (len(group.numbers) + 1) // 2
        spent = group.spent | ({failure.fault.name} if failure.fault.retries else frozenset())
        self._queue.extend(
            replace(group, numbers=half, refused=frozenset(), spent=spent)
            for half in (group.numbers[:middle], group.numbers[middle:])
        )

    def _fail(self, group: _Group, failure: PatsnapError) -> None:
        for number in group.numbers:
            self._answer.failed[number] = failure.about(number)
