"""The one PDF of the selected documents, read back without what its writer knew."""

import io
import re
import tracemalloc
from collections.abc import Iterable, Iterator

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, Fit, NameObject, TextStringObject

from components.exports.document_pdfs import MissingDocument, PdfOrReason, UnfetchedPdf
from components.exports.one_pdf import pdf_of
from components.exports.sections import sections_of
from components.exports.selection import Selection
from components.prosecution import Tables, read_histories
from tests.exports.conftest import hostile_texts, make_history, make_selection
from tests.exports.pdfs import blank, by_hand, outline, placeholders, stream, written

PAPERS = [
    (20170103, "CLM", "Claims", 1),
    (20180301, "CTNF", "Non-Final Rejection", 2),
    (20180531, "A...", "Amendment", 3),
    (20180831, "CTFR", "Final Rejection", 4),
]
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"


def merged(selection: Selection, parts: Iterable[PdfOrReason]) -> tuple[PdfReader, tuple[MissingDocument, ...]]:
    """Write one PDF and read it strictly; every place that its table of objects tells is looked at."""
    buffer = io.BytesIO()
    missing = pdf_of(selection, parts, into=buffer)
    data = buffer.getvalue()
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    offsets = re.findall(rb"(\d{10}) 00000 n \n", data[start:])
    for number, offset in enumerate(offsets, 1):
        assert data[int(offset) :].startswith(b"%d 0 obj\n" % number)
    return PdfReader(io.BytesIO(data), strict=True), missing


def whole(reader: PdfReader) -> bytes:
    """Give the bytes of a file that was read."""
    reader.stream.seek(0)
    return bytes(reader.stream.read())


def one_history(papers: list[tuple[int | None, str, str, int | None]] | None = None) -> Selection:
    """A small examination."""
    return make_selection(
        read_histories([make_history(papers or PAPERS, apno="US15/397000", patent_number="US9000000B2")])
    )


def single() -> Selection:
    """One document."""
    return one_history(PAPERS[:1])


def own_pages(reader: PdfReader) -> int:
    """Count the cover and the contents: the pages at the beginning with a foot of ours."""
    for number, page in enumerate(reader.pages):
        if not re.search(r"Prosecution Review|Contents \d+ of \d+", page.extract_text()):
            return number
    return len(reader.pages)


def history_of(tables: Tables, *names: str) -> Selection:
    """Select all documents of some histories."""
    return make_selection(tables, rows=tables.documents["history"].isin(names))


@pytest.fixture(scope="module")
def granted(real_tables: Tables) -> Selection:
    """All 184 documents of US 10,765,880 B2."""
    return history_of(real_tables, "US14/412875")


@pytest.fixture(scope="module")
def granted_parts(granted: Selection) -> list[bytes]:
    """Their PDFs, 1,052 pages."""
    return list(placeholders(granted))


def test_a_real_history_has_a_bookmark_for_each_round_and_document(
    granted: Selection, granted_parts: list[bytes]
) -> None:
    """All 184 documents of US 10,765,880 B2: pages, bookmarks and the page to which each leads."""
    reader, missing = merged(granted, granted_parts)
    documents = granted.documents
    assert missing == ()
    front = own_pages(reader)
    lengths = documents["pages"].fillna(1).astype(int)
    assert len(reader.pages) == front + lengths.sum() == front + 1_052

    found = outline(reader)
    assert [title for depth, title, _ in found if depth == 0] == [
        "Contents",
        *(section.title for section in sections_of(granted)),
    ]
    assert sum(title.startswith("Round ") for depth, title, _ in found) == documents["round"].nunique()
    leaves = [(title, page) for depth, title, page in found if depth == 1]
    assert len(leaves) == 184
    for title, page in leaves:
        day, code, description = title.split(" · ", 2)
        text = reader.pages[page].extract_text()
        assert f"Document code {code.strip()}\n" in text
        assert f"Date {day}" in text
        assert description.split()[0] in text
        assert "Page 1 of " in text


def test_links_and_numbers_of_the_contents_lead_to_the_documents(
    granted: Selection, granted_parts: list[bytes]
) -> None:
    """The number at the end of each line is the page on which the document begins, and so is the link's target."""
    reader, _ = merged(granted, granted_parts)
    front = own_pages(reader)
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    linked, written_down = [], []
    for page in reader.pages[1:front]:
        linked += [numbers[note.get_object()["/Dest"][0].indirect_reference] for note in page["/Annots"]]
        lines = page.extract_text().splitlines()
        written_down += [int(line.replace(",", "")) for line in lines if re.fullmatch(r"[\d,]+", line.strip())]
    bookmarks = [page + 1 for _, _, page in outline(reader)[1:]]
    assert linked == bookmarks
    assert len(bookmarks) > 184
    assert set(bookmarks) <= set(written_down)


