"""The real papers of the shared folder against what a person read in them; only facts, no text, are kept here."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from components.content.folder.folder import TEXT_ENDINGS, PaperFile, papers_in
from components.content.folder.folder_reading import read_folder
from components.content.folder.truth import ReadPaperOf, Tally, compare, truth_of
from components.page_reading import PageReader, find_engine
from components.settings import Settings

PATIENCE = 60.0
"""Seconds that a page may take on a machine that is busy with other tests."""


def tally_of(folder: Path, files: Sequence[PaperFile], reader: PageReader) -> Tally:
    """Read papers and compare them with what a person read."""
    told: list[str] = []
    read = {}
    for paper in read_folder(files, reader, at_once=2, progress=told.append):
        assert paper.content is not None, paper.problem
        added = {change.number: " ".join(change.words("added")) for change in paper.changes}
        struck = {change.number: " ".join(change.words("struck")) for change in paper.changes}
        read[paper.file.name] = ReadPaperOf(paper.content, paper.pages, added, struck)
    assert sorted(told) == sorted(file.name for file in files)
    return compare(read, truth_of(folder))


SAY_NO_EXAMINER = {
    "us_13728484/13728484_CTNF_bodytext.txt",
    "us_15173034/15173034_CTNF_bodytext.txt",
}
"""Texts that end before the paragraph that names the examiner and the art unit; the person knew them otherwise."""


def expect_agreement(tally: Tally) -> None:
    """The measures of issue 17, for rows of which the person was sure."""
    grounds = tally.counts["grounds"]
    assert grounds["false"] <= 2
    assert grounds["missed"] <= 3
    assert tally.counts.get("statute alone", Counter())["wrong"] <= 1
    assert tally.counts["quotes"]["not on their page"] == 0
    facts = [tally.counts[kind] for kind in ("examiner", "art unit", "form lines")]
    assert sum(counts["wrong"] for counts in facts) <= sum(sum(counts.values()) for counts in facts) / 20
    missed = {
        each.file for each in tally.differences if each.what.startswith(("examiner:", "art unit:", "form lines:"))
    }
    assert missed <= SAY_NO_EXAMINER
    for kind in ("finality", "reply period"):
        assert set(tally.counts[kind]) == {"right"}


def test_the_text_files_say_what_a_person_read(shared_data: Path) -> None:
    """Old actions as another engine left them, modern ones as text: no picture has to be read."""
    folder = shared_data / "papers"
    files = [file for file in papers_in(folder) if file.path.suffix.lower() in TEXT_ENDINGS]
    reader = PageReader(None, at_once=1)
    try:
        tally = tally_of(folder, files, reader)
    finally:
        reader.close()
    assert sum(tally.counts["grounds"].values()) >= 58
    expect_agreement(tally)


@pytest.mark.slow
def test_all_papers_say_what_a_person_read(shared_data: Path) -> None:
    """The scans, too: a whole round with amended claims."""
    engine = find_engine(Settings())
    if engine is None:
        pytest.skip("no Tesseract is installed")
    folder = shared_data / "papers"
    reader = PageReader(engine, at_once=2, page_seconds=PATIENCE, engine_seconds=PATIENCE)
    try:
        tally = tally_of(folder, papers_in(folder), reader)
    finally:
        reader.close()
    assert sum(tally.counts["grounds"].values()) >= 72
    expect_agreement(tally)
    assert tally.counts["changes of claims"]["right"] >= 4
