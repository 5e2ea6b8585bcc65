"""Reading one page: by its own text, by an engine, or with a sentence that says why not."""

import io
import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from components.page_reading import MAX_PAGES, PageReader
from components.page_reading.engines.engine import EngineReading, Scan
from components.page_reading.errors import NotRead, WhyNotRead
from components.page_reading.words import words_from, words_of_engine
from components.page_texts import Box, PageText, Word
from tests.documents.made_pdfs import form_pdf, page_pdf, pdf_of, stream
from tests.documents.made_pdfs import text_pdf as numbered_pdf
from tests.page_reading.made_papers import ACTION, images_pdf, joined_pdf, locked_pdf, picture_of, scan_pdf, text_pdf
from tests.waiting import until

PATIENCE = 60.0
"""Seconds that a good page may take on a machine that is busy with other tests."""
WORDS = " ".join(ACTION).split()
HELLO = Word("hello", Box(0.1, 0.1, 0.2, 0.12), 0, 90)


class SaysHello:
    """An engine that reads one word on every page and remembers what it was given; or fails."""

    name = "Hello 1.0"
    languages = frozenset({"eng", "deu"})

    def __init__(self) -> None:
        self.scans: list[Scan] = []
        self.wanted: list[Sequence[str]] = []
        self.fails: WhyNotRead | None = None
        self.closed = False

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:
        """Read one word."""
        assert seconds > 0
        self.scans.append(scan)
        self.wanted.append(languages)
        if self.fails is not None:
            raise NotRead(self.fails)
        return EngineReading((HELLO,), "+".join(languages), turned=180)

    def close(self) -> None:
        """Remember that."""
        self.closed = True


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    """Reads with all the time that a busy machine needs; its engine is to be set back by nobody."""
    reader = PageReader(SaysHello(), at_once=2, page_seconds=PATIENCE)
    yield reader
    reader.close()


def read(reader: PageReader, pdf: bytes, page: int = 1) -> PageText:
    """Read a page of a paper that no other test has open."""
    return reader.read(str(hash(pdf)), lambda: pdf, page, languages=("deu", "eng"))


def scan_of(reader: PageReader, pdf: bytes) -> Scan:
    """Return the scan that the engine is given of the first page."""
    engine = reader.engine
    assert isinstance(engine, SaysHello)
    before = len(engine.scans)
    assert read(reader, pdf).words == (HELLO,)
    assert len(engine.scans) == before + 1
    return engine.scans[-1]


def test_a_page_of_text_needs_no_engine(reader: PageReader) -> None:
    """Its words come as they stand, line by line."""
    text = read(reader, text_pdf(ACTION))
    assert (text.outcome, text.engine, text.languages, text.problem) == ("read", "text layer", "", "")
    assert text.lines == list(ACTION)
    assert text.confidence == 100
    assert [word.text for word in read(reader, form_pdf("16/123,456")).words] == ["16/123,456"]


def test_a_scan_goes_to_the_engine_in_grey_at_300_dots_an_inch(reader: PageReader) -> None:
    """With the languages wanted; the page keeps who read it and how it was turned."""
    scan = scan_of(reader, scan_pdf(ACTION))
    assert (scan.dpi, scan.width, scan.height) == (300, 2550, 3300)
    assert len(scan.pixels) == 2550 * 3300
    picture = Image.frombytes("L", (scan.width, scan.height), scan.pixels)
    expected = picture_of(ACTION).convert("L")
    assert sum(picture.reduce(10).histogram()[:200]) == pytest.approx(
        sum(expected.reduce(10).histogram()[:200]), rel=0.1
    )
    text = read(reader, scan_pdf(ACTION))
    assert (text.outcome, text.engine, text.languages, text.turned) == ("read", "Hello 1.0", "deu+eng", 180)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_scan_is_given_as_it_is_shown(reader: PageReader, rotate: int) -> None:
    """Turned as the page says; a scan that lay askew, and one in colour, is given too."""
    scan = scan_of(reader, scan_pdf(ACTION, turned=(360 - rotate) % 360, rotate=rotate))
    assert (scan.width, scan.height) == (2550, 3300)
    ink = Image.frombytes("L", (scan.width, scan.height), scan.pixels).point(lambda shade: 255 * (shade < 128))
    box = ink.getbbox()
    assert box is not None
    assert box[1] < 400
    assert box[0] < 400


def test_pages_askew_speckled_and_in_colour_are_scans(reader: PageReader) -> None:
    """None of them is empty."""
    for pdf in (scan_pdf(ACTION, skew=3), scan_pdf(ACTION, speckle=0.002), scan_pdf(ACTION, colour=True)):
        assert scan_of(reader, pdf).dpi == 300