def test_several_histories_have_a_bookmark_each(real_tables: Tables) -> None:
    """A European, a Japanese and two American files: history, section, document, one below the other."""
    names = ("EP99203729", "JP2020-123456", "US11/633617", "US12/061725")
    selection = history_of(real_tables, *names)
    reader, missing = merged(selection, placeholders(selection))
    found = outline(reader)
    titles = [selection.titles[name] for name in selection.histories["history"] if name in names]
    assert missing == ()
    assert [title for depth, title, _ in found if depth == 0] == ["Contents", *titles]
    assert sum(depth == 2 for depth, _, _ in found) == len(selection.documents)
    assert len(reader.pages) == own_pages(reader) + selection.documents["pages"].fillna(1).clip(1).sum()
    cover = reader.pages[0].extract_text()
    assert all(title in cover for title in titles)


def test_a_japanese_history_is_listed_in_its_own_script(real_tables: Tables) -> None:
    """Descriptions stand in the contents and in the bookmarks as the office wrote them."""
    selection = history_of(real_tables, "JP2020-123456")
    reader, _ = merged(selection, placeholders(selection))
    contents = reader.pages[1].extract_text()
    assert "拒絶理由通知書" in contents
    assert any("拒絶理由通知書" in title for _, title, _ in outline(reader))


@pytest.mark.parametrize("text", ["거절이유통지서", "第一次审查意见通知书", "Ⅷ 審查", "Prüfungsbescheid – § 5"])
def test_other_scripts_are_listed_too(text: str) -> None:
    """Korean, Chinese and Latin letters with accents can be read back from the contents."""
    reader, _ = merged(one_history([(20170103, "CLM", text, 1)]), [blank()])
    assert text in reader.pages[1].extract_text()


def test_the_cover_tells_whose_file_it_is_and_how_complete(granted: Selection, granted_parts: list[bytes]) -> None:
    """Numbers, status, dates, days, counts, and how much of the file is there."""
    parts: list[PdfOrReason] = [*granted_parts]
    parts[3] = UnfetchedPdf("the link has expired")
    text = merged(granted, parts)[0].pages[0].extract_text()
    for words in (
        "US 10,765,880 B2",
        "Application 14/412,875",
        "Granted (issue notification of 19 Aug 2020)",
        "5 Jan 2015",
        "25 Oct 2016",
        "27 Apr 2020",
        "19 Aug 2020",
        "2,053 days",
        "2 finals, 1 RCE",
        "183 of 184 selected documents",
        "1,051",
        "184 of 184 documents listed",
        "1 Jun 2025, 12:00 UTC",
        "not legal advice",
    ):
        assert words in text, words


def test_documents_without_a_readable_file_are_listed_with_the_reason() -> None:
    """Not fetched, no PDF, broken, locked: the rest comes, and each has a line and a bookmark that leads to it."""
    locked = PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("secret", algorithm="AES-256")
    papers = [(20170103 + index, "CLM", f"Claims {index}", 1) for index in range(6)]
    broken = b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog /Pages 2 0 R" * 3
    parts = [UnfetchedPdf("the link has expired"), b"<html>", broken, written(locked), by_hand("<< >>"), blank(2)]
    reader, missing = merged(one_history(papers), parts)
    assert [document.reason for document in missing] == [
        "the link has expired",
        "the file is not a PDF",
        "the file is not a readable PDF",
        "the file is protected by a password",
        "the file is not a readable PDF",
    ]
    assert len(reader.pages) == 4
    contents = reader.pages[1].extract_text()
    for document in missing:
        assert f"Missing: {document.reason}" in contents
    found = [(title, page) for depth, title, page in outline(reader) if depth == 1]
    assert [title.endswith(" (missing)") for title, _ in found] == [True] * 5 + [False]
    assert [page for _, page in found] == [1, 1, 1, 1, 1, 2]


def test_nothing_fetched_still_gives_a_cover_and_contents() -> None:
    """A PDF without documents can be opened and says why."""
    reader, missing = merged(one_history(), [UnfetchedPdf("the service is down")] * 4)
    assert len(missing) == 4
    assert len(reader.pages) == 2
    assert reader.pages[1].extract_text().count("the service is down") == 4


def test_an_empty_selection_can_be_written() -> None:
    """No documents: a cover and an empty list."""
    tables = read_histories([make_history(PAPERS)])
    reader, missing = merged(make_selection(tables, rows=tables.documents["code"] == "none"), [])
    assert (len(reader.pages), missing) == (2, ())


