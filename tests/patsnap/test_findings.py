"""What was odd in an answer is said at each history of it: once, in plain words, and in the right number."""

import json
from typing import Any

import pytest

from components.histories import FileHistory
from components.patsnap import DataError
from components.patsnap.doubled_keys import join_doubled_keys, joined_documents
from components.patsnap.findings import DAMAGED_LETTERS, NO_DOCUMENT, UNREADABLE
from components.patsnap.json_body import read_json
from tests.patsnap.service import DATA, Contract, Reply, document, entry, envelope, real_histories, scripted
from tests.patsnap.watched_client import WatchedClient, watched_client

NUMBER, OTHER = "US11205304B2", "US10000000B2"


def answered(*bodies: Any, numbers: tuple[str, ...] = (NUMBER,), **settings: Any) -> WatchedClient:
    """Fetch numbers from a service that answers with one body after the other."""
    replies = [Reply(body if isinstance(body, bytes) else envelope(body)) for body in bodies]
    with watched_client(scripted(*replies), **settings) as watched:
        return watched.fetch(*numbers)


def history_of(*bodies: Any, **settings: Any) -> FileHistory:
    """Fetch one history."""
    return answered(*bodies, **settings).answer.found[NUMBER]


def test_a_usual_history_has_no_findings() -> None:
    """Of 53 real ones, those where every document has date, code, title and pages are silent; the others say what."""
    known = {**real_histories(), **real_histories(DATA / "register")}
    assert len(known) == 53
    fields = {"date": "a date", "doc_code": "a code", "description": "a title", "page_number": "a number of pages"}
    silent = 0
    with watched_client(Contract(known), patsnap_limit=1000) as watched:
        watched.fetch(*known)
        for number, whole in known.items():
            lacking = [
                f"{count} document{'s' * (count > 1)} without {words}"
                for name, words in fields.items()
                if (count := sum(paper[name] in (None, "") for paper in whole["doc_detail"]))
            ]
            zero = sum(paper["page_number"] == 0 for paper in whole["doc_detail"])
            if zero:
                lacking.append(f"{zero} document{'s' * (zero > 1)} said to have 0 pages")
            assert list(watched.answer.found[number].findings) == lacking
            silent += not lacking
    assert silent == 39


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ({"doc_code": None}, ["1 document without a code"]),
        ({"doc_code": "  "}, ["1 document without a code"]),
        (
            {"doc_code": ["CTNF"]},
            ["1 document without a code", "1 document code could not be read and is shown as missing"],
        ),
        ({"description": ""}, ["1 document without a title"]),
        (
            {"description": {"en": "Claims"}},
            ["1 document without a title", "1 title could not be read and is shown as missing"],
        ),
        ({"page_number": None}, ["1 document without a number of pages"]),
        ({"page_number": 0}, ["1 document said to have 0 pages"]),
        (
            {"page_number": 10**9},
            ["1 document without a number of pages", "1 number of pages could not be read and is shown as missing"],
        ),
        ({"date": "soon"}, ["1 document without a date", "1 date could not be read and is shown as missing"]),
        ({"date": " 20180831 ", "page_number": "17", "doc_code": 892}, []),
    ],
    ids=repr,
)
def test_each_kind_of_value_is_counted_apart(odd: dict[str, Any], expected: list[str]) -> None:
    """A value that is converted is not told."""
    assert list(history_of(entry(NUMBER, [document(1), document(2, **odd)])).findings) == expected


def test_findings_of_several_pages_are_added_up() -> None:
    """Each stands once, with the count of all pages."""
    first = [document(number, page_number="?" if number < 2 else 17) for number in range(10)]
    last = [document(number, page_number="?") for number in range(10, 13)]
    history = history_of(entry(NUMBER, first, count=13), entry(NUMBER, last, count=13))
    assert history.findings == (
        "5 documents without a number of pages",
        "5 numbers of pages could not be read and are shown as missing",
    )


def test_findings_of_a_history_that_is_read_on_are_added_up() -> None:
    """What was counted before counts still, and what is counted anew is not said twice."""
    first = [document(number, date="soon" if number < 2 else 20180831) for number in range(10)]
    last = [document(number, date="soon") for number in range(10, 13)]
    begun = Reply(envelope(entry(NUMBER, first, count=13)))
    rest = Reply(envelope(entry(NUMBER, last, count=13)))
    with watched_client(scripted(begun, Reply(status=400), rest)) as watched:
        watched.fetch(NUMBER)
        kept = watched.spend_log.settled[0][1].histories[NUMBER]
        watched.fetch(NUMBER, unfinished={NUMBER: kept})
        assert watched.answer.found[NUMBER].findings == (
            "5 documents without a date",
            "5 dates could not be read and are shown as missing",
        )


