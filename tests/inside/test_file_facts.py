"""What a table of many files says of each from inside its papers: of its last action, and never none for not read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from components.content.records import ClaimStatus, Flag, Ground, PaperContent, Quote
from components.fulltext.listed_papers import ListedPaper
from components.histories import PaperRef
from components.inside.file_facts import FactsOfFiles, FileFacts, KnownPaper, facts_of_file
from components.page_texts import ReadPaper
from components.store import Headline
from tests.inside.papers import KEY

QUOTE = Quote("Claims 1-3 are rejected under 35 U.S.C. 103", 1)
NON_FINAL = PaperContent(
    "action",
    grounds=(Ground("ground 103 1-3", "103", (1, 2, 3), QUOTE), Ground("ground 112(b) 2", "112(b)", (2,), QUOTE)),
    statuses=(ClaimStatus("allowed form", "allowed", (4, 5), "form", QUOTE),),
    flags=(Flag("flag", "form and body differ", ""),),
)


def paper(code: str, place: int, content: PaperContent | None, *, is_read: bool = True) -> KnownPaper:
    """A paper of a file."""
    return KnownPaper(ListedPaper(code, "", date(2020, 1, place), "office", 1, place), content, is_read)


def test_a_file_is_described_by_its_last_action() -> None:
    """Papers of other kinds that come later do not matter, but for their flags."""
    flagged = PaperContent("claims", flags=(Flag("marks", "changed, not marked", ""),))
    facts = facts_of_file([paper("CTNF", 1, NON_FINAL), paper("CLM", 2, flagged)])
    assert facts == FileFacts("103 · 112(b)", (4, 5), (1, 2, 3), 2)


def test_a_last_action_that_is_not_read_is_not_the_one_before() -> None:
    """Whether nobody has looked into it, or nothing was found in it that must be there."""
    for last in (paper("CTFR", 2, None, is_read=False), paper("CTFR", 2, PaperContent("action", "not read"))):
        assert facts_of_file([paper("CTNF", 1, NON_FINAL), last]) == FileFacts("not read", None, None, 1)
    assert facts_of_file([paper("IDS", 1, PaperContent("citations"))]).last_action == ""


class Kept:
    """What is kept of one file, and how often it was asked for."""

    def __init__(self, content: PaperContent | None) -> None:
        self.content = content
        self.asked = 0

    def __call__(
        self, headlines: Sequence[Headline], read: Mapping[PaperRef, ReadPaper]
    ) -> dict[str, list[KnownPaper]]:
        """Return the one paper of each file."""
        del read
        self.asked += 1
        return {headline.key: [paper("CTNF", 1, self.content)] for headline in headlines}


def headline(key: str = KEY) -> Headline:
    """A file that is held."""
    return Headline(
        key=key, patent_number="", apno=key, patent_id="", documents_held=4, documents_reported=4, complete=True,
        retrieved=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip


def test_facts_are_made_anew_only_once_more_is_read() -> None:
    """So that a table of hundreds of files reads nothing when it is drawn again."""
    kept = Kept(NON_FINAL)
    facts = FactsOfFiles(kept)
    action = PaperRef(KEY, "20170605-CTNF-1")
    half = {action: ReadPaper("aa", 4, read=2, read_at=datetime(2026, 1, 2, tzinfo=UTC))}
    whole = {action: ReadPaper("aa", 4, read=4, read_at=datetime(2026, 1, 3, tzinfo=UTC))}
    for read, asked in ((half, 1), (half, 1), (whole, 2), (whole, 2)):
        assert facts.of([headline()], read)[KEY].last_action == "103 · 112(b)"
        assert kept.asked == asked
    assert facts.of([headline()], {}) == {}