def test_without_an_engine_a_scan_says_what_to_install() -> None:
    """Pages of text, and empty ones, are read all the same."""
    reader = PageReader(None, at_once=1, page_seconds=PATIENCE)
    mixed = joined_pdf(scan_pdf(ACTION), text_pdf(ACTION), scan_pdf([]))
    try:
        with pytest.raises(NotRead, match="install Tesseract") as failure:
            read(reader, mixed)
        assert failure.value.kind == "no engine"
        assert read(reader, mixed, 2).lines == list(ACTION)
        assert read(reader, mixed, 3).outcome == "empty"
    finally:
        reader.close()


def test_a_mixed_file_is_read_page_by_page(reader: PageReader) -> None:
    """Each by what it is."""
    mixed = joined_pdf(
        text_pdf(ACTION), scan_pdf(ACTION), scan_pdf(ACTION, hidden=ACTION), scan_pdf([]), numbered_pdf(1)
    )
    assert reader.pages("mixed", lambda: mixed) == 5
    texts = [read(reader, mixed, page) for page in range(1, 6)]
    assert [text.page for text in texts] == [1, 2, 3, 4, 5]
    assert [text.engine for text in texts] == ["text layer", "Hello 1.0", "text layer", "", "text layer"]
    assert [text.outcome for text in texts] == ["read", "read", "read", "empty", "read"]
    assert [word.text for word in texts[2].words] == WORDS


@pytest.mark.parametrize(
    "pdf",
    [
        page_pdf(b""),
        scan_pdf([]),
        scan_pdf([], speckle=0.0005),
        images_pdf(Image.new("L", (2550, 3300), 235)),
        images_pdf(Image.new("RGB", (850, 1100), (250, 240, 200))),
    ],
    ids=["nothing drawn", "white scan", "specks", "grey paper", "yellow paper"],
)
def test_an_empty_page_is_said_to_be_empty_by_no_engine(reader: PageReader, pdf: bytes) -> None:
    """It was looked at."""
    assert read(reader, pdf) == PageText(1, "empty", "")


@pytest.mark.parametrize("text", ["3", "i", "-", "Figure"])
def test_a_page_with_a_single_sign_is_not_empty(reader: PageReader, text: str) -> None:
    """Also where it is faint."""
    assert scan_of(reader, scan_pdf([text])).dpi == 300
    faint = picture_of([text]).convert("L").point(lambda shade: 150 if shade == 0 else 255)
    assert scan_of(reader, images_pdf(faint)).dpi == 300


def test_what_an_engine_finds_on_a_page_may_be_nothing() -> None:
    """Then the page is empty, and says who looked."""
    engine = NothingFound()
    silent = PageReader(engine, at_once=1, page_seconds=PATIENCE)
    try:
        assert read(silent, scan_pdf(ACTION)) == PageText(1, "empty", "Hello 1.0", "deu+eng")
    finally:
        silent.close()
    assert engine.closed


class NothingFound(SaysHello):
    """An engine that finds no word."""

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:
        """Find none."""
        super().read(scan, languages=languages, seconds=seconds)
        return EngineReading((), "+".join(languages))


@pytest.mark.parametrize(
    ("kind", "failed"), [("slow", True), ("ended", True), ("memory", True), ("unavailable", False)]
)
def test_an_engine_that_fails_fails_one_page(kind: WhyNotRead, failed: bool) -> None:
    """By a fault of the page it is failed for good; by one of the moment it may be tried again."""
    engine = SaysHello()
    reader = PageReader(engine, at_once=1, page_seconds=PATIENCE)
    scan = scan_pdf(ACTION)
    try:
        engine.fails = kind
        if failed:
            text = read(reader, scan)
            assert (text.outcome, text.engine, text.problem) == ("failed", "Hello 1.0", str(NotRead(kind)))
        else:
            with pytest.raises(NotRead) as failure:
                read(reader, scan)
            assert failure.value.kind == kind
        engine.fails = None
        assert read(reader, scan).words == (HELLO,)
    finally:
        reader.close()


def repaired_pdf() -> bytes:
    """Return a PDF whose table of places is wrong."""
    return text_pdf(ACTION).replace(b"startxref\n", b"startxref\n9")


