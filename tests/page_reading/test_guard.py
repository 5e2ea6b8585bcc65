"""What a hostile PDF can do to the reading of pages: take the time and memory of one page, and nothing else."""

import errno
import os
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from components.confined.bounds import MAX_MEMORY
from components.confined.processes import NoAnswer, Processes
from components.page_reading import PageReader
from components.page_reading.errors import NotRead
from components.page_texts import PageText
from tests.conftest import ROOT
from tests.documents.made_pdfs import bomb_pdf, endless_pdf, nested_pdf, page_pdf, pdf_of, stream, text_pdf
from tests.page_reading.made_papers import ACTION, scan_pdf
from tests.waiting import until

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 60.0
"""Seconds that a good page may take on a machine that is busy with other tests."""


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    """Reads without an engine, with all the time that a busy machine needs."""
    reader = PageReader(None, at_once=2, page_seconds=PATIENCE)
    yield reader
    reader.close()


def read(reader: PageReader, pdf: bytes, page: int = 1) -> PageText:
    """Read a page of a paper that no other test has open."""
    return reader.read(str(hash(pdf)), lambda: pdf, page, languages=("eng",))


def outcome(reader: PageReader, pdf: bytes) -> str:
    """Return what becomes of the first page; `scan` where an engine would be asked."""
    try:
        return read(reader, pdf).outcome
    except NotRead as failure:
        return "scan" if failure.kind == "no engine" else failure.kind


def processes(reader: PageReader) -> list[int]:
    """The ids of its processes."""
    return [process._process.pid for process in (*reader._processes._idle, *reader._processes._busy)]


def is_alive(pid: int) -> bool:
    """Return whether there is a process of this id that has not ended."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def many_signs_pdf(signs: int) -> bytes:
    """Return a page of some kilobytes with so many signs, each a word of its own."""
    content = zlib.compress(b"BT /F 4 Tf 20 700 Td " + b"(a b c d e f g h i j) Tj " * (signs // 10) + b"ET", 9)
    pdf = page_pdf(b"", resources=b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>")
    return pdf.replace(stream(b""), stream(content, b"/Filter/FlateDecode"))


def many_images_pdf(images: int) -> bytes:
    """Return a page that shows an image of one pixel so many times."""
    image = stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    content = zlib.compress(b"q 5 0 0 5 9 9 cm /I Do Q " * images, 9)
    pdf = page_pdf(b"", resources=b"/XObject<</I 5 0 R>>", more=[image])
    return pdf.replace(stream(b""), stream(content, b"/Filter/FlateDecode"))


def packed_again_pdf() -> bytes:
    """Return a page whose content is packed three times over and is a gigabyte in the end."""
    content = b"0 0 m " * 10_000_000
    for _ in range(3):
        content = zlib.compress(content, 9)
    return page_pdf(b"").replace(stream(b""), stream(content, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def scripted_pdf() -> bytes:
    """Return a page that asks to run scripts and programs, open files and addresses when it is opened."""
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/AA<</WC 6 0 R>>/Names<</JavaScript<</Names[(a)6 0 R]>>>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources 9 0 R/Contents 4 0 R/AA 10 0 R/Annots[8 0 R]>>",
        stream(b"BT /F 12 Tf 72 700 Td (Plain words) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</S/JavaScript/JS(while\\(true\\){app.alert\\(1\\)})/Next 7 0 R>>",
        b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>/Next<</S/URI/URI(http://127.0.0.1:9/x)>>>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 612 792]/A 7 0 R>>", b"<</Font<</F 5 0 R>>>>", b"<</O 7 0 R>>",
    ])  # fmt: skip


def elsewhere_pdf() -> bytes:
    """Return a page whose content and font are said to lie in files, one of them with a name for a shell."""
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources 7 0 R/Contents 4 0 R>>",
        stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode"),
        stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(/etc/passwd)/Page 0>>"),
        b"<</Type/Font/Subtype/TrueType/BaseFont/$(touch#20x);`id`|;rm>>",
        b"<</XObject<</X 5 0 R>>/Font<</F 6 0 R>>>>",
    ])  # fmt: skip


def own_child_pdf() -> bytes:
    """Return a page whose form and font contain themselves."""
    form = stream(b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")
    return page_pdf(b"/F Do", resources=b"/XObject<</F 5 0 R>>", more=[form])


def own_length_pdf() -> bytes:
    """Return a page whose content says that its own length is itself."""
    return page_pdf(b"").replace(b"/Length 0", b"/Length 4 0 R")


def deep_pdf() -> bytes:
    """Return a page whose box is a list within a list, and so on, a hundred thousand deep."""
    return page_pdf(b"", box=b"[" * 100_000 + b"]" * 100_000)


HOSTILE: list[Callable[[], bytes]] = [
    scripted_pdf, elsewhere_pdf, own_child_pdf, own_length_pdf, deep_pdf,
]  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE)
def test_a_hostile_page_has_an_outcome_and_the_next_one_is_read(reader: PageReader, make: Callable[[], bytes]) -> None:
    """Whatever it does to its process, the others' pages come."""
    assert outcome(reader, make()) in {"read", "empty", "failed", "scan"}
    assert [word.text for word in read(reader, text_pdf(1)).words] == ["Page", "1", "of", "1"]