def test_restricted_documents_open_without_a_password() -> None:
    """A file that only an owner's password protects is taken, and its text is there."""
    writer = PdfWriter(clone_from=by_hand_reader(stream("BT /F1 12 Tf 50 700 Td (Restricted) Tj ET")))
    writer.encrypt("", "owner", algorithm="AES-256")
    reader, missing = merged(single(), [written(writer)])
    assert missing == ()
    assert "Restricted" in reader.pages[2].extract_text()
    assert not reader.is_encrypted


def by_hand_reader(contents: str, page: str = "", *more: str) -> PdfReader:
    """Read a PDF of one page made by hand; object 5 is its font, further objects begin with 6."""
    return PdfReader(io.BytesIO(page_by_hand(contents, page, *more)))


def page_by_hand(contents: str, page: str = "", *more: str) -> bytes:
    """Make a PDF of one page whose size, turn and font are told by the tree above it."""
    return by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 400] /Rotate 90 "
        "/Resources << /Font << /F1 5 0 R /S 5 0 R >> >> >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} >>",
        contents,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


def test_pages_keep_what_they_inherit() -> None:
    """Size, turn and fonts that stand in the tree above a page come with it."""
    reader, _ = merged(single(), [page_by_hand(stream("BT /F1 12 Tf 50 300 Td (Inherited) Tj ET"))])
    page = reader.pages[2]
    assert [float(side) for side in page.mediabox] == [0, 0, 300, 400]
    assert page.rotation == 90
    assert "Inherited" in page.extract_text()
    assert page["/Resources"]["/Font"]["/S"]["/BaseFont"] == "/Helvetica"


def hostile() -> bytes:
    """Make a PDF that acts in many ways: on opening, by scripts, links, attachments and a form."""
    writer = PdfWriter(clone_from=by_hand_reader(stream("BT /F1 12 Tf 50 300 Td (Visible) Tj ET")))
    writer.add_open_action(JavaScript("app.alert('evil')"))
    writer.add_attachment("evil.exe", b"evil-attachment")
    writer.add_uri(0, "https://evil.example/beacon", (0, 0, 100, 100))
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), target_page_index=0, fit=Fit("/Fit")))
    writer.add_outline_item(title="Its own bookmark", page_number=0)
    writer.add_metadata({"/Author": "Evil author"})
    launch = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("evil.exe")})
    writer.root_object[NameObject("/OpenAction")] = launch
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): launch})
    return written(writer)


def test_nothing_that_acts_is_carried_over() -> None:
    """Scripts, actions on opening, attachments, links, outlines and metadata of a document stay behind."""
    reader, missing = merged(single(), [hostile()])
    assert missing == ()
    assert "Visible" in reader.pages[2].extract_text()
    assert "/Annots" not in reader.pages[2]
    assert set(reader.trailer["/Root"]) == {"/Type", "/Pages", "/Outlines", "/PageMode", "/ViewerPreferences"}
    assert list(reader.attachments) == []
    assert dict(reader.metadata or {}) == {"/Title": "Prosecution history of US 9,000,000 B2"}
    data = whole(reader)
    for word in (b"JavaScript", b"Launch", b"OpenAction", b"/AA", b"/URI", b"EmbeddedFile", b"evil", b"Its own"):
        assert word not in data, word


def test_what_is_hidden_among_resources_is_left_empty() -> None:
    """Actions, files, other pages and outside data that a resource or a stream refers to are not copied."""
    contents = stream("BT /F1 12 Tf 50 300 Td (Visible) Tj ET", "/FFilter /FlateDecode /AF [8 0 R]")
    part = page_by_hand(
        contents,
        "/Resources << /Font << /F1 5 0 R >> /Properties << /P0 6 0 R /P1 7 0 R /P2 8 0 R /P3 1 0 R >> >>",
        "<< /S /JavaScript /JS (evil) >>",
        "<< /Type /Action /S /URI /URI (https://evil.example) >>",
        "<< /Type /Filespec /F (evil.exe) /EF << /F 9 0 R >> >>",
        stream("evil-attachment", "/Type /EmbeddedFile"),
    )
    reader, missing = merged(single(), [part])
    assert missing == ()
    assert "Visible" in reader.pages[2].extract_text()
    data = whole(reader)
    assert data.count(b"/Catalog") == 1
    for word in (b"evil", b"JavaScript", b"EmbeddedFile", b"/AF", b"/FFilter"):
        assert word not in data, word


