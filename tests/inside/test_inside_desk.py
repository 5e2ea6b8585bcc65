"""What papers say, as a desk puts it together: read with their last page, in each workspace its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from components import desk as composition
from components.desk import Desk, open_desk
from components.fulltext import PaperToRead
from components.histories import PaperRef
from components.numbers import parse
from components.page_reading.engines.engine import Engine
from components.sandbox import MADE_UP
from components.settings import Settings

SECONDS = 120
FINAL = "20210428-CTFR-1"
"""A paper of the sandbox that has text of its own on all pages but the first, which would need an engine."""
KIM = "kim"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on the sandbox in this process, without an engine."""
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}", review_ocr="none"))
    try:
        yield opened
    finally:
        opened.close()


def read_final(desk: Desk) -> PaperRef:
    """Look the made-up application up, and read its final rejection."""
    assert desk.lookups.start(desk.lookups.plan(parse(MADE_UP))).wait(60).state == "finished"
    (headline,) = desk.store.headlines()
    paper = PaperRef(headline.key, FINAL)
    progress = desk.fulltext.start([PaperToRead(paper, None, "US")], user=KIM).wait(SECONDS)
    assert progress.state == "ended"
    return paper


def authority_of(desk: Desk) -> str:
    """Return what the due date of the final rejection rests on."""
    rounds = desk.tables.of(desk.store.headlines()).tables.rounds
    return str(rounds[rounds["action"] == FINAL]["authority"].iloc[0])


def test_the_period_of_a_paper_counts_as_soon_as_its_last_page_is_read(desk: Desk) -> None:
    """Before anybody looked inside; and no more once a person says that it was read wrong."""
    paper = read_final(desk)
    assert authority_of(desk).startswith("as set in the paper, page 2; 35 USC 133; ")
    (said,) = desk.inside.of(desk.store.headlines())
    assert (said.paper, said.code, said.name, said.content.kind) == (paper, "CTFR", "Final rejection", "action")
    assert said.content.reply_period is not None
    assert said.content.reply_period.months == 3
    assert {ground.statute for ground in said.content.grounds} == {"103"}
    assert (said.content.outcome, said.content.missing_pages) == ("read", (1,))
    desk.inside.judge(paper, said.content.reply_period.id, is_right=False, words="3 months", person=KIM)
    assert authority_of(desk).startswith("35 USC 133; ")


def test_a_workspace_has_its_own_papers_and_marks(desk: Desk) -> None:
    """Nothing of what is read and said in one is in another, or left when it is deleted."""
    wall = desk.for_workspace("wall")
    paper = read_final(wall)
    wall.inside.judge(paper, "finality", is_right=True, words="final", person=KIM)
    held = wall.store.headlines()
    assert len(wall.inside.of(held)) == len(wall.inside.verdicts([paper.history])) == 1
    assert desk.inside.of(held) == ()
    assert desk.inside.verdicts([paper.history]) == {}
    desk.delete_workspace("wall")
    assert desk.for_workspace("wall").inside.of(held) == ()
    assert desk.for_workspace("wall").inside.verdicts([paper.history]) == {}


def test_a_person_who_is_deleted_leaves_no_mark(desk: Desk) -> None:
    """What the rules found stays."""
    paper = read_final(desk)
    desk.inside.judge(paper, "finality", is_right=True, words="final", person=KIM)
    desk.delete_person(KIM)
    assert desk.inside.verdicts([paper.history]) == {}
    assert len(desk.inside.of(desk.store.headlines())) == 1


def test_a_desk_opens_without_asking_for_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tesseract that hangs keeps nobody waiting who reads no scans; whoever asks gets the answer."""
    asked: list[Settings] = []

    def find(settings: Settings) -> Engine | None:
        asked.append(settings)
        return None

    monkeypatch.setattr(composition, "find_engine", find)
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}"))
    wall = opened.for_workspace("wall")
    assert asked == []
    assert opened.fulltext.engine is wall.fulltext.engine is None
    assert asked == [opened.settings]
    opened.close()