@pytest.mark.parametrize("count", [1, 2, 1050])
def test_a_counted_finding_is_read_back(count: int) -> None:
    """Singular, plural and separators of thousands."""
    for kind in (*UNREADABLE.values(), NO_DOCUMENT):
        assert kind.count_in(kind.words(count)) == count
    assert UNREADABLE["date"].count_in(NO_DOCUMENT.words(count)) == 0
    assert UNREADABLE["date"].count_in("The list changed") == 0


@pytest.mark.parametrize("name", ["apno", "patent_number", "patent_id"])
def test_a_name_that_differs_between_pages_is_told(name: str) -> None:
    """The first is kept; another way of writing it is no other name."""
    pages = [[document(number) for number in range(10)], [document(10)]]
    by = "patent_id" if name != "patent_id" else "patent_number"
    asked = {"patent_id": f"id-{NUMBER}", "patent_number": NUMBER}[by]
    for second, told in (("US14/1-x", True), (None, False)):
        bodies = [entry(NUMBER, pages[0], count=11), entry(NUMBER, pages[1], count=11)]
        bodies[1][name] = second or bodies[0][name].lower().replace("/", " ")
        with watched_client(scripted(*(Reply(envelope(body)) for body in bodies))) as watched:
            history = watched.fetch(asked, by=by).answer.found[asked]
            assert getattr(history, name) == bodies[0][name]
            assert any("different" in words for words in history.findings) == told


def test_damaged_letters_are_told_at_each_history_of_the_answer() -> None:
    """Nobody can say which of them was meant."""
    body = json.dumps(envelope([entry(NUMBER, [document(1)]), entry(OTHER, [document(2)])])).encode()
    found = answered(body.replace(b"Document 1", b"Docum\xffnt 1"), numbers=(NUMBER, OTHER)).answer.found
    assert [history.findings for history in found.values()] == [(DAMAGED_LETTERS,)] * 2
    assert found[NUMBER].documents.description == ("Docum\N{REPLACEMENT CHARACTER}nt 1",)


def test_a_guessed_charset_is_told_and_a_declared_one_is_not() -> None:
    """What was declared was not guessed."""
    body = '{"a": "拒绝理由通知书"}'.encode("gb18030")
    assert read_json(body, "GBK").findings == ()
    assert read_json(body, "utf-8").value == read_json(body, "GBK").value == {"a": "拒绝理由通知书"}
    assert "read as GB 18030" in read_json(body, "utf-8").findings[0]


@pytest.mark.parametrize(
    "values",
    ["[ENTRY], null", "null, [ENTRY]", "[], [ENTRY]", "[ENTRY], []", "ENTRY, {}", '"x", [ENTRY]', "[ENTRY], [ENTRY]"],
)
@pytest.mark.parametrize("colon", [":", " : ", "\n:\n"], ids=repr)
def test_data_given_twice_is_not_lost(values: str, colon: str) -> None:
    """The value that holds entries is taken, whichever stands last, and it is said."""
    one = json.dumps(entry(NUMBER, [document(1)]))
    first, last = (value.replace("ENTRY", one) for value in values.split(", "))
    body = f'{{"status"{colon}true, "error_code"{colon}0, "data"{colon}{first}, "data"{colon}{last}}}'.encode()
    history = history_of(body)
    assert history.documents_held == 1
    assert "The answer gave data more than once; what says more was taken" in history.findings


def test_both_halves_of_data_given_twice_are_kept() -> None:
    """Each half answers one of the numbers."""
    halves = [json.dumps([entry(number, [document(1)])]) for number in (NUMBER, OTHER)]
    body = f'{{"status": true, "error_code": 0, "data": {halves[0]}, "data": {halves[1]}}}'.encode()
    assert set(answered(body, numbers=(NUMBER, OTHER)).answer.found) == {NUMBER, OTHER}


def test_a_quote_before_a_colon_within_a_text_is_no_key() -> None:
    """Only keys are counted, nested ones too; nothing is read a second time for it."""
    parsed = {
        "status": True,
        "more": {"a": [{"b": 1}]},
        "data": [entry(NUMBER, [document(1, description='a ":" b":')])],
    }
    joined = join_doubled_keys(json.dumps(parsed).encode(), parsed)
    assert joined.value is parsed
    assert joined.doubled == ()


