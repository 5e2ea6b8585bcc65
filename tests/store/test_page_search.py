"""A search finds the same pages on SQLite with FTS5, on SQLite without it, and on PostgreSQL: those that match."""

from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.histories import PaperRef
from components.page_texts import PageText, parse_query, places_in, tokens_of
from components.store import FOUND_PAGES, Store, facts, kept_texts, page_index
from components.store.continuity import WHOLE_STORE
from tests.page_texts.made import page, words
from tests.store.made import documents, history

KEY = "US14/706838"
DOCUMENTS = documents().ids()
PAGES = (
    ("Claims 1-19 are re-", "jected under 35 U.S.C. 103(a)", "as unpatent able over Murthy"),
    ("Applicant argues that cla1m 5", "is allowable over Murthy in view ofthe Notice"),
    ("拒絶理由通知書 特許", "10,765,880 is cited"),
    ("of the the of of the",),
    ("claims 14 are allowed; claims are not rejected",),
    ("prior art of record prlor art", "non-final rejection of con-", "tinued examination"),
    ("x" * 3_000, "ab" * 40),
    ("rejected the claims", "a b c d e f g h i j k claims"),
)
QUERIES = (
    *(
        "rejected",
        "claim",
        "claims",
        "murthy",
        "unpatentable",
        "notice",
        "10765880",
        "拒絶",
        "理由*",
        "拒理",
        "the",
        "of",
    ),
    *(
        '"of the"',
        '"of the of"',
        '"the the of of"',
        '"the the the"',
        '"claims 1-19 are rejected"',
        '"prior art of record"',
    ),
    *("103(a)", '"35 usc"', "rej*", '"the cla*"', "murthy -claim", "claims -rejected", 'claims -"are rejected"'),
    *('of -"of the of"', 'claims -"claims 1-19 are rejected"', "murthy OR allowed", "murthy OR 拒絶 OR zyzzyva"),
    *("claims NEAR/2 rejected", "rejected NEAR/1 claims", "claims NEAR claims", "cla* NEAR/0 claims", "of NEAR/0 of"),
    *("murthy NEAR/3 notice OR cited", '"in view of" NEAR/1 notice', "continued", "continu*", "nonfinal", "non-final"),
    *("x" * 100, "ab" * 40, "zyzzyva", "murthy zyzzyva", "the of -rejected", "k NEAR/10 j", "a NEAR/9 k", "a NEAR/8 k"),
)


@pytest.fixture(params=["fts5", "plain", "postgresql"])
def searched(request, tmp_path, monkeypatch):
    """A store of each kind that finds pages."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else f"sqlite:///{tmp_path}/d/s.db"
    if request.param == "plain":
        monkeypatch.setattr(page_index.fts5_index, "is_built_in", lambda: False)
    with closing(Store.open(url, source="sandbox")) as store:
        store.save(history())
        yield store


def keep(store: Store, pages: list[PageText], document: str = DOCUMENTS[0], sha256: str = "aa") -> None:
    """Let a document have these pages."""
    store.texts.begin(KEY, document, sha256, pages=len(pages))
    for one in pages:
        store.texts.keep(sha256, one)


def found(store: Store, typed: str, **within: object) -> list[int]:
    """Return the numbers of the pages that a query finds."""
    return [number for _, number in store.texts.search(parse_query(typed), **within).pages]


def matching(typed: str, pages: list[PageText]) -> list[int]:
    """Return the numbers of the pages that match, as those that mark the words see it."""
    query = parse_query(typed)
    return [one.page for one in pages if places_in(query, tokens_of(one.words))]


def test_every_kind_of_query_finds_the_pages_on_which_it_stands(searched):
    """Words, phrases, beginnings, near, without, either; slips of engines; scripts without blanks; long words."""
    pages = [page(number, *lines) for number, lines in enumerate(PAGES, start=1)]
    keep(searched, pages)
    assert {typed: found(searched, typed) for typed in QUERIES} == {typed: matching(typed, pages) for typed in QUERIES}
    assert found(searched, "rejected") == [1, 5, 8]
    assert found(searched, '"the of of"') == [4]
    assert found(searched, "a NEAR/8 k") == []


TERMS = st.sampled_from(
    ["ab", "abcde", "fghil", "fghll", "ab cde", "the", "of", "10", "9", "拒", "拒絶", "ex-", "amine"]
)
LINES = st.lists(st.lists(TERMS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=3)
PHRASES = st.lists(TERMS, min_size=1, max_size=4).map(lambda parts: f'"{" ".join(parts)}"')
STARS = st.sampled_from(["abc*", "fgh*", "拒*", '"of th*"', '"the abc*"'])
ONE = st.one_of(TERMS, PHRASES, STARS)
PARTS = st.one_of(
    ONE,
    st.tuples(ONE, st.integers(0, 4), ONE).map(
        lambda near: f"{near[0]} NEAR/{near[1]} {near[2]}".replace("ab cde", "ab")
    ),
    st.tuples(ONE, ONE).map(" OR ".join),
)
TYPED = st.tuples(st.lists(PARTS, min_size=1, max_size=2), st.lists(PHRASES.map("-{}".format), max_size=1)).map(
    lambda parts: " ".join([*parts[0], *parts[1]])
)


@pytest.mark.hypothesis
def test_whatever_stands_on_pages_is_found_as_it_is_marked(searched):
    """Any pages, any queries: what is found is what places on the page are marked in."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(LINES, min_size=1, max_size=4), st.lists(TYPED, min_size=6, max_size=6))
    def agree(lines_of_pages: list[list[str]], queries: list[str]) -> None:
        pages = [page(number, *lines) for number, lines in enumerate(lines_of_pages, start=1)]
        keep(searched, [*pages, *(page(number) for number in range(len(pages) + 1, 5))])
        assert {typed: found(searched, typed) for typed in queries} == {
            typed: matching(typed, pages) for typed in queries
        }

    agree()