def test_stamps_and_filled_fields_stay_on_the_paper() -> None:
    """What an annotation shows stays, in the state it is in; that it can be clicked or filled in does not."""
    annotations = (
        "/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /V (Filled) /Rect [10 10 100 30] /F 4 "
        "/AP << /N 6 0 R >> /A << /S /URI /URI (https://evil.example) >> >> "
        "<< /Type /Annot /Subtype /Widget /FT /Btn /Rect [10 50 30 70] /AS /On "
        "/AP << /N << /On 7 0 R /Off 8 0 R >> >> >> "
        "<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /F 2 /AP << /N 9 0 R >> >> "
        "<< /Type /Annot /Subtype /Popup /Rect [0 0 9 9] /AP << /N 9 0 R >> >>]"
    )
    looks = [stream(f"({word}) pop", FORM) for word in ("look-of-field", "look-on", "look-off", "look-hidden")]
    reader, _ = merged(single(), [page_by_hand(stream(""), annotations, *looks)])
    notes = [note.get_object() for note in reader.pages[2]["/Annots"]]
    assert [set(note) for note in notes] == [{"/Type", "/Subtype", "/Rect", "/F", "/AP"}] * 2
    assert [note["/Subtype"] for note in notes] == ["/Stamp", "/Stamp"]
    assert [note["/AP"]["/N"].get_data() for note in notes] == [b"(look-of-field) pop", b"(look-on) pop"]
    data = whole(reader)
    for word in (b"evil", b"look-off", b"look-hidden", b"/Widget", b"/Popup"):
        assert word not in data, word


def test_resources_that_refer_to_themselves_are_copied_once() -> None:
    """A form that uses itself does not keep the copying from ending."""
    form = stream("/X0 Do", f"{FORM} /Resources << /XObject << /X0 6 0 R >> >>")
    part = page_by_hand(stream("/X0 Do"), "/Resources << /XObject << /X0 6 0 R >> >>", form)
    reader, missing = merged(single(), [part])
    assert missing == ()
    found = reader.pages[2]["/Resources"]["/XObject"].raw_get("/X0")
    assert found.get_object()["/Resources"]["/XObject"].raw_get("/X0") == found


def test_hostile_texts_stay_text_and_no_link_of_the_app_is_told() -> None:
    """Any description and code can be listed; no address, action or token comes into the file."""
    papers = [(20180301, text[:200], text, 1) for text in hostile_texts()]
    reader, missing = merged(one_history(papers), [UnfetchedPdf(text) for text in hostile_texts()])
    assert len(missing) == len(papers)
    assert len([1 for depth, _, _ in outline(reader) if depth == 1]) == len(papers)
    assert all("\u202e" not in title and "\n" not in title for _, title, _ in outline(reader))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "…" in text
    for word in ("token-", "review.example"):
        assert word not in text
        assert word.encode() not in whole(reader)
    assert b"/URI" not in whole(reader)


def test_documents_follow_the_sections_though_they_came_mixed() -> None:
    """Rows of two histories in turn: each history's pages stand together, in the order of the bookmarks."""
    names = ("US15/397000", "US15/397001")
    selection = make_selection(read_histories([make_history(PAPERS, apno=name) for name in names]))
    rows = selection.documents.sort_values("seq", kind="stable").reset_index(drop=True)
    mixed = Selection(rows, selection.histories, selection.rounds, selection.titles, selection.findings, selection.made)
    parts = [blank(1, width=100 + index) for index in range(len(rows))]
    reader, _ = merged(mixed, parts)
    widths = [int(page.mediabox.width) - 100 for page in reader.pages[2:]]
    assert widths == [0, 2, 4, 6, 1, 3, 5, 7]
    assert [page for depth, _, page in outline(reader) if depth == 2] == list(range(2, 10))


def test_documents_are_not_held_in_memory() -> None:
    """A PDF of six documents of 8 MB each takes what copying one of them takes, less than the six themselves."""
    size = 8_000_000
    image = stream("x" * size, "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8")
    part = page_by_hand(stream("/I Do"), "/Resources << /XObject << /I 6 0 R >> >>", image)
    selection = one_history([(20180301, "FOR", "Foreign Reference", 1)] * 6)

    class Sink(io.RawIOBase):
        """Takes all and keeps nothing."""

        used = 0

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.used += len(data)
            return len(data)

    def supply() -> Iterator[bytes]:
        for _ in range(6):
            yield bytes(bytearray(part))

    sink = Sink()
    tracemalloc.start()
    pdf_of(selection, supply(), into=sink)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sink.used > 6 * size
    assert peak < 5 * size


def test_the_same_documents_give_the_same_bytes() -> None:
    """Nothing of the clock or the machine is in the file."""
    parts: list[PdfOrReason] = [blank(), hostile(), UnfetchedPdf("gone"), blank(3)]
    assert whole(merged(one_history(), parts)[0]) == whole(merged(one_history(), parts)[0])


@pytest.mark.parametrize("count", [3, 5])
def test_parts_that_do_not_fit_the_selection_are_refused(count: int) -> None:
    """One part a document, no fewer and no more."""
    with pytest.raises(ValueError, match="parts than documents"):
        merged(one_history(), [blank()] * count)
