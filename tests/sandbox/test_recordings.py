"""The file histories carried are the published ones."""

import csv
from pathlib import Path

import pytest

from components.sandbox.convert import INCLUDED, main
from components.sandbox.errors import RecordingsDamaged
from components.sandbox.recordings import FOLDER, decode, recorded_histories

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the plain tables lie beside the checkout")
DOCUMENTS = {
    "US14412875": 184, "US11328678": 118, "US12124027": 78, "US14643719": 75, "US17248024": 45, "US15123456": 49,
    "US11408669": 136, "EP99203729": 32, "JP2017187096": 24, "JP2020123456": 15, "US16123456": 54, "US10310232": 52,
}  # fmt: skip


def test_carried_histories_are_complete():
    """All twelve histories are there with the number of documents that the offices list."""
    assert {history.key: len(history.documents) for history in recorded_histories()} == DOCUMENTS
    assert set(INCLUDED) == set(DOCUMENTS)


@needs_data
@pytest.mark.parametrize("key", sorted(DOCUMENTS))
def test_documents_served_equal_the_published_table(caller, key):
    """What the sandbox answers is the office's table, row for row, in its order, with its gaps."""
    with (DATA / "index.csv").open(encoding="utf-8", newline="") as file:
        record = next(row for row in csv.DictReader(file) if row["file"] == key)
    with (DATA / "file_histories" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    data = caller.data(apno=record["apno"], limit=1000)
    served = [
        {
            "date": str(document["date"]),
            "doc_code": document["doc_code"],
            "description": document["description"],
            "page_number": str(document.get("page_number", "")),
        }
        for document in data["doc_detail"]
    ]
    assert served == published
    assert (data["apno"], data["patent_number"]) == (record["apno"], record["patent_number"])
    if record["publication_number"]:
        assert caller.data(patent_number=record["publication_number"])["apno"] == record["apno"]


@needs_data
def test_converter_reproduces_the_files_exactly(tmp_path):
    """Written anew from the plain tables, the recorded histories are the same bytes."""
    main([str(DATA), "--to", str(tmp_path)])
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in FOLDER.glob("*.json")}


def test_facts_stay_small():
    """The histories together stay below 64 kB."""
    assert sum(file.stat().st_size for file in FOLDER.glob("*.json")) < 64_000


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"kinds": [], "documents": [[20200101, 0, 1]]}', '{"kinds": [["A"]], "documents": []}']
)
def test_damaged_facts_are_named(text):
    """A file that is not in the format is refused with its name, not half read."""
    with pytest.raises(RecordingsDamaged, match=r"US1\.json"):
        decode("US1", text)


def test_empty_folder_is_an_error(tmp_path):
    """Without file histories the sandbox does not start."""
    with pytest.raises(RecordingsDamaged, match="no file histories"):
        recorded_histories(tmp_path)
