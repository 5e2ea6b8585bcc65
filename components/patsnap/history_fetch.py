"""One fetch: sends numbers in batches and reads each file history to its end.

How it deals with the open points of the contract:

* **A `limit` is refused.** A refusal at a limit that has not been accepted before may be about the limit or about the
  numbers. Lower limits are tried first; if all are refused, it is the numbers. Refused calls cost nothing.
* **A number is refused.** The batch is halved until the bad number stands alone; the others are fetched. That holds for
  refusals because of load too, which may be about one number: once they have been retried in vain. Where nothing but
  refusals comes, it is no bad number: the service is down, or forbids all.
* **A call fails and may have been charged.** Nothing is asked for again here: its numbers fail, and a person decides.
* **An answer is too large.** Likewise; and later calls ask for less at once.
* **`limit` counts over the whole answer.** Numbers for which an answer had no room are then absent from it, or empty.
  Where an answer shows that it may have been cut (an incomplete history, or a round total of documents), the absent
  numbers are asked for again, which costs nothing if the service does not know them. Once that has brought something,
  every patent is asked for by itself.
* **A batch is answered with names that were not asked for.** They may stand for absent numbers, which may have been
  charged; later calls ask for every patent by itself, where a name is not needed.
* **`data` is an object.** It has room for one patent; the other numbers of the batch are asked for again likewise.
* **`offset`** is only used in calls for one patent, where it can mean only one thing.
"""

import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from components.histories import FileHistory
from components.patsnap.envelope import Envelope
from components.patsnap.errors import AccountError, BusyError, PatsnapError, UnknownCodeError, error
from components.patsnap.faults import FaultClass, NextStep
from components.patsnap.matching import normal_form
from components.patsnap.paging import PagedHistory
from components.patsnap.paid_call import Operation, PageRequest, PaidCall
from components.patsnap.parsed_answer import ParsedAnswer, match_entries, parse_answer, read_pages
from components.patsnap.service_profile import ServiceProfile
from components.patsnap.spend_hook import IdentifierField, SpendHook

_MAX_NUMBERS_PER_CALL = 100
"""Most numbers in one call, by the contract; of application numbers only one."""
_GIVE_UP_AFTER = 12
"""After so many batches in a row that were refused with undocumented codes, batches are not halved any further."""
_DOWN_AFTER = 9
"""After so many calls in a row that were refused because of load, a search for bad numbers ends. One batch of 25 with
four bad numbers is never refused more than 8 times in a row."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class FetchResult:
    """What a fetch brought, by the numbers that were asked for."""

    numbers_found: list[str] = field(default_factory=list)
    """The asked numbers whose file histories were read to their end."""
    found: dict[str, FileHistory] = field(default_factory=dict)
    """These file histories, by the number asked for, unless only the spend hook was to have them."""
    missing: tuple[str, ...] = ()
    """Asked numbers that the service does not know."""
    failed: dict[str, PatsnapError] = field(default_factory=dict)
    """Why a number failed, by the number asked for. The spend hook has received the pages that had arrived."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Numbers that one call asks for."""

    numbers: tuple[str, ...]
    refused_limits: frozenset[int] = frozenset()
    """Limits with which it was refused."""
    already_retried: frozenset[str] = frozenset()
    """Faults that were retried before the batch was halved, and are not retried again: see `Retry`."""
    is_search: bool = False
    """Whether it is a part of a batch that is searched for a bad number."""
    asked_again: bool = False
    """Whether it is asked for again because an earlier answer may have had no room for it."""
    failure: PatsnapError | None = None
    """Why it was refused the last time."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a call failed for good, where the run goes on."""

    error: PatsnapError
    was_retried: bool
    """Whether it was retried as often as it may be; if not, it was held back because other calls fail too."""