def test_only_the_papers_asked_for_are_searched(searched):
    """Of thousands of references the few that are read count; none finds nothing."""
    for index, document in enumerate(DOCUMENTS[:3]):
        keep(searched, [page(1, "Murthy"), page(2, "other")], document, f"sha{index}")
    wanted = {PaperRef(KEY, DOCUMENTS[0]), PaperRef(KEY, DOCUMENTS[2])}
    many = wanted | {PaperRef(f"US{index}", "d'\"\ud800") for index in range(2_500)}
    hits = tuple((PaperRef(KEY, DOCUMENTS[index]), 1) for index in (0, 2))
    assert searched.texts.search(parse_query("murthy"), papers=wanted).pages == hits
    assert searched.texts.search(parse_query("murthy"), papers=many).pages == hits
    assert found(searched, "murthy", papers=[]) == []
    assert found(searched, "murthy") == [1, 1, 1]


def test_more_pages_than_are_found_are_told(searched, monkeypatch):
    """So many, and that there are more."""
    keep(searched, [page(number, "Murthy") for number in range(1, 5)])
    monkeypatch.setattr(kept_texts, "FOUND_PAGES", 3)
    result = searched.texts.search(parse_query("murthy"))
    assert ([number for _, number in result.pages], result.at_least) == ([1, 2, 3], True)
    monkeypatch.setattr(kept_texts, "FOUND_PAGES", 4)
    assert not searched.texts.search(parse_query("murthy")).at_least
    assert FOUND_PAGES > 1_000


def test_a_page_of_twenty_thousand_words_is_found_by_its_last(searched):
    """No position is too far, and no word stands there too often."""
    many = " ".join(f"{chr(97 + number % 26)}word{number} the" for number in range(10_000))
    keep(searched, [PageText(1, "read", "e", "eng", words(many, "the very last"))])
    assert found(searched, '"the very last"') == found(searched, '"the the very"') == [1]
    assert found(searched, "jword9993 NEAR/1 kword9994") == [1]
    assert found(searched, '"last the"') == []


def test_a_page_with_more_than_the_index_can_hold_is_found_all_the_same(searched):
    """Twenty thousand words of sixty-four characters, none of them twice."""
    pages = [PageText(1, "read", "e", "eng", words(" ".join(f"{number:0>64}é" for number in range(20_000)), "the end"))]
    keep(searched, [*pages, page(2, "the end of it")])
    assert found(searched, '"the end"') == [1, 2]
    assert found(searched, "end -it") == [1]
    assert found(searched, "end -the") == []


def test_a_store_that_cannot_be_written_is_searched(tmp_path):
    """Also if its index is still to be made."""
    url = f"sqlite:///{tmp_path}/d/s.db"
    with closing(Store.open(url, source="sandbox")) as store:
        store.save(history())
        keep(store, [page(1, "Murthy")])
        with store._write() as tx:
            facts.put(tx.within(WHOLE_STORE), "page index", "behind")
        with closing(Store.open(url, source="sandbox")) as other, store._write():
            assert found(other, "murthy") == [1]
            assert found(other, "zyzzyva") == []
        assert found(store, "murthy") == [1]
        with store._read() as tx:
            assert not page_index.is_behind(tx)
