"""Answers about real file histories with one thing changed: nothing is lost, invented, or changed without a word.

What an answer should give is told by the contract (`p048.md`), not by the code that reads it. `MUTATIONS=2000` in the
environment tries so many; `MUTATION_SEED` chooses others.
"""

import copy
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from components.histories import FileHistory
from components.patsnap import Client, FetchResult, InProcessLimits, PatsnapError
from components.settings import Settings
from tests.patsnap.service import DATA, Asked, Reply, Server, entry, envelope, real_histories
from tests.patsnap.watched_client import CREDENTIALS, SpendLog

TRIED = int(os.environ.get("MUTATIONS", "200"))
SEED = int(os.environ.get("MUTATION_SEED", "1"))

Row = tuple[Any, str, str, Any]


class Pairs(list[tuple[str, Any]]):
    """An object that may give a key twice."""


def as_json(value: Any) -> str:
    """Write JSON in which a `Pairs` may give a key twice."""
    if isinstance(value, Pairs):
        return "{" + ", ".join(f"{json.dumps(name)}: {as_json(inner)}" for name, inner in value) + "}"
    if isinstance(value, dict):
        return as_json(Pairs(value.items()))
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@dataclass
class Case:
    """What was asked, and the answer before and after it was changed."""

    numbers: list[str]
    truth: dict[str, dict[str, Any]]
    """The whole entries, as the service has them."""
    entries: list[Any]
    """The answer's entries, which a mutation changes."""
    random: random.Random
    data: Any = None
    """What stands under `data`; the entries if it is left out."""
    body: bytes | None = None
    touched: int = 1
    """How many documents may come out otherwise than they are."""
    lost: int = 0
    """How many documents are not in the answer any more."""
    added: int = 0
    must_say: bool = False
    """Whether something is odd in the answer even if all documents come out as they are."""
    about: str = ""

    def entry(self) -> Any:
        """Choose an entry."""
        return self.random.choice(self.entries)

    def encoded(self) -> bytes:
        """Return the body as it goes out."""
        if self.body is not None:
            return self.body
        return as_json(envelope(self.entries if self.data is None else self.data)).encode()


NOTHING = [None, "", "  ", [], {}]
WRONG = [[17], {"a": 1}, True, False, 17.5, -3, 1e300, [None], ["x"]]


def without_usable(case: Case, holder: dict[str, Any], name: str, *more: Any) -> None:
    """Take a value away, or put one there that cannot be used."""
    if case.random.random() < 0.3:
        del holder[name]
        case.about += f" {name} left out"
        return
    holder[name] = case.random.choice([*NOTHING, *WRONG, *more])
    case.about += f" {name} = {holder[name]!r}"


def document_value(case: Case) -> None:
    """A value of one document."""
    name = case.random.choice(["date", "doc_code", "description", "page_number", "path"])
    more: list[Any] = {
        "date": [0, 99999999, 20180231, 1535673600000, "soon", 17],
        "page_number": [2**40, 10**9, "many", 0],
        "description": [17, 2**40],
        "path": ["http://x/a.pdf", "relative.pdf", "https://"],
    }.get(name, [])
    without_usable(case, case.random.choice(case.entry()["doc_detail"]), name, *more)


def no_document(case: Case) -> None:
    """A member of the list that is no document."""
    documents = case.entry()["doc_detail"]
    documents[case.random.randrange(len(documents))] = case.random.choice([None, "x", 17, [], True, {}])


def fewer_documents(case: Case) -> None:
    """A document that is counted and not listed."""
    documents = case.entry()["doc_detail"]
    del documents[case.random.randrange(len(documents))]
    case.lost, case.must_say = 1, True


def more_documents(case: Case) -> None:
    """A document that is listed and not counted."""
    documents = case.entry()["doc_detail"]
    documents.append(copy.deepcopy(case.random.choice(documents)))
    case.added, case.must_say = 1, True