def test_twins_of_one_list_stay_and_repeats_of_two_lists_go() -> None:
    """A document stands as often as in the list that has most of it, however its link is signed."""
    paper, other = document(1), document(2)
    again = {**paper, "path": paper["path"].replace("canary", "anew")}
    assert joined_documents([[paper], [again, again, other]]) == [paper, again, other]
    assert joined_documents([[paper, paper], [again]]) == [paper, paper]
    assert joined_documents([[None, 17], [None]]) == [None, 17]


@pytest.mark.parametrize("listed", [None, "text", 17, True], ids=repr)
def test_a_history_without_its_list_is_not_complete(listed: object) -> None:
    """The service counts documents and sends no list of them."""
    history = history_of({**entry(NUMBER, count=98), "doc_detail": listed})
    assert not history.complete
    assert any("list of documents" in words for words in history.findings)


def test_a_list_that_comes_at_the_second_asking_is_complete() -> None:
    """An empty page is asked for once more, as in the middle of a list."""
    history = history_of({**entry(NUMBER, count=2), "doc_detail": None}, entry(NUMBER, [document(1), document(2)]))
    assert history.complete
    assert history.documents_held == 2


def test_counts_that_do_not_match_are_told() -> None:
    """Those of all documents, and those of the page."""
    documents = [document(1), document(2)]
    assert history_of(entry(NUMBER, documents, count=1)).findings == ("The service told of 1 document; 2 arrived",)
    assert history_of(entry(NUMBER, documents, doc_detail_count=3)).findings == (
        "The service says that it listed 3 on a page that holds 2",
    )
    assert history_of(entry(NUMBER, documents, doc_detail_count=None)).findings == (
        "The service did not say how many documents it listed",
    )


ODD = {
    "a member that is no object": [entry(OTHER, [document(1)]), None],
    "a list within the list": [entry(OTHER, [document(1)]), [entry(NUMBER, [document(1)])]],
    "a stranger": [entry(OTHER, [document(1)]), entry("EP1234567B1", [document(1)])],
    "a damaged body": json.dumps(envelope([entry(OTHER, [document(1)])])).encode().replace(b"Document", b"Doc\xffment"),
    "data twice": (
        b'{"status": true, "error_code": 0, "data": '
        + json.dumps([entry(OTHER, [document(1)])]).encode()
        + b', "data": []}'
    ),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_number_that_an_odd_answer_lacks_is_uncertain(odd: Any) -> None:
    """It is neither unknown nor asked for again; the other one is found, and says what was odd."""
    watched = answered(odd, numbers=(NUMBER, OTHER))
    assert watched.attempts == 1
    assert watched.answer.missing == ()
    assert type(watched.answer.failed[NUMBER]) is DataError
    assert "may have been charged" in str(watched.answer.failed[NUMBER])
    assert watched.answer.found[OTHER].findings
    assert watched.spend_log.states == ["uncertain"]
    assert watched.spend_log.charged == {OTHER: 1}


@pytest.mark.parametrize(
    "body",
    [b'{"status": true, "error_code": 0, "data": null, "data": []}', json.dumps(envelope({})).encode()],
    ids=["data twice", "an empty object"],
)
def test_a_single_number_that_an_odd_answer_lacks_is_uncertain(body: bytes) -> None:
    """The answer does not clearly say that the service does not know it."""
    watched = answered(body)
    assert type(watched.answer.failed[NUMBER]) is DataError
    assert watched.spend_log.states == ["uncertain"]


def test_an_odd_second_page_ends_the_reading_and_keeps_the_first() -> None:
    """It may have been charged, so it is not asked for again by itself."""
    first = entry(NUMBER, [document(number) for number in range(10)], count=20)
    watched = answered(first, b'{"status": true, "error_code": 0, "data": null, "data": []}')
    assert watched.spend_log.states == ["billed", "uncertain"]
    assert "may have been charged" in str(watched.answer.failed[NUMBER])
    assert watched.spend_log.settled[0][1].histories[NUMBER].documents_held == 10


@pytest.mark.parametrize(
    "odd", [{"doc_count": "many"}, {"doc_detail": "x"}, {"apno": {}}, {"patent_id": "id-1"}], ids=repr
)
def test_an_entry_is_blank_only_if_it_clearly_says_nothing(odd: dict[str, Any]) -> None:
    """Else the number counts as returned, and so as charged."""
    blank = entry(NUMBER, apno=None, patent_id=None)
    assert answered(blank).answer.missing == (NUMBER,)
    watched = answered({**blank, **odd})
    assert watched.answer.missing == ()
    assert watched.spend_log.charged[NUMBER] >= 1
    assert watched.answer.found[NUMBER].findings
