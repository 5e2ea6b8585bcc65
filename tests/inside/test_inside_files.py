"""What read papers say, by file: read once by the rules, kept in the store, and never silent about what is not read."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from components.content.records import Claim, ClaimSet, Ground, PaperContent, Quote, ReplyPeriod
from components.histories import PaperRef, SetPeriod
from components.history_tables import HistoryTables
from components.inside import InsideFiles, paper_contents
from components.inside.paper_contents import LATER
from components.page_texts import Box, PageText
from components.store import ContentOf, Store
from tests.inside.papers import CLM, CTFR, CTNF, KEY, A, failed, history, read
from tests.waiting import until

QUOTE = Quote("Claims 1-3 are rejected under 35 U.S.C. 103", 1, (Box(0.1, 0.2, 0.5, 0.25),), 91)
GROUND = Ground("ground 103 1-3", "103", (1, 2, 3), QUOTE)


class Rules:
    """Rules that find what the words of a paper tell them to, and count how often they read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, pages: Sequence[PageText], *, kind: str, code: str) -> PaperContent:
        """Return a ground where the pages reject, a period where they set one, and always a set of claims."""
        self.read.append(code)
        self.gate.wait(30)
        said = " ".join(line for page in pages for line in page.lines)
        if "odd" in said:
            raise ZeroDivisionError
        months = next((int(word) for word in said.split() if word.isdigit()), None)
        period = ReplyPeriod("reply period", months, None, Quote(f"{months} MONTHS", 1, (), 95), 95)
        claims = ClaimSet((Claim("claim 1", 1, "original", said, QUOTE),), "1.121")
        grounds = (GROUND,) if "rejected" in said else ()
        return PaperContent(
            kind,  # type: ignore[arg-type]
            grounds=grounds, reply_period=period if months else None, claims=claims,
        )  # fmt: skip


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """The rules in place of those that read real papers."""
    made = Rules()
    monkeypatch.setattr(paper_contents, "read_content", made)
    kinds = {"CTNF": "action", "CTFR": "action", "CLM": "claims"}
    monkeypatch.setattr(paper_contents, "kind_of", lambda code, _: kinds.get(code, ""))
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds one file."""
    with Store.open(f"sqlite:///{tmp_path / 'data' / 'store.db'}", source="sandbox") as opened:
        opened.save(history())
        yield opened


@pytest.fixture
def inside(store: Store, rules: Rules) -> Callable[[], InsideFiles]:  # noqa: ARG001 - they are in place
    """Begin anew, with nothing in memory, as often as wanted."""
    return lambda: InsideFiles(store, HistoryTables(store))


def test_papers_stand_in_reading_order_with_their_place_in_the_file(store, inside):
    """Day, code, name, round and place come from the list; papers of which no page is read are not among them."""
    read(store, CTFR, ["Claims 1-3 are rejected"] * 3)
    read(store, CLM, ["What is claimed is"])
    read(store, CTNF, [None, None])
    papers = inside().of(store.headlines())
    assert [(paper.paper, paper.code, paper.name, paper.round, paper.place) for paper in papers] == [
        (CLM, "CLM", "Claims", None, 1),
        (CTFR, "CTFR", "Final rejection", 2, 4),
    ]
    assert [str(paper.day) for paper in papers] == ["2015-03-03", "2018-03-02"]
    assert papers[1].content.grounds == (GROUND,)
    assert papers[0].content.claims.claims[0].text == "What is claimed is"


def test_a_paper_is_read_once_by_the_rules(store, inside, rules):
    """Not again for the next asker, and not after a new start: what was found is in the store, to the last box."""
    read(store, CTNF, ["Claims 1-3 are rejected", "within 3 months"])
    files = inside()
    first = files.of(store.headlines())
    assert files.of(store.headlines()) == first
    assert inside().of(store.headlines()) == first
    assert rules.read == ["CTNF"]


def test_callers_at_the_same_time_share_one_reading(store, inside, rules):
    """Six ask while the first reading is under way."""
    read(store, CTNF, ["Claims 1-3 are rejected"] * 2)
    files = inside()
    rules.gate.clear()
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(files.of, store.headlines()) for _ in range(6)]
        until(lambda: rules.read, "the first reading")
        rules.gate.set()
        answers = [each.result(20) for each in asked]
    assert rules.read == ["CTNF"]
    assert all(answer == answers[0] for answer in answers)


def test_a_paper_read_further_is_read_again_and_so_is_one_that_other_rules_read(store, inside, rules, monkeypatch):
    """What was found in fewer pages, or by earlier rules, is replaced."""
    read(store, CTNF, ["Claims 1-3 are pending", None])
    assert inside().of(store.headlines())[0].content.grounds == ()
    read(store, CTNF, ["Claims 1-3 are pending", "Claims 1-3 are rejected"])
    assert inside().of(store.headlines())[0].content.grounds == (GROUND,)
    monkeypatch.setattr(paper_contents, "RULES_VERSION", 99)
    inside().of(store.headlines())
    inside().of(store.headlines())
    assert rules.read == ["CTNF"] * 3
    with store._database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM paper_contents")).scalar_one() == 1


def test_a_paper_that_is_being_read_is_not_read_by_the_rules_with_every_page(store, inside, rules, monkeypatch):
    """What was found a moment ago stands, with the pages that were missing then; once it is whole, all of it counts."""
    files = inside()
    read(store, CTFR, ["Claims 1-3 are pending", None, None])
    files.of(store.headlines())
    read(store, CTFR, ["Claims 1-3 are pending", "Claims 1-3 are rejected", None])
    assert [paper.content.missing_pages for paper in files.of(store.headlines())] == [(2, 3)]
    monkeypatch.setattr(paper_contents, "AGAIN", -1.0)
    assert [paper.content.missing_pages for paper in files.of(store.headlines())] == [(3,)]
    monkeypatch.setattr(paper_contents, "AGAIN", 1_000.0)
    read(store, CTFR, ["Claims 1-3 are pending", "Claims 1-3 are rejected", "the end"])
    assert [paper.content.missing_pages for paper in files.of(store.headlines())] == [()]
    assert rules.read == ["CTFR"] * 3


def test_nobody_waits_long_for_very_many_papers(store, inside, rules, monkeypatch):
    """They say that they are being read, once, and are the next time they are asked for."""
    monkeypatch.setattr(paper_contents, "PATIENCE", 0.0)
    for paper in (CLM, CTNF, CTFR):
        read(store, paper, ["Claims 1-3 are rejected"] * 3)
    files = inside()
    rules.gate.clear()
    for _ in range(2):
        papers = files.of(store.headlines())
        assert [(paper.content.outcome, paper.content.why) for paper in papers] == [("not read", LATER)] * 3
        assert [paper.content.kind for paper in papers] == ["claims", "action", "action"]
    rules.gate.set()
    until(lambda: store.contents.find([ContentOf(CTFR.document, "action", "CTFR")]), "the last of them")
    assert [paper.content.outcome for paper in files.of(store.headlines())] == ["read"] * 3
    assert rules.read == ["CLM", "CTNF", "CTFR"]
    files.close()


def test_facts_of_files_come_from_what_is_kept_and_the_rest_is_read_in_the_background(store, inside, rules):
    """A file whose papers were read before there were rules is not waited for, and is known a moment later."""
    read(store, CTFR, ["Claims 1-3 are rejected"] * 3)
    files = inside()
    rules.gate.clear()
    facts = files.facts(store.headlines(), store.texts.papers())[KEY]
    assert (facts.last_action, facts.is_whole) == ("not read", False)
    rules.gate.set()
    until(lambda: store.contents.find([ContentOf(CTFR.document, "action", "CTFR")]), "the content of the paper")
    facts = inside().facts(store.headlines(), store.texts.papers())[KEY]
    assert (facts.last_action, facts.rejected, facts.is_whole) == ("103", (1, 2, 3), True)
    assert rules.read == ["CTFR"]
    files.close()


def test_what_is_closed_reads_no_more(store, inside, rules, monkeypatch):
    """What waits in the background is left for the next time."""
    monkeypatch.setattr(paper_contents, "PATIENCE", 0.0)
    read(store, CTNF, ["Claims 1-3 are rejected"] * 2)
    files = inside()
    files.close()
    assert files.of(store.headlines())[0].content.why == LATER
    assert rules.read == []


def test_damage_is_deleted_and_the_paper_read_again(store, inside, rules):
    """Whatever stands in the row: what is no content of a paper is not taken for one."""
    read(store, CTNF, ["Claims 1-3 are rejected"] * 2)
    found = inside().of(store.headlines())
    for damage in (b"", b"\x00\x00\x00\x02{}", b"x" * 100, b"\x7f\xff\xff\xff" + b"x\x9c"):
        with store._database.write("sandbox") as connection:
            connection.execute(text("UPDATE paper_contents SET content = :damage"), {"damage": damage})
        assert inside().of(store.headlines()) == found
    assert len(rules.read) == 5


def test_missing_pages_never_look_like_nothing(store, inside):
    """An action without a ground is not read while pages are missing; one with a ground says what else may stand."""
    read(store, CTNF, ["Claims 1-3 are pending", None])
    read(store, CTFR, ["Claims 1-3 are rejected", None, "the end"])
    failed(store, CTFR, 2)
    pending, rejected = (paper.content for paper in inside().of(store.headlines()))
    assert (pending.outcome, pending.missing_pages) == ("not read", (2,))
    assert pending.why == "Page 2 of 2 is not read: what stands there is not known."
    assert (rejected.outcome, rejected.missing_pages, rejected.why) == ("read", (2,), "")
    assert [flag.kind for flag in rejected.flags] == ["not read"]
    assert rejected.claims.not_compared == "page 2 of 3 is not read"


def test_pages_without_words_are_not_missing(store, inside):
    """They were looked at."""
    read(store, CTNF, ["Claims 1-3 are rejected", ""])
    content = inside().of(store.headlines())[0].content
    assert (content.outcome, content.missing_pages, content.flags) == ("read", (), ())


def test_rules_that_fail_on_one_paper_leave_the_others(store, inside):
    """It is not read, and says so."""
    read(store, CTNF, ["odd", "odd"])
    read(store, CLM, ["What is claimed is"])
    claims, action = (paper.content for paper in inside().of(store.headlines()))
    assert (claims.outcome, action.outcome) == ("read", "not read")
    assert action.why.startswith("Reading this paper by the rules failed")


def test_papers_of_other_offices_are_said_to_be_not_read_inside(store, inside, rules):
    """They are searched, and no rules read them."""
    other = store.save(history("EP18157823"))
    read(store, PaperRef(other, "20170605-CTNF-1"), ["Claims 1-3 are rejected"] * 2)
    files = inside()
    assert files.of(store.headlines()) == ()
    assert files.not_read_inside(store.headlines()) == {"EP18157823": "EP"}
    assert rules.read == []


def test_one_pdf_of_two_documents_is_read_for_each_kind_of_paper(store, inside, rules):
    """The rules of a set of claims are not those of an amendment."""
    read(store, CLM, ["What is claimed is"], sha256="aa")
    read(store, A, ["What is claimed is"], sha256="aa")
    assert [paper.content.kind for paper in inside().of(store.headlines())] == ["claims", ""]
    assert [paper.content.kind for paper in inside().of(store.headlines())] == ["claims", ""]
    assert rules.read == ["CLM", "A..."]


def test_memory_has_a_limit(store, inside, rules, monkeypatch):
    """What was not asked for for the longest time goes, and comes back from the store."""
    monkeypatch.setattr(paper_contents, "MAX_KEPT", 1)
    read(store, CTNF, ["Claims 1-3 are rejected"] * 2)
    read(store, CTFR, ["Claims 1-3 are rejected"] * 3)
    files = inside()
    assert files.of(store.headlines()) == files.of(store.headlines())
    assert len(files._contents._known) == 1
    assert rules.read == ["CTNF", "CTFR"]


def test_the_period_that_a_paper_sets_is_kept_and_goes_when_a_person_says_it_is_wrong(store, inside):
    """And comes back when the mark is taken back, or when somebody else says later that it is right."""
    read(store, CTNF, ["to expire 2 MONTHS", "or later"])
    files = inside()
    files.read_paper(CTNF)
    assert store.contents.periods([KEY]) == {CTNF: SetPeriod(2, None, 1)}

    def judged(person: str, *, is_right: bool | None) -> bool:
        files.judge(CTNF, "reply period", is_right=is_right, words="2 months", person=person)
        return CTNF in store.contents.periods([KEY])

    assert not judged("ada", is_right=False)
    assert judged("bob", is_right=True)
    assert not judged("bob", is_right=None)
    assert judged("ada", is_right=None)


@pytest.mark.parametrize(("quote", "sure", "kept"), [(95, 95, True), (79, 95, False), (95, 79, False), (80, 80, True)])
def test_a_period_counts_only_where_it_was_read_surely(quote, sure, kept):
    """Below four in five it stays among the findings, and the usual one counts."""
    period = ReplyPeriod("reply period", 2, None, Quote("2 MONTHS", 3, (), quote), sure)
    said = paper_contents.set_period(PaperContent("action", reply_period=period))
    assert said == (SetPeriod(2, None, 3) if kept else None)


def test_a_period_without_digits_is_none():
    """What cannot be read sets nothing."""
    period = ReplyPeriod("reply period", None, None, Quote("MONTHS", 3), 95)
    assert paper_contents.set_period(PaperContent("action", reply_period=period)) is None


def test_the_last_mark_counts_and_says_who_thinks_otherwise(inside):
    """Everyone's own mark stays: nobody changes another's."""
    files = inside()
    for person, is_right in (("ada", False), ("bob", True), ("eve", True)):
        files.judge(CTNF, GROUND.id, is_right=is_right, words="103: claims 1-3", person=person)
    mark = files.verdicts([KEY])[CTNF, GROUND.id]
    assert (mark.is_right, mark.person, mark.words, mark.against) == (True, "eve", "103: claims 1-3", ("ada",))
    files.judge(CTNF, GROUND.id, is_right=None, words="", person="eve")
    files.judge(CTNF, GROUND.id, is_right=None, words="", person="bob")
    mark = files.verdicts([KEY])[CTNF, GROUND.id]
    assert (mark.is_right, mark.person, mark.against) == (False, "ada", ())