def wrong_count(case: Case) -> None:
    """A count that is missing, wrong or of the wrong type."""
    one = case.entry()
    name = case.random.choice(["doc_count", "doc_detail_count"])
    without_usable(case, one, name, "many", 10**12, one[name] - 1, one[name] + 3, one[name] // 2, 1)
    case.must_say = True


def no_list(case: Case) -> None:
    """A list of documents that is none."""
    one = case.entry()
    case.lost = len(one["doc_detail"])
    case.must_say = True
    choice = case.random.choice([None, "", "x", 17, True, [], {}, "left out"])
    one["doc_detail"] = choice
    if choice == "left out":
        del one["doc_detail"]
    case.touched = case.added = 1 if choice == {} else 0


def name_value(case: Case) -> None:
    """A name that is missing or of the wrong type."""
    without_usable(case, case.entry(), case.random.choice(["apno", "patent_number", "patent_id"]), 17)
    case.must_say, case.touched = True, 0


def no_entry(case: Case) -> None:
    """An entry that is no object, or one more of that kind."""
    odd = case.random.choice([None, "x", 17, [], True])
    at = case.random.randrange(len(case.entries))
    case.must_say, case.touched = True, 0
    if case.random.random() < 0.5:
        case.lost = len(case.entries[at]["doc_detail"])
        case.entries[at] = odd
    else:
        case.entries.insert(at, odd)


def stranger(case: Case) -> None:
    """An entry for another patent, in the place of one that was asked for or beside it."""
    other = entry("EP1234567B1", [{"date": 20200101, "doc_code": "X", "description": "Other", "page_number": 1}])
    case.must_say, case.touched = True, 0
    if case.random.random() < 0.5:
        case.lost = len(case.entries[0]["doc_detail"])
        case.entries[0] = other
    else:
        case.entries.append(other)


def entry_twice(case: Case) -> None:
    """Two entries for one number: alike, overlapping, or with another name."""
    one = case.entry()
    again = copy.deepcopy(one)
    documents = one["doc_detail"]
    kind = case.random.choice(["alike", "halves", "overlapping", "apno", "blank", "signed anew"])
    case.about += f" {kind}"
    middle = len(documents) // 2
    if kind == "halves":
        one["doc_detail"], again["doc_detail"] = documents[:middle], documents[middle:]
    elif kind == "overlapping":
        one["doc_detail"], again["doc_detail"] = documents[: middle + 3], documents[middle - 3 :]
    elif kind == "apno":
        again["apno"] = "US16/999999"
    elif kind == "blank":
        again |= {"apno": None, "patent_id": None, "doc_count": 0, "doc_detail_count": 0, "doc_detail": []}
    elif kind == "signed anew":
        for document in again["doc_detail"]:
            document["path"] = document["path"].replace("sign=", "sign=anew")
    case.entries.insert(case.random.randrange(len(case.entries) + 1), again)
    case.must_say, case.touched = True, 0


def key_twice(case: Case) -> None:
    """A key that is given twice, in the envelope, in an entry or in a document."""
    case.must_say, case.touched = True, 0
    where = case.random.choice(["data", "entry", "document"])
    odd = case.random.choice([None, "", [], {}, 0, "x"])
    first = case.random.random() < 0.5
    case.about += f" {where} {odd!r} {'first' if first else 'last'}"
    if where == "data":
        split = case.random.random() < 0.3 and len(case.entries) > 1
        values = [case.entries[:1], case.entries[1:]] if split else [odd, case.entries]
        pairs = [("data", value) for value in (values if first else values[::-1])]
        answer = Pairs([("status", True), ("error_code", 0), *pairs])
        case.body = as_json(answer).encode()
        return
    at = case.random.randrange(len(case.entries))
    holder: Any = case.entries[at]
    row = case.random.randrange(len(holder["doc_detail"]))
    if where == "document":
        holder = holder["doc_detail"][row]
        case.touched = 1
    name = case.random.choice(list(holder))
    pairs = list(holder.items())
    pairs.insert(0 if first else len(pairs), (name, odd))
    if where == "document":
        case.entries[at]["doc_detail"][row] = Pairs(pairs)
    else:
        case.entries[at] = Pairs(pairs)
        case.touched = case.added = 1 if (name, odd) == ("doc_detail", {}) else 0


def damaged_text(case: Case) -> None:
    """A letter of a title or code that is damaged."""
    mark = "\N{BLACK STAR}\N{BLACK STAR}"
    document = case.random.choice(case.entry()["doc_detail"])
    name = case.random.choice(["description", "doc_code"])
    at = case.random.randrange(len(document[name]) + 1)
    document[name] = document[name][:at] + mark + document[name][at:]
    damage = case.random.choice(
        [b"\xff", b"\xe6", b"\xc3", b"\xe6\x8b", b"\x80", b"\xed\xa0\x80", b"\x01", b"\x0b", b"\\ud800", b"\\udfff",
         b"\\u0000", b"\\u0007", b"\xef\xbf\xbd", b"\\ufffd"]
    )  # fmt: skip
    case.about += f" {damage!r} in {name}"
    case.body = case.encoded().replace(mark.encode(), damage)
    case.must_say = True


def damaged_byte(case: Case) -> None:
    """A byte anywhere that is no UTF-8 any more."""
    body = bytearray(case.encoded())
    at = case.random.randrange(len(body))
    body[at] = case.random.randrange(0x80, 0x100)
    case.about += f" {bytes(body[max(0, at - 20) : at + 20])!r}"
    case.body, case.must_say = bytes(body), True


def cut(case: Case) -> None:
    """The end of the body is missing."""
    body = case.encoded()
    case.body = body[: case.random.randrange(1, len(body))]
    case.lost, case.must_say = sum(len(one["doc_detail"]) for one in case.entries), True


def no_number(case: Case) -> None:
    """NaN or infinity for a number."""
    holder = case.entry()
    name = case.random.choice(["doc_count", "doc_detail_count", "date", "page_number"])
    if name in {"date", "page_number"}:
        holder = case.random.choice(holder["doc_detail"])
    holder[name] = float(case.random.choice(["nan", "inf", "-inf"]))
    case.about += f" {name}"
    case.must_say = True


MUTATIONS: list[Callable[[Case], None]] = [
    document_value, document_value, document_value, no_document, fewer_documents, more_documents, wrong_count, no_list,
    name_value, no_entry, stranger, entry_twice, key_twice, key_twice, damaged_text, damaged_byte, cut, no_number,
]  # fmt: skip


@cache
def known_histories() -> dict[str, dict[str, Any]]:
    """Read all real file histories: those of the index and those of the register."""
    return {**real_histories(), **real_histories(DATA / "register")}


@dataclass
class Service:
    """Answers with a body where the changed page begins, and all other pages as the contract says."""

    body: bytes = b""
    truth: dict[str, dict[str, Any]] = field(default_factory=dict)
    offset: int = 0
    """Where the changed page begins."""

    def __call__(self, asked: Asked) -> Reply:
        """Answer one call."""
        offset = asked.body["offset"]
        if offset == self.offset:
            return Reply(self.body)
        return Reply(envelope([page_of(self.truth[asked.numbers[0]], offset, asked.body["limit"])]))


def page_of(whole: dict[str, Any], offset: int, limit: int) -> dict[str, Any]:
    """Return one page of a patent's entry."""
    rest = copy.deepcopy(whole["doc_detail"][offset : offset + limit])
    return {**whole, "doc_detail_count": len(rest), "doc_detail": rest}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Service, Server]]:
    """Serve on a real socket."""
    service = Service()
    with Server(service).running() as server:
        yield service, server