@pytest.mark.parametrize(
    ("pdf", "kind"),
    [
        (locked_pdf(text_pdf(ACTION), "secret"), "password"),
        (b"", "broken"),
        (b"<html>not a PDF</html>" * 100, "broken"),
        (text_pdf(ACTION)[:400], "broken"),
        (pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]), "no pages"),
    ],
    ids=["password", "empty", "html", "cut", "zero pages"],
)
def test_a_file_that_cannot_be_opened_is_told(reader: PageReader, pdf: bytes, kind: WhyNotRead) -> None:
    """Asked for its pages it says why; a page of it is failed; the next file is read as ever."""
    with pytest.raises(NotRead) as failure:
        reader.pages(str(hash(pdf)), lambda: pdf)
    assert failure.value.kind == kind
    assert read(reader, pdf) == PageText(1, "failed", "", problem=str(NotRead(kind)))
    assert read(reader, text_pdf(ACTION)).outcome == "read"


def test_a_file_that_can_be_opened_is_read(reader: PageReader) -> None:
    """One with an owner's password only, one whose table of places is wrong, one with bytes before and after it."""
    for pdf in (locked_pdf(text_pdf(ACTION), ""), repaired_pdf(), b"\0" * 99 + text_pdf(ACTION) + b"\0" * 9_999):
        assert [word.text for word in read(reader, pdf).words] == WORDS


def test_a_page_that_is_not_there_is_failed(reader: PageReader) -> None:
    """Before the first and after the last."""
    for page in (0, -1, 4, 10**30):
        text = read(reader, numbered_pdf(3), page)
        assert (text.outcome, text.problem) == ("failed", str(NotRead("no such page")))


def test_a_damaged_page_fails_alone(reader: PageReader) -> None:
    """The pages before and after it are read."""
    writer = PdfWriter(PdfReader(io.BytesIO(numbered_pdf(3))))
    kids = writer.root_object["/Pages"]["/Kids"]
    kids[1] = writer._add_object(kids[1].get_object()["/MediaBox"])
    written = io.BytesIO()
    writer.write(written)
    texts = [read(reader, written.getvalue(), page) for page in (1, 2, 3)]
    assert [text.outcome for text in texts] == ["read", "failed", "read"]
    assert texts[1].problem == str(NotRead("broken page"))


def test_an_image_that_cannot_be_unpacked_is_no_empty_page(reader: PageReader) -> None:
    """It is drawn as nothing, and would be taken for white paper."""
    image = b"/Type/XObject/Subtype/Image/Width 300/Height 400/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/%s"
    for kind in (b"DCTDecode", b"JPXDecode", b"JBIG2Decode"):
        damaged = stream(b"\xff\xd8\xff\xe0 this is no image", image % kind)
        text = read(reader, page_pdf(b"612 0 0 792 0 0 cm /I Do", resources=b"/XObject<</I 5 0 R>>", more=[damaged]))
        assert (text.outcome, text.problem) == ("failed", str(NotRead("broken page"))), kind


@pytest.mark.parametrize(
    ("box", "most"),
    [(b"0 0 9000000 9000000", 20_000_000), (b"0 0 14400 1", 10_001), (b"0 0 1 14400", 10_001),
     (b"-5e8 -5e8 5e8 5e8", 20_000_000), (b"0 0 1700 2200", 20_000_000)],
)  # fmt: skip
def test_the_size_of_a_page_bounds_its_scan(reader: PageReader, box: bytes, most: int) -> None:
    """However large or long it is; black and white halves keep the page from being empty."""
    left, bottom, right, top = map(float, box.split())
    half = b"%f %f %f %f re f" % (left, bottom, (right - left) / 2, top - bottom)
    engine = reader.engine
    assert isinstance(engine, SaysHello)
    engine.scans.clear()
    assert read(reader, page_pdf(half, box=box)).outcome in {"read", "empty"}  # where half the page is half a dot
    assert all(len(scan.pixels) == scan.width * scan.height <= most * 1.01 for scan in engine.scans)


@pytest.mark.parametrize("box", [b"0 0 0 0", b"0 0 1e-9 1e-9", b"9 9 9 9"])
def test_a_page_without_a_size_has_an_outcome(reader: PageReader, box: bytes) -> None:
    """PDFium takes paper of the usual size for it."""
    assert read(reader, page_pdf(b"0 0 10 10 re f", box=box)).outcome in {"read", "empty", "failed"}


def test_a_scan_on_a_page_of_its_pixels_is_given_at_its_own_size(reader: PageReader) -> None:
    """Some programs make a page of 2,550 points for an image of 2,550 pixels; others one of a stamp's size."""
    for size in ((2550, 3300), (85, 110)):
        canvas = PdfWriter(PdfReader(io.BytesIO(scan_pdf(ACTION))))
        canvas.pages[0].scale_to(*size)
        written = io.BytesIO()
        canvas.write(written)
        scan = scan_of(reader, written.getvalue())
        assert (scan.width, scan.height) == (pytest.approx(2550, abs=2), pytest.approx(3300, abs=2))
        assert scan.dpi == 300