def test_scripts_programs_and_files_are_left_alone(reader: PageReader) -> None:
    """What stands on the page is read; what the PDF asks for besides is not done and brings no text."""
    assert [word.text for word in read(reader, scripted_pdf()).words] == ["Plain", "words"]
    assert read(reader, elsewhere_pdf()).words == ()


def test_words_of_a_page_are_bounded(reader: PageReader) -> None:
    """Of half a million signs some are kept, and they come in time."""
    text = read(reader, many_signs_pdf(500_000))
    assert text.outcome == "read"
    assert 1_000 <= len(text.words) <= 20_000


@pytest.mark.slow
def test_a_page_of_very_many_pictures_has_an_outcome(reader: PageReader) -> None:
    """Fifty thousand of them are a scan or nothing, and come in time."""
    assert outcome(reader, many_images_pdf(50_000)) in {"scan", "empty"}


def test_an_endless_page_is_ended_and_holds_up_no_other() -> None:
    """It takes the time that is allowed; meanwhile and after it others are read."""
    reader = PageReader(None, at_once=2, page_seconds=4)
    texts: list[PageText] = []
    try:
        assert read(reader, text_pdf(1)).outcome == "read"
        endless = threading.Thread(target=lambda: texts.append(read(reader, endless_pdf())))
        endless.start()
        until(lambda: reader._processes._busy, "the endless page")
        for pages in range(2, 5):
            assert read(reader, text_pdf(pages)).outcome == "read"
        assert texts == []
        endless.join(PATIENCE)
        assert texts == [PageText(1, "failed", "", problem=str(NotRead("slow")))]
        assert read(reader, text_pdf(5)).outcome == "read"
    finally:
        reader.close()