def fetched(server: Server, numbers: list[str], *, limit: int = 1000) -> tuple[FetchResult | PatsnapError, SpendLog]:
    """Fetch with a client of its own, which no earlier failure has made careful."""
    settings = Settings(
        patsnap_base_url=server.base, patsnap_limit=limit, patsnap_deadline=5.0, **CREDENTIALS["api key"]
    )
    client = Client.from_settings(settings, limits=InProcessLimits(), wait_scale=0.001)
    spend_log = SpendLog()
    try:
        return client.fetch(numbers, spend_hook=spend_log), spend_log
    except PatsnapError as raised:
        return raised, spend_log
    finally:
        client.close()


def rows_of(documents: list[dict[str, Any]]) -> Counter[Row]:
    """Count documents as they should be seen; blanks around a text are not."""
    return Counter(
        (document["date"], document["doc_code"].strip(), document["description"].strip(), document["page_number"])
        for document in documents
    )


def rows_in(history: FileHistory) -> Counter[Row]:
    """Count documents as they are seen."""
    held = history.documents
    codes, titles = map(str.strip, held.code), map(str.strip, held.description)
    return Counter(zip(held.date, codes, titles, held.pages, strict=True))


def complaint(case: Case, clean: dict[str, FileHistory], answer: FetchResult | PatsnapError, log: SpendLog) -> str:
    """Return what is wrong with an outcome; empty if nothing is."""
    if isinstance(answer, PatsnapError):
        return "" if "may have been charged" in str(answer) else f"an error that says nothing of money: {answer}"
    if sorted([*answer.found, *answer.missing, *answer.failed]) != sorted(case.numbers):
        return "a number is not accounted for"
    if answer.missing:
        return f"called unknown, and so free: {answer.missing}"
    doubtful = {number for call, outcome in log.settled if outcome.state == "uncertain" for number in call.numbers}
    for number, failure in answer.failed.items():
        if "may have been charged" not in str(failure) or number not in doubtful:
            return f"{number} is said to be free: {failure}"
    return complaint_of_content(case, clean, answer)