class HistoryFetch:
    """One fetch under way; belongs to one thread."""

    def __init__(
        self,
        *,
        operation: Operation,
        profile: ServiceProfile,
        by: IdentifierField,
        filters: Mapping[str, int | str],
        spend_hook: SpendHook,
        plain_origins: Sequence[str] = (),
        keep_found: bool = True,
    ) -> None:
        self._operation = operation
        self._keep_found = keep_found
        self._profile = profile
        self._by: IdentifierField = by
        self._filters = filters
        self._spend_hook = spend_hook
        self._plain_origins = plain_origins
        self._result = FetchResult()
        self._missing: set[str] = set()
        self._histories: dict[str, PagedHistory] = {}
        self._queue: deque[_Batch] = deque()
        self._met_uncertainty: set[str] = set()
        """Numbers of calls that failed and may have been charged: such a failure is retried only once in a fetch."""
        self._refused_in_a_row = 0

    def run(self, numbers: Sequence[str], unfinished: Mapping[str, FileHistory]) -> FetchResult:
        """Fetch all numbers; see `Client.fetch`.

        Raises:
            AccountError: every further call would fail too.
            Exception: whatever the spend hook raises.
        """
        asked = [number for number in dict.fromkeys(numbers) if self._is_sendable(number)]
        resumable = [
            number
            for number in asked
            if number in unfinished and not unfinished[number].complete and unfinished[number].documents_held
        ]
        for number in resumable:
            self._histories[number] = PagedHistory.resume(unfinished[number])
            self._read_to_end(number)
        fresh = [number for number in asked if number not in resumable]
        self._queue.extend(self._cut(_Batch(tuple(fresh))))
        while self._queue:
            self._ask_first_page(self._queue.popleft())
        self._result.missing = tuple(number for number in asked if number in self._missing)
        return self._result

    def _is_sendable(self, number: str) -> bool:
        """Return whether a text can be one number; note it as failed if not. A comma would make two numbers of it."""
        if "," not in number and normal_form(number):
            return True
        self._fail([number], error("unsendable"))
        return False

    def _most_numbers(self) -> int:
        """Return how many numbers may go into one call."""
        if self._by == "apno" or self._profile.one_by_one.is_set():
            return 1
        return min(self._profile.batch, _MAX_NUMBERS_PER_CALL)

    def _cut(self, batch: _Batch) -> list[_Batch]:
        """Cut a batch into such as may go into one call."""
        size = self._most_numbers()
        return [
            replace(batch, numbers=batch.numbers[start : start + size], refused_limits=frozenset(), failure=None)
            for start in range(0, len(batch.numbers), size)
        ]

    def _ask_first_page(self, batch: _Batch) -> None:
        """Ask for the first page of each number of a batch, then read each history to its end."""
        if len(batch.numbers) > self._most_numbers():
            self._queue.extendleft(reversed(self._cut(batch)))
            return
        number = self._operation.breaker.number_to_try(batch.numbers)
        if number is not None and len(batch.numbers) > 1:
            rest = tuple(other for other in batch.numbers if other != number)
            self._queue.extendleft((replace(batch, numbers=rest), replace(batch, numbers=(number,))))
            return
        limit = self._profile.limit_ladder.next_limit(batch.refused_limits)
        if limit is None:
            self._split(batch)
            return
        answer = self._call(
            batch.numbers,
            offset=0,
            limit=limit,
            already_retried=batch.already_retried,
            is_search=batch.is_search,
        )
        if isinstance(answer, _Failure):
            refused = batch.refused_limits | {limit}
            self._handle_failure(replace(batch, refused_limits=refused, failure=answer.error), answer)
            return
        if batch.asked_again and answer.billed:
            self._profile.one_by_one.set()
        self._handle_absent(batch, answer)
        begun = tuple(answer.histories)
        del answer  # what it brought is saved, and reading on may take minutes
        for number in begun:
            self._read_to_end(number)

    def _handle_absent(self, batch: _Batch, answer: ParsedAnswer) -> None:
        """Note absent numbers as unknown; ask for them again if the answer may have had no room for them."""
        is_batch = len(batch.numbers) > 1
        if answer.is_uncertain:
            # They may have been charged, so they are not asked for again by themselves.
            self._fail(answer.absent, error("unclear"))
            if answer.unmatched:
                # In a batch, an entry under another name may answer any of them; alone, it answers the only number.
                self._profile.one_by_one.set()
        elif is_batch and answer.may_be_cut and answer.absent and (answer.billed or not batch.asked_again):
            self._queue.appendleft(_Batch(answer.absent, asked_again=True))
        else:
            self._missing.update(answer.absent)

    def _read_to_end(self, number: str) -> None:
        """Read a file history to its end, in calls of its own."""
        history = self._histories[number]
        while not history.done and self._spend_hook.goes_on(number):
            failure = self._next_page(number, offset=history.offset)
            if failure is not None:
                self._fail([number], failure)
                return
        if history.stayed_empty:
            self._profile.empty_is_end.set()
        if history.gave_up:
            self._fail([number], error("pages"))
        else:
            self._result.numbers_found.append(number)
            if self._keep_found:
                self._result.found[number] = history.history()
        del self._histories[number]  # several megabytes of a long one, and many more may follow

    def _next_page(self, number: str, *, offset: int) -> PatsnapError | None:
        """Ask for one page of one number, with lower limits where a limit is refused.

        Returns:
            `None` if the page arrived, else why it could not be had.
        """
        refused: dict[int, PatsnapError] = {}
        while (limit := self._profile.limit_ladder.next_limit(refused.keys())) is not None:
            answer = self._call((number,), offset=offset, limit=limit)
            if not isinstance(answer, _Failure):
                return None
            refused[limit] = answer.error
            if answer.error.fault.then is not NextStep.LOWER_LIMIT:
                break
        return refused.popitem()[1]

    def _call(
        self,
        numbers: tuple[str, ...],
        *,
        offset: int,
        limit: int,
        already_retried: frozenset[str] = frozenset(),
        is_search: bool = False,
    ) -> ParsedAnswer | _Failure:
        """Make one call. What it brings is added to the histories before the spend hook hears of it.

        Raises:
            AccountError: every further call would fail too.
            Exception: whatever the spend hook raises.
        """
        if self._met_uncertainty.intersection(numbers):
            already_retried |= {FaultClass.UNCERTAIN}
        request = PageRequest(numbers, self._by, offset, limit, self._filters)
        call = PaidCall(
            self._operation,
            request,
            parse=lambda envelope: self._parse(request, envelope),
            spend_hook=self._spend_hook,
            already_retried=already_retried,
            is_search=is_search,
        )
        try:
            answer = call.run()
        except AccountError:
            raise
        except PatsnapError as failure:
            if failure.fault.then is NextStep.ASK_FOR_LESS:
                self._profile.ask_for_less(len(numbers), limit)
            return _Failure(failure, was_retried=not call.was_held_back)
        finally:
            if call.was_uncertain:
                self._met_uncertainty.update(numbers)
        for number in answer.histories:
            self._histories[number].note_saved()
        self._refused_in_a_row = 0
        self._profile.limit_ladder.note_accepted(limit)
        self._profile.limit_ladder.note_pages(answer.largest_page, capped_at=answer.capped_at)
        return answer

    def _parse(self, request: PageRequest, envelope: Envelope) -> ParsedAnswer:
        """Match the entries of an answer, read its pages, work out what it means, and note what it shows.

        Raises:
            DataError: the data has no known form, or belongs to another patent.
        """
        numbers = request.numbers
        matching = match_entries(envelope, numbers, self._by)
        if matching.unmatched:
            _log.warning("%d entries of an answer belong to no number that was asked", len(matching.unmatched))
        sizes = read_pages(
            numbers,
            matching,
            self._histories,
            limit=request.limit,
            retrieved=datetime.now(UTC),
            plain_origins=self._plain_origins,
            retry_empty=not self._profile.empty_is_end.is_set(),
        )
        answer = parse_answer(
            numbers, matching, sizes, self._histories, limit=request.limit, is_single=envelope.is_single
        )
        for number in answer.ambiguous:
            self._fail([number], error("mismatch"))
        if answer.shares_limit:
            self._profile.one_by_one.set()
        return answer

    def _handle_failure(self, batch: _Batch, failure: _Failure) -> None:
        """Do with a batch whose call failed what the table of faults says."""
        then = failure.error.fault.then
        if then is NextStep.LOWER_LIMIT and self._profile.limit_ladder.next_limit(batch.refused_limits) is not None:
            self._queue.append(batch)
            return
        self._refused_in_a_row += 1  # with all limits that may be the cause: a refusal of the numbers
        if then in {NextStep.LOWER_LIMIT, NextStep.SPLIT}:
            self._split(batch, was_retried=failure.was_retried)
        else:
            self._fail(batch.numbers, failure.error)

    def _split(self, batch: _Batch, *, was_retried: bool = True) -> None:
        """Halve a refused batch, so that the other numbers do not suffer for a bad one; give a single number up."""
        failure = batch.failure or error("http 400")
        if failure.fault_class is FaultClass.REFUSED and self._refused_in_a_row > _DOWN_AFTER:
            self._end_search(batch, failure)
            return
        hopeless = isinstance(failure, UnknownCodeError) and self._refused_in_a_row > _GIVE_UP_AFTER
        if len(batch.numbers) == 1 or hopeless:
            if failure.fault.then is NextStep.LOWER_LIMIT:
                self._profile.limit_ladder.note_refused()
            self._fail(batch.numbers, failure)
            return
        middle = (len(batch.numbers) + 1) // 2
        retried = {failure.fault.name} if failure.fault.retries and was_retried else frozenset[str]()
        half = replace(
            batch, refused_limits=frozenset(), already_retried=batch.already_retried | retried, is_search=True
        )
        self._queue.extend(replace(half, numbers=part) for part in (batch.numbers[:middle], batch.numbers[middle:]))

    def _end_search(self, batch: _Batch, failure: PatsnapError) -> None:
        """End a search in which everything is refused: wait for a service that is down, give up if it forbids all."""
        self._refused_in_a_row = 0
        if isinstance(failure, BusyError):
            self._operation.breaker.open()
            self._queue.appendleft(batch)
            return
        searched = [queued for queued in self._queue if queued.is_search]
        self._queue = deque(queued for queued in self._queue if not queued.is_search)
        for refused in (batch, *searched):
            self._fail(refused.numbers, failure)

    def _fail(self, numbers: Iterable[str], failure: PatsnapError) -> None:
        """Note numbers as failed."""
        for number in numbers:
            self._result.failed[number] = failure.about(self._operation.redaction.words(number))