@ON_LINUX
@pytest.mark.parametrize("make", [bomb_pdf, pytest.param(nested_pdf, marks=pytest.mark.slow), packed_again_pdf])
def test_memory_is_bounded(reader: PageReader, make: Callable[[], bytes]) -> None:
    """What would take gigabytes takes no more than is allowed."""
    hostile = make()
    assert len(hostile) < 300_000
    most = [0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            most[0] = max([most[0], *map(most_memory, processes(reader))])

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        became = outcome(reader, hostile)
    finally:
        ended.set()
        watcher.join()
    assert became in {"failed", "empty", "scan"}
    assert 0 < most[0] <= MAX_MEMORY
    assert read(reader, text_pdf(1)).outcome == "read"


def most_memory(pid: int) -> int:
    """Return the most bytes of address space that a process ever had; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmPeak:"))


@ON_LINUX
def test_a_process_is_given_no_secret_and_can_take_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is its own, it can grow no file and start no process, and nothing it was given names a paper."""
    monkeypatch.setenv("PATSNAP_API_KEY", "sk-canary")
    monkeypatch.setenv("REVIEW_STORE_URL", "sqlite:///canary.db")
    reader = PageReader(None, at_once=1, page_seconds=PATIENCE)
    try:
        assert read(reader, text_pdf(1)).outcome == "read"
        (pid,) = processes(reader)
        seen = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        assert b"canary" not in seen
        limits = Path(f"/proc/{pid}/limits").read_text()
        for name, value in (("Max file size", "0"), ("Max processes", "0"), ("Max core file size", "0"),
                            ("Max address space", str(MAX_MEMORY))):  # fmt: skip
            (line,) = [line for line in limits.splitlines() if line.startswith(name)]
            assert line.removeprefix(name).split()[:2] == [value, value]
    finally:
        reader.close()


@ON_LINUX
def test_a_process_that_a_pdf_has_taken_over_reaches_nothing(tmp_path: Path) -> None:
    """What it could be made to do by then: read and write files, connect, start a program, look into the app."""
    code = f"""
import os, socket, subprocess
from components.confined.bounds import MAX_MEMORY
from components.confined.limits import confine_to_fonts, limit_this_process
from components.confined.page_reader import Worker
Worker()
confine_to_fonts()
limit_this_process(MAX_MEMORY)
def tried(what):
    try:
        what()
    except OSError as error:
        return error.errno
    return 0
print(tried(lambda: open({str(tmp_path / "secret")!r})), tried(lambda: open({str(tmp_path / "new")!r}, "w")),
      tried(lambda: socket.create_connection(("127.0.0.1", 9), 2)), tried(lambda: os.execv("/bin/true", ["true"])),
      tried(lambda: open(f"/proc/{{os.getppid()}}/mem", "rb")))
"""
    (tmp_path / "secret").write_text("canary")
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True, cwd=ROOT)
    file, new, connection, program, memory = map(int, said.stdout.split())
    if not file:
        pytest.skip("this kernel has no Landlock")
    assert (file, new, program, memory) == (errno.EACCES,) * 4
    assert connection in {errno.EACCES, errno.ECONNREFUSED}  # refused by nobody listening, before Linux 6.7


@ON_LINUX
def test_a_process_that_dies_is_replaced(reader: PageReader) -> None:
    """While it waits, as when the system runs out of memory."""
    paper = text_pdf(7)
    assert read(reader, paper).outcome == "read"
    for pid in processes(reader):
        os.kill(pid, signal.SIGKILL)
        until(lambda pid=pid: not is_alive(pid), "its end")
    assert read(reader, paper, 2).outcome == "read"


@ON_LINUX
def test_processes_end_with_the_reader_and_while_it_has_nothing_to_do() -> None:
    """A paper is held open no longer than a while; the next page has a process all the same."""
    reader = PageReader(None, at_once=2, page_seconds=PATIENCE, rest_seconds=0.2)
    try:
        assert read(reader, text_pdf(1)).outcome == "read"
        until(lambda: not processes(reader), "the end of what has nothing to do")
        assert read(reader, text_pdf(2)).outcome == "read"
    finally:
        pids = processes(reader)
        reader.close()
    assert not any(map(is_alive, pids))


@ON_LINUX
def test_closing_ends_a_page_that_is_read() -> None:
    """Whoever waits for it is told, and may ask again after the next start."""
    reader = PageReader(None, at_once=1, page_seconds=600)
    failures: list[str] = []

    def ask() -> None:
        try:
            read(reader, endless_pdf())
        except NotRead as failure:
            failures.append(failure.kind)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: reader._processes._busy, "the endless page")
    pids = processes(reader)
    reader.close()
    asking.join(20)
    assert failures == ["closing"]
    assert not any(map(is_alive, pids))


def test_a_machine_without_the_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a page is not failed for good by that."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    reader = PageReader(None, at_once=1)
    with pytest.raises(NotRead) as failure:
        read(reader, scan_pdf(ACTION))
    assert failure.value.kind == "unavailable"
    reader.close()


def test_an_order_that_breaks_a_process_is_told_and_the_next_one_has_another() -> None:
    """As a fault of a library would."""
    processes = Processes("page_reader", most=1, kept_idle=1, wait_seconds=1)
    try:
        with pytest.raises(NoAnswer) as failure:
            processes.ask("a", lambda: text_pdf(1), {"nonsense": 1}, seconds=PATIENCE)
        assert failure.value.kind == "ended"
        assert processes.ask("b", lambda: text_pdf(3), {"do": "pages"}, seconds=PATIENCE)[0]["pages"] == 3
    finally:
        processes.close()
