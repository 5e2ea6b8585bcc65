"""The ZIP of the selected documents."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator

import pytest

from components.exports.archive import zip_of
from components.exports.document_pdfs import MissingDocument, PdfOrReason, UnfetchedPdf
from components.exports.selection import Selection
from components.prosecution import Tables, read_histories
from tests.exports.conftest import hostile_texts, make_history, make_selection
from tests.exports.pdfs import blank, placeholders

PAPERS = [
    (20180301, "CTNF", "Non-Final Rejection", 8),
    (20180531, "A...", "Amendment", 1),
    (None, "XT/", "Extension of Time", None),
]


def archived(selection: Selection, parts: Iterable[PdfOrReason]) -> tuple[zipfile.ZipFile, tuple[MissingDocument, ...]]:
    """Write an archive and open it."""
    buffer = io.BytesIO()
    missing = zip_of(selection, parts, into=buffer)
    archive = zipfile.ZipFile(buffer)
    assert archive.testzip() is None
    return archive, missing


def table_in(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    """Read the list of contents as a program would."""
    data = archive.read("contents.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def one_history() -> Selection:
    """Three papers of one application."""
    return make_selection(read_histories([make_history(PAPERS, apno="US15/397000", patent_number="US9000000B2")]))


def test_files_stand_in_order_uncompressed_and_unchanged() -> None:
    """The PDFs as they came, then the contents; dates of the documents, 1980 for an undated one."""
    parts = [blank(1), blank(2), blank(3)]
    archive, missing = archived(one_history(), parts)
    names = archive.namelist()
    assert missing == ()
    assert names == [
        "US9000000B2_2018-03-01_001_CTNF_non-final-rejection.pdf",
        "US9000000B2_2018-05-31_002_A_amendment.pdf",
        "US9000000B2_undated_003_XT_extension-of-time.pdf",
        "contents.csv",
        "README.txt",
    ]
    assert [archive.read(name) for name in names[:3]] == parts
    assert {file.compress_type for file in archive.infolist()[:3]} == {zipfile.ZIP_STORED}
    assert [file.date_time[:3] for file in archive.infolist()] == [
        (2018, 3, 1),
        (2018, 5, 31),
        (1980, 1, 1),
        (2026, 1, 2),
        (2026, 1, 2),
    ]


def test_several_histories_have_a_folder_each() -> None:
    """Folders are named after the patent, else after the application."""
    histories = [
        make_history(PAPERS[:1], apno="US15/397000", patent_number="US9000000B2"),
        make_history(PAPERS[:1], apno="US15/397001"),
    ]
    archive, _ = archived(make_selection(read_histories(histories)), [blank(), blank()])
    assert [name.split("/")[0] for name in archive.namelist()[:2]] == ["US9000000B2", "US15397001"]
    assert [row["file_name"] for row in table_in(archive)] == archive.namelist()[:2]


def test_what_is_missing_is_said_in_the_result_and_in_both_lists() -> None:
    """An expired link and a web page instead of a PDF: the rest is there, and both reasons are told."""
    selection = one_history()
    archive, missing = archived(selection, [UnfetchedPdf("the link has expired"), b"<html>", blank()])
    assert [(document.document, document.reason) for document in missing] == [
        ("20180301-CTNF-1", "the link has expired"),
        ("20180531-A...-1", "the file is not a PDF"),
    ]
    assert len(archive.namelist()) == 3
    assert [row["status"] for row in table_in(archive)] == [
        "missing: the link has expired",
        "missing: the file is not a PDF",
        "included",
    ]
    page = archive.read("README.txt").decode("utf-8-sig")
    assert "1 of 3 documents included" in page
    for document in missing:
        assert f"{document.name}: {document.reason}" in page


def test_contents_are_there_if_nothing_could_be_fetched() -> None:
    """An archive without a single PDF still says what should be in it, when it was retrieved and what it rests on."""
    archive, missing = archived(one_history(), [UnfetchedPdf("the service is down")] * 3)
    assert len(missing) == 3
    assert archive.namelist() == ["contents.csv", "README.txt"]
    page = archive.read("README.txt").decode("utf-8-sig")
    assert "Retrieved 1 Jun 2025, 12:00 UTC; 3 of 3 documents listed" in page
    assert "computed from document dates; not legal advice" in page
    assert "Round 1: Non-final rejection, 1 Mar 2018" in page


def test_the_contents_say_what_each_file_is() -> None:
    """Number, patent, date, code as delivered, round, pages, file name, and marks."""
    tables = read_histories([make_history(PAPERS, apno="US15/397000", patent_number="US9000000B2")])
    name = ("US15/397000", "20180531-A...-1")
    archive, _ = archived(make_selection(tables, notes={name: "=see claim 1"}, read=[name]), [blank()] * 3)
    assert list(table_in(archive)[1].values()) == [
        "2",
        "US9000000B2",
        "US15/397000",
        "2018-05-31",
        "A...",
        "Amendment",
        "1",
        "1",
        "US9000000B2_2018-05-31_002_A_amendment.pdf",
        "yes",
        "'=see claim 1",
        "included",
    ]


def test_hostile_texts_neither_leave_the_archive_nor_run() -> None:
    """No path goes up or is absolute, no cell begins a formula, and no link of the app is told."""
    papers = [(20180301, text[:200], text, 1) for text in hostile_texts()]
    selection = make_selection(read_histories([make_history(papers)]))
    archive, _ = archived(selection, [blank()] * len(papers))
    assert len(archive.namelist()) == len(set(archive.namelist())) == len(papers) + 2
    for name in archive.namelist():
        assert not {"/", "\\", "..", ":", "\0"} & {*name, name[:2]}
    rows = list(csv.reader(io.StringIO(archive.read("contents.csv").decode("utf-8-sig"), newline="")))
    assert len(rows) == len(papers) + 1
    for row in rows:
        assert not [cell for cell in row if cell.strip()[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}]
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"token-" not in whole
    assert b"review.example" not in whole


def test_parts_are_pulled_one_by_one_and_let_go() -> None:
    """An archive of 48 MB takes little more memory than its greatest part, of 8 MB."""
    size = 8_000_000
    papers = [(20180301, "FOR", "Foreign Reference", 1)] * 6
    selection = make_selection(read_histories([make_history(papers)]))

    def supply() -> Iterator[bytes]:
        for _ in papers:
            yield b"%PDF-".ljust(size, b"x")

    class Sink(io.RawIOBase):
        """Takes all and keeps nothing."""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return len(data)

    tracemalloc.start()
    zip_of(selection, supply(), into=Sink())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * size


@pytest.mark.parametrize("count", [2, 4])
def test_parts_that_do_not_fit_the_selection_are_refused(count: int) -> None:
    """One part a document, no fewer and no more."""
    with pytest.raises(ValueError, match="parts than documents"):
        archived(one_history(), [blank()] * count)


def test_what_the_parts_raise_ends_the_work() -> None:
    """A caller stops by raising."""

    def supply() -> Iterator[bytes]:
        yield blank()
        raise InterruptedError

    with pytest.raises(InterruptedError):
        archived(one_history(), supply())


def test_the_same_documents_give_the_same_bytes() -> None:
    """Nothing of the clock or the machine is in an archive."""
    parts, files = [blank(), blank(), UnfetchedPdf("gone")], []
    for _ in range(2):
        buffer = io.BytesIO()
        zip_of(one_history(), parts, into=buffer)
        files.append(buffer.getvalue())
    assert files[0] == files[1]


def test_a_real_history_is_whole(real_tables: Tables) -> None:
    """All 184 documents of US 10,765,880 B2 stand in the archive, with a line each in the contents."""
    rows = real_tables.documents["history"] == "US14/412875"
    selection = make_selection(real_tables, rows=rows)
    archive, missing = archived(selection, placeholders(selection))
    assert missing == ()
    assert len(archive.namelist()) == 186
    table = table_in(archive)
    assert [row["file_name"] for row in table] == archive.namelist()[:184]
    assert [row["doc_code"] for row in table] == selection.documents["code"].tolist()