def test_pages_are_told_up_to_a_bound(reader: PageReader) -> None:
    """A file that is longer than any paper is read up to there."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, MAX_PAGES + 13))
    long = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 5010/Kids[%s]>>" % kids,
                   *[page] * (MAX_PAGES + 10)])  # fmt: skip
    assert reader.pages("long", lambda: long) == MAX_PAGES == 5_000
    assert read(reader, long, MAX_PAGES).outcome == "empty"
    assert read(reader, long, MAX_PAGES + 1).problem == str(NotRead("no such page"))


def test_a_paper_is_fetched_once_by_a_process_and_what_fetching_raises_is_raised() -> None:
    """Page after page; an error of fetching leaves the processes as they are."""
    reader = PageReader(None, at_once=1, page_seconds=PATIENCE)
    fetched: list[str] = []

    def pdf() -> bytes:
        fetched.append("")
        return numbered_pdf(3)

    def gone() -> bytes:
        raise LookupError

    try:
        assert [len(reader.read("a", pdf, page, languages=()).words) for page in (1, 2, 3)] == [4, 4, 4]
        assert len(fetched) == 1
        with pytest.raises(LookupError):
            reader.read("b", gone, 1, languages=())
        assert reader.pages("a", pdf) == 3
        assert len(fetched) == 1
    finally:
        reader.close()


def test_a_paper_is_open_in_one_process_however_many_ask() -> None:
    """Whatever its size, it is in memory once."""
    reader = PageReader(None, at_once=4, page_seconds=PATIENCE)
    paper = numbered_pdf(12)
    fetched: list[str] = []

    def pdf() -> bytes:
        fetched.append("")
        return paper

    try:
        with ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(lambda page: reader.read("a", pdf, page, languages=()), range(1, 13)))
        assert [text.words[1].text for text in texts] == [str(page) for page in range(1, 13)]
        assert len(fetched) == len(reader._processes._idle) == 1
    finally:
        reader.close()


def test_so_many_pages_are_read_at_the_same_time() -> None:
    """No more, whoever asks."""

    class Counting(SaysHello):
        """Counts who is within."""

        def __init__(self) -> None:
            super().__init__()
            self.within = threading.Semaphore(0)
            self.go_on = threading.Event()

        def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:
            """Wait to be let on."""
            self.within.release()
            assert self.go_on.wait(PATIENCE)
            return super().read(scan, languages=languages, seconds=seconds)

    engine = Counting()
    reader = PageReader(engine, at_once=2, page_seconds=PATIENCE)
    scan = scan_pdf(ACTION, dpi=100)
    texts: list[PageText] = []
    threads = [threading.Thread(target=lambda: texts.append(read(reader, scan))) for _ in range(4)]
    try:
        for thread in threads:
            thread.start()
        assert engine.within.acquire(timeout=PATIENCE)
        assert engine.within.acquire(timeout=PATIENCE)
        assert not engine.within.acquire(timeout=0.3)
        assert reader.pages("other", lambda: numbered_pdf(2)) == 2
        engine.go_on.set()
        for thread in threads:
            thread.join(PATIENCE)
        assert [text.outcome for text in texts] == ["read"] * 4
    finally:
        engine.go_on.set()
        reader.close()


def test_a_page_that_waits_too_long_says_that_all_are_busy() -> None:
    """It is tried again by whoever asked."""
    reader = PageReader(None, at_once=1, wait_seconds=0.1)
    assert reader._turns.acquire(timeout=1)
    with pytest.raises(NotRead) as failure:
        read(reader, text_pdf(ACTION))
    assert failure.value.kind == "busy"
    reader.close()


def test_nothing_is_read_after_closing() -> None:
    """And the engine is closed too."""
    engine = SaysHello()
    reader = PageReader(engine, at_once=1)
    reader.close()
    with pytest.raises(NotRead) as failure:
        read(reader, text_pdf(ACTION))
    assert failure.value.kind == "closing"
    assert engine.closed


@pytest.mark.parametrize(
    "said",
    [b"", b"{}x", b"[1]", b"[[1, 0, 0, 1, 1, 0]]", b'[["a", 0, 0, 1, 1]]', b'[["a", "x", 0, 1, 1, 0]]', b'"abcdef"',
     b'[["a", 0, 0, 1, 1, 0.5]]', b'[["a", null, 0, 1, 1, 0]]', b"[" * 100_000,
     b'[["a", ' + b"9" * 400 + b", 0, 1, 1, 0]]",
     b'[["a", 0, 0, 1, 1, ' + b"9" * 5000 + b"]]", b"null", b"7", b'[["a", 0, 0, 1, 1, true]]'],
)  # fmt: skip
def test_what_a_process_sends_is_not_believed(said: bytes) -> None:
    """One that a PDF has taken over may send anything; what is no list of words is a damaged page."""
    with pytest.raises(NotRead) as failure:
        words_from(said)
    assert failure.value.kind == "broken page"


def test_a_list_of_words_without_end_is_not_looked_at() -> None:
    """It would fill the memory of the app."""
    with pytest.raises(NotRead) as failure:
        words_from(b"[" + b"[]," * 2_000_000 + b"[]]")
    assert failure.value.kind == "memory"


def test_words_are_kept_within_bounds() -> None:
    """Their number, their length, their places and their lines; signs that cannot be seen or written are left out."""
    rows = [
        ["a\u202e\0\ud800b c\n", float("nan"), -5, float("inf"), 0.5, 10**9],
        ["", 0, 0, 1, 1, 3],
        ["x" * 5_000, 0.9, 1, 0.1, 0, -7],
    ]
    first, second = words_from(json.dumps(rows).encode())
    assert first == Word("abc", Box(0.0, 0.0, 0.0, 0.5), 0, 100)
    assert (len(second.text), second.box, second.line) == (200, Box(0.1, 0.0, 0.9, 1.0), 1)
    many = words_of_engine(Word("w" * 10, HELLO.box, 0, 400) for _ in range(30_000))
    assert (len(many), {word.confidence for word in many}) == (20_000, {100})
    assert sum(len(word.text) for word in words_of_engine([Word("w" * 500, HELLO.box, 0, -1)] * 9_000)) <= 400_000


TEXTS = (".txt", ".md", ".json")


def test_the_texts_of_real_papers_come_back_from_a_pdf(reader: PageReader, shared_data: Path) -> None:
    """Printed as pages of text, their words come back in order."""
    files = sorted(file for file in (shared_data / "papers").glob("us_*/*") if file.suffix in TEXTS)
    assert len(files) >= 20
    for file in files:
        plain = file.read_text(errors="replace").encode("latin-1", "ignore").decode("latin-1")
        printed = "".join(letter if letter.isprintable() and letter != "\xad" else " " for letter in plain)
        words = [word[at : at + 60] for word in printed.split() for at in range(0, len(word), 60)]
        lines = [" ".join(words[at : at + 8]) for at in range(0, len(words), 8)][:120]
        pdf = text_pdf(*(lines[at : at + 40] for at in range(0, len(lines), 40)), size=6)
        read_words = [
            word.text for page in range(1, (len(lines) + 39) // 40 + 1) for word in read(reader, pdf, page).words
        ]
        assert read_words == " ".join(lines).split(), file.name


class Found:
    """Finds an engine, slowly enough that others ask meanwhile."""

    def __init__(self, engine: SaysHello | None) -> None:
        self.engine = engine
        self.asked = 0
        self.may_answer = threading.Event()

    def __call__(self) -> SaysHello | None:
        """Answer once that is allowed."""
        self.asked += 1
        assert self.may_answer.wait(PATIENCE)
        return self.engine


@pytest.mark.parametrize("engine", [SaysHello(), None])
def test_an_engine_is_looked_for_once_and_only_when_it_is_needed(engine: SaysHello | None) -> None:
    """Four ask at the same time; "none" is an answer, too."""
    find = Found(engine)
    reader = PageReader(None, find=find)
    assert find.asked == 0
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: reader.engine) for _ in range(4)]
        find.may_answer.set()
        assert [each.result(PATIENCE) for each in asked] == [engine] * 4
    assert find.asked == 1
    reader.close()
    assert [each.closed for each in (engine,) if each] == ([True] if engine else [])


def test_an_engine_that_nobody_needed_is_not_looked_for_at_the_end() -> None:
    """Nor afterwards."""
    find = Found(SaysHello())
    reader = PageReader(None, find=find)
    reader.close()
    assert reader.engine is None
    assert find.asked == 0


def test_an_engine_that_is_found_after_the_end_is_closed() -> None:
    """Whoever closes does not wait for it."""
    engine = SaysHello()
    find = Found(engine)
    reader = PageReader(None, find=find)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lambda: reader.engine)
        until(lambda: find.asked, "the search for an engine")
        reader.close()
        assert not engine.closed
        find.may_answer.set()
        asked.result(PATIENCE)
    assert engine.closed
