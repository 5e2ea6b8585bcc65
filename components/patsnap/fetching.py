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

from components.histories import FileHistory
from components.patsnap.envelope import Envelope
from components.patsnap.errors import AccountError, PatsnapError, UnknownCodeError, error
from components.patsnap.faults import FaultClass, NextStep
from components.patsnap.match import normal
from components.patsnap.paging import PagedHistory
from components.patsnap.paid_call import Operation, PageRequest, PaidCall
from components.patsnap.parsed_answer import ParsedAnswer, match_entries, parse_answer, read_pages
from components.patsnap.service_profile import ServiceProfile
from components.patsnap.spend_hook import Field, SpendHook

MOST_NUMBERS = 100
"""Numbers in one call, by the contract; application numbers go one by one."""
_GIVE_UP_AFTER = 12
"""So many calls refused in a row with codes that nobody documented, and halving ends."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class FetchResult:
    """What a fetch brought."""

    found: dict[str, FileHistory] = field(default_factory=dict)
    """Asked number to its file history, read to its end."""
    missing: tuple[str, ...] = ()
    """Asked numbers that the service does not know."""
    failed: dict[str, PatsnapError] = field(default_factory=dict)
    """Asked number to why it could not be had. What had arrived of it went to the till."""


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
        operation: Operation,
        profile: ServiceProfile,
        by: Field,
        filters: Mapping[str, int | str],
        spend_hook: SpendHook,
        plain_origins: Sequence[str] = (),
    ) -> None:
        self._operation = operation
        self._profile = profile
        self._by: Field = by
        self._filters = filters
        self._spend_hook = spend_hook
        self._plain_origins = plain_origins
        self._answer = FetchResult()
        self._missing: set[str] = set()
        self._readings: dict[str, PagedHistory] = {}
        self._queue: deque[_Group] = deque()
        self._tried_again: set[str] = set()
        """Numbers that an ambiguous failure has been met with: they are tried again once in a fetch."""
        self._refused_in_a_row = 0

    def run(self, numbers: Sequence[str], known: Mapping[str, FileHistory]) -> FetchResult:
        """Fetch all numbers.

        Raises:
            AccountError: no further call makes sense.
            Exception: whatever the till raises.
        """
        asked = [number for number in dict.fromkeys(numbers) if self._is_sendable(number)]
        held = [number for number in asked if number in known and not known[number].complete and known[number].held]
        for number in held:
            self._readings[number] = PagedHistory.resume(known[number])
            self._continue(number)
        fresh = [number for number in asked if number not in self._readings]
        size = 1 if self._by == "apno" else min(self._profile.batch, MOST_NUMBERS)
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
        if len(group.numbers) > 1 and self._profile.one_by_one.is_set():
            self._queue.extendleft(
                replace(group, numbers=(number,), refused=frozenset(), failure=None)
                for number in reversed(group.numbers)
            )
            return
        limit = self._profile.ladder.step(group.refused)
        if limit is None:
            self._halve(group)
            return
        try:
            answer = self._call(group.numbers, offset=0, limit=limit, spent=group.spent)
        except AccountError:
            raise
        except PatsnapError as failure:
            self._refused(replace(group, refused=group.refused | {limit}, failure=failure), failure)
            return
        if group.again and answer.billed:
            self._profile.one_by_one.set()
        self._sort_absent(group, answer)
        for number in answer.histories:
            self._continue(number)

    def _sort_absent(self, group: _Group, answer: ParsedAnswer) -> None:
        """Take the absent numbers for unknown, or ask for them again where the answer may have had no room for them."""
        is_batch = len(group.numbers) > 1
        if is_batch and answer.is_uncertain:
            # Entries under other names cannot be told apart in a batch; alone, each answers the number asked.
            self._profile.one_by_one.set()
            self._queue.appendleft(_Group(answer.absent, again=True))
        elif is_batch and answer.cut and answer.absent and (answer.billed or not group.again):
            self._queue.appendleft(_Group(answer.absent, again=True))
        else:
            self._missing.update(answer.absent)

    def _continue(self, number: str) -> None:
        """Read a file history to its end, in calls of its own."""
        reading = self._readings[number]
        while not reading.done:
            failure = self._next_page(number, offset=reading.offset)
            if failure is not None:
                self._answer.failed[number] = failure.about(number)
                return
        if reading.stayed_empty:
            self._profile.empty_is_end.set()
        if reading.gave_up:
            self._answer.failed[number] = error("pages", number=number)
        else:
            self._answer.found[number] = reading.history()

    def _next_page(self, number: str, *, offset: int) -> PatsnapError | None:
        """Ask for one page of one number, with lower limits where a limit is refused.

        Returns:
            `None` if the page arrived, else why it could not be had.
        """
        refused: dict[int, PatsnapError] = {}
        while (limit := self._profile.ladder.step(refused.keys())) is not None:
            try:
                self._call((number,), offset=offset, limit=limit)
            except AccountError:
                raise
            except PatsnapError as failure:
                refused[limit] = failure
                if failure.fault.then is not NextStep.LOWER_LIMIT:
                    break
            else:
                return None
        return refused.popitem()[1]

    def _call(
        self, numbers: tuple[str, ...], *, offset: int, limit: int, spent: frozenset[str] = frozenset()
    ) -> ParsedAnswer:
        """Make one call; what it brings is added to the histories before the meter hears of it."""
        request = PageRequest(numbers, self._by, offset, limit, self._filters)
        call = PaidCall(
            self._operation,
            request,
            parse=lambda envelope: self._parse(request, envelope),
            spend_hook=self._spend_hook,
            spent=spent | {FaultClass.AMBIGUOUS} if self._tried_again.intersection(numbers) else spent,
        )
        try:
            answer = call.run()
        finally:
            if call.was_uncertain:
                self._tried_again.update(numbers)
        self._refused_in_a_row = 0
        self._profile.ladder.accepted(limit)
        self._profile.ladder.saw(answer.largest, cut_at=answer.page)
        return answer

    def _parse(self, request: PageRequest, envelope: Envelope) -> ParsedAnswer:
        """Match the entries of an answer, read its pages, work out what it means, and note what it shows.

        Raises:
            DataError: the data has no known form, or belongs to another patent.
        """
        numbers = request.numbers
        matching = match_entries(envelope, numbers, self._by)
        if matching.strangers:
            _log.warning("%d entries of an answer belong to no number that was asked", len(matching.strangers))
        sizes = read_pages(
            numbers,
            matching,
            self._readings,
            limit=request.limit,
            retrieved=datetime.now(UTC),
            plain_origins=self._plain_origins,
            retry_empty=not self._profile.empty_is_end.is_set(),
        )
        answer = parse_answer(
            numbers, matching, sizes, self._readings, limit=request.limit, is_single=envelope.is_single
        )
        for number in answer.ambiguous:
            self._answer.failed[number] = error("mismatch", number=number)
        if answer.shares_limit:
            self._profile.one_by_one.set()
        return answer

    def _refused(self, group: _Group, failure: PatsnapError) -> None:
        """Do with a refused group what the table of faults says."""
        self._refused_in_a_row += 1
        if failure.fault.then is NextStep.FAIL:
            self._fail(group, failure)
        elif failure.fault.then is NextStep.LOWER_LIMIT and self._profile.ladder.step(group.refused) is not None:
            self._queue.append(group)
        else:
            self._halve(group)

    def _halve(self, group: _Group) -> None:
        """Part a refused group, so that the others do not suffer for one number."""
        failure = group.failure or error("http 400")
        hopeless = isinstance(failure, UnknownCodeError) and self._refused_in_a_row > _GIVE_UP_AFTER
        if len(group.numbers) == 1 or hopeless:
            self._profile.ladder.doubted()
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