def complaint_of_content(case: Case, clean: dict[str, FileHistory], answer: FetchResult) -> str:
    """Return what is wrong with the histories that were found; empty if nothing is."""
    lost: Counter[Row] = Counter()
    invented: Counter[Row] = Counter()
    changed = False
    for number, history in answer.found.items():
        before = clean[number]
        want, have = rows_of(case.truth[number]["doc_detail"]), rows_in(history)
        lost += want - have
        invented += have - want
        changed |= outside(history) != outside(before)
    if lost.total() > case.touched + case.lost or invented.total() > case.touched + case.added:
        return f"{lost.total()} documents lost, {invented.total()} invented"
    said = bool(answer.failed) or any(
        set(history.findings) - set(clean[number].findings) for number, history in answer.found.items()
    )
    return "" if said or not (changed or lost or invented or case.must_say) else "silent"


def outside(history: FileHistory) -> tuple[Any, ...]:
    """Return what is seen of a history besides its documents."""
    linked = [link is not None for link in history.links]
    return history.apno, history.patent_number, history.patent_id, history.documents_reported, linked


@pytest.fixture(scope="module")
def clean(served: tuple[Service, Server]) -> dict[str, FileHistory]:
    """Fetch all real histories as they are."""
    service, server = served
    known = known_histories()
    found: dict[str, FileHistory] = {}
    for number, whole in known.items():
        service.body, service.truth, service.offset = as_json(envelope([whole])).encode(), known, 0
        answer, _ = fetched(server, [number])
        assert isinstance(answer, FetchResult)
        found[number] = answer.found[number]
        assert rows_in(found[number]) == rows_of(whole["doc_detail"])
    return found


def test_a_changed_answer_is_never_silent(served: tuple[Service, Server], clean: dict[str, FileHistory]) -> None:
    """Whatever is changed in an answer: no document lost or invented, and a finding or an error."""
    service, server = served
    known = known_histories()
    service.truth, service.offset = known, 0
    chance = random.Random(SEED)  # noqa: S311 - no secret is made of it
    wrong: list[str] = []
    for turn in range(TRIED):
        numbers = chance.sample(list(known), chance.choice([1, 1, 2, 3]))
        case = Case(numbers, known, [copy.deepcopy(known[number]) for number in numbers], chance)
        mutate = MUTATIONS[turn % len(MUTATIONS)]
        mutate(case)
        service.body = case.encoded()
        if words := complaint(case, clean, *fetched(server, numbers)):
            wrong.append(f"{turn} {mutate.__name__}{case.about} ({len(numbers)} numbers): {words}")
    assert not wrong, f"{len(wrong)} of {TRIED}:\n" + "\n".join(wrong[:60])


def test_a_changed_page_is_never_silent(served: tuple[Service, Server], clean: dict[str, FileHistory]) -> None:
    """The same, where a history is read in pages of 10 and one of them is changed."""
    service, server = served
    known = known_histories()
    service.truth = known
    chance = random.Random(SEED)  # noqa: S311 - no secret is made of it
    wrong: list[str] = []
    for turn in range(TRIED // 4):
        number = chance.choice(list(known))
        whole = known[number]
        service.offset = chance.randrange(0, len(whole["doc_detail"]), 10)
        case = Case([number], known, [page_of(whole, service.offset, 10)], chance)
        mutate = MUTATIONS[turn % len(MUTATIONS)]
        mutate(case)
        # Where a page cannot be had, those after it cannot either.
        case.lost = len(whole["doc_detail"]) - service.offset if case.lost > 1 else case.lost
        service.body = case.encoded()
        if words := complaint(case, clean, *fetched(server, [number], limit=10)):
            wrong.append(f"{turn} {mutate.__name__}{case.about} (page at {service.offset}): {words}")
    assert not wrong, f"{len(wrong)} of {TRIED // 4}:\n" + "\n".join(wrong[:60])
