"""Pages drawn in processes of their own: what good papers look like, and what hostile ones can do, which is little."""

import errno
import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from components.confined.bounds import MAX_MEMORY, MAX_PIXELS, MAX_SIDE
from components.confined.messages import read_message
from components.documents import Drawing, NotDrawn
from components.documents.pages.drawing import Picture
from tests.conftest import ROOT
from tests.documents.made_pdfs import (
    bomb_pdf,
    endless_pdf,
    form_pdf,
    image_pdf,
    locked_pdf,
    nested_pdf,
    page_pdf,
    pdf_of,
    stream,
    text_pdf,
)
from tests.waiting import until

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 60.0
"""Seconds that a picture of a good paper may take on a machine that is busy with other tests."""


@pytest.fixture(scope="module")
def drawing() -> Iterator[Drawing]:
    """Draws with all the time that a busy machine needs."""
    drawing = Drawing(seconds=PATIENCE)
    yield drawing
    drawing.close()


def drawn(drawing: Drawing, pdf: bytes, page: int = 1, width: int = 800) -> Picture:
    """Draw a page of a paper that no other test has open."""
    return drawing.draw(str(hash(pdf)), lambda: pdf, page, width)


def refused(drawing: Drawing, pdf: bytes, page: int = 1) -> NotDrawn:
    """Return why a page is not drawn."""
    with pytest.raises(NotDrawn) as caught:
        drawn(drawing, pdf, page)
    return caught.value


def pixels(picture: Picture) -> Image.Image:
    """Read a picture."""
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def processes(drawing: Drawing) -> list[int]:
    """The ids of its processes."""
    return [process._process.pid for process in (*drawing._processes._idle, *drawing._processes._busy)]


def is_alive(pid: int) -> bool:
    """Return whether there is a process of this id that has not ended."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_each_page_is_drawn_as_wide_as_asked_for(drawing: Drawing) -> None:
    """A PNG of the page's own proportions, black on white; pages differ; the paper tells how many it has."""
    paper = text_pdf(3)
    pictures = [drawn(drawing, paper, page, 1200) for page in (1, 2, 3)]
    for picture in pictures:
        assert (picture.kind, picture.pages) == ("png", 3)
        image = pixels(picture)
        assert abs(image.width - 1200) <= 1
        assert image.height / image.width == pytest.approx(842 / 595, rel=0.01)
        shares = image.convert("L").histogram()
        assert shares[255] > 0.9 * sum(shares)
        assert shares[0] > 0
    assert len({picture.data for picture in pictures}) == 3
    assert drawn(drawing, paper, 2, 2400).data != pictures[1].data
    assert abs(pixels(drawn(drawing, paper, 2, 2400)).width - 2400) <= 1


def test_colour_and_photographs_keep_their_shades(drawing: Drawing) -> None:
    """They are JPEGs; a page of grey text from a scan that is compressed in colour is not."""
    chance = random.Random(7)  # noqa: S311
    red = Image.new("RGB", (300, 400), "white")
    red.paste((200, 30, 30), (50, 50, 250, 150))
    photograph = Image.frombytes("L", (300, 400), bytes(chance.randrange(256) for _ in range(300 * 400)))
    scan = pixels(drawn(drawing, text_pdf(1), 1, 1200)).resize((600, 849))
    assert drawn(drawing, image_pdf(red)).kind == "jpeg"
    assert pixels(drawn(drawing, image_pdf(red))).getpixel((400, 260)) == pytest.approx((200, 30, 30), abs=12)
    assert drawn(drawing, image_pdf(photograph)).kind == "jpeg"
    assert drawn(drawing, image_pdf(scan)).kind == "png"


def test_what_was_typed_into_a_form_is_drawn(drawing: Drawing) -> None:
    """Papers are filed as forms of the Office."""
    empty, filled = (pixels(drawn(drawing, form_pdf(value))).convert("L") for value in ("", "16/123,456"))
    assert empty.size == filled.size
    assert sum(filled.histogram()[:100]) > sum(empty.histogram()[:100])


def test_a_paper_that_only_restricts_what_is_done_with_it_is_drawn(drawing: Drawing) -> None:
    """Many papers come with an owner's password and open without one."""
    assert drawn(drawing, locked_pdf("")).pages == 2


@pytest.mark.parametrize(
    ("pdf", "kind"),
    [
        (locked_pdf("secret"), "password"),
        (b"", "broken"),
        (b"%PDF-1.7\n", "broken"),
        (b"<html>not a PDF</html>" * 100, "broken"),
        (text_pdf(3)[:400], "broken"),
        (bytes(range(256)) * 4000, "broken"),
        (pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]), "no pages"),
        (pdf_of([b"<</Type/Catalog>>"]), "no pages"),
    ],
    ids=["password", "empty", "header alone", "html", "cut", "noise", "zero pages", "no page tree"],
)
def test_what_is_no_readable_paper_is_told(drawing: Drawing, pdf: bytes, kind: str) -> None:
    """By a sentence, and the next paper is drawn as ever."""
    failure = refused(drawing, pdf)
    assert failure.kind == kind
    assert str(failure).endswith(".")
    assert drawn(drawing, text_pdf(1)).pages == 1


def test_a_page_that_does_not_exist_is_told_with_how_many_there_are(drawing: Drawing) -> None:
    """Before the first and after the last, and whatever number is asked for."""
    for page in (0, -1, 4, 10**30):
        failure = refused(drawing, text_pdf(3), page)
        assert (failure.kind, failure.pages) == ("no such page", 3)


@pytest.mark.parametrize(
    "box",
    [b"0 0 9000000 9000000", b"0 0 14400 1", b"0 0 1 14400", b"0 0 1e9 1", b"0 0 0.001 0.001", b"-5e8 -5e8 5e8 5e8"],
)
def test_the_size_of_a_page_bounds_no_memory(drawing: Drawing, box: bytes) -> None:
    """However large or long, a picture has at most so many pixels."""
    picture = pixels(drawn(drawing, page_pdf(b"0 0 10 10 re f", box=box), 1, 2400))
    assert picture.width * picture.height <= MAX_PIXELS * 1.01
    assert max(picture.size) <= MAX_SIDE + 1


def test_pages_are_told_and_drawn_up_to_a_bound(drawing: Drawing) -> None:
    """A list that is longer than any paper is cut; a count that is made up is not believed."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 6_003))
    long = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 6000/Kids[%s]>>" % kids, *[page] * 6_000])
    assert drawn(drawing, long, 5_000).pages == 5_000
    assert refused(drawing, long, 5_001).kind == "no such page"
    made_up = page_pdf(b"").replace(b"/Count 1/", b"/Count 2000000000/")
    with pytest.raises(NotDrawn) as failure:
        drawn(drawing, made_up, 4_000)
    assert failure.value.pages <= 5_000


def test_pages_that_lead_to_themselves_end(drawing: Drawing) -> None:
    """A page tree, a form and a pattern that contain themselves."""
    tree = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])
    assert refused(drawing, tree).kind in {"broken", "broken page", "no pages", "ended"}
    own = stream(b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")
    assert drawn(drawing, page_pdf(b"/F Do", resources=b"/XObject<</F 5 0 R>>", more=[own])).pages == 1


def test_an_endless_page_is_ended_and_holds_up_no_other_paper() -> None:
    """It takes the time that is allowed and one process; meanwhile, and after it, others are drawn."""
    drawing = Drawing(seconds=4, processes=2)
    failures: list[NotDrawn] = []
    try:
        assert drawn(drawing, text_pdf(1)).pages == 1
        endless = threading.Thread(target=lambda: failures.append(refused(drawing, endless_pdf())))
        began = time.monotonic()
        endless.start()
        until(lambda: drawing._processes._busy, "the endless page")
        for pages in range(2, 5):
            assert drawn(drawing, text_pdf(pages)).pages == pages
            assert failures == []
        endless.join()
        assert failures[0].kind == "slow"
        assert 4 <= time.monotonic() - began < PATIENCE
        assert drawn(drawing, text_pdf(5)).pages == 5
    finally:
        drawing.close()


@ON_LINUX
@pytest.mark.parametrize("make", [bomb_pdf, nested_pdf])
def test_memory_is_bounded(drawing: Drawing, make: Callable[[], bytes]) -> None:
    """What would take gigabytes takes no more than is allowed, is told or left out, and ends nothing else."""
    hostile = make()
    assert len(hostile) < 300_000
    assert drawn(drawing, text_pdf(1)).pages == 1
    most = [0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            most[0] = max([most[0], *map(most_memory, processes(drawing))])

    watcher = threading.Thread(target=watch)
    watcher.start()
    told = []
    try:
        told = [drawn(drawing, hostile).kind]
    except NotDrawn as failure:
        told = [failure.kind]
    finally:
        ended.set()
        watcher.join()
    assert told[0] in {"png", "jpeg", "ended", "memory", "broken page"}
    assert 0 < most[0] <= MAX_MEMORY
    assert drawn(drawing, text_pdf(1)).pages == 1


def most_memory(pid: int) -> int:
    """Return the most bytes of address space that a process ever had; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmPeak:"))


@ON_LINUX
def test_a_process_is_given_no_secret_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is its own, it can grow no file and start no process, and nothing it was given names a paper."""
    monkeypatch.setenv("PATSNAP_API_KEY", "sk-canary")
    monkeypatch.setenv("REVIEW_STORE_URL", "sqlite:///canary.db")
    drawing = Drawing(seconds=PATIENCE)
    try:
        assert drawn(drawing, text_pdf(1)).pages == 1
        (pid,) = processes(drawing)
        seen = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        assert b"canary" not in seen
        limits = Path(f"/proc/{pid}/limits").read_text()
        for name, value in (("Max file size", "0"), ("Max processes", "0"), ("Max core file size", "0"),
                            ("Max address space", str(MAX_MEMORY))):  # fmt: skip
            (line,) = [line for line in limits.splitlines() if line.startswith(name)]
            assert line.removeprefix(name).split()[:2] == [value, value]
    finally:
        drawing.close()


@ON_LINUX
def test_a_process_that_a_pdf_has_taken_over_reaches_nothing(tmp_path: Path) -> None:
    """What it could be made to do by then: read files, connect, look into the app, end it."""
    code = f"""
import os, socket
from components.confined.limits import FONTS, confine_to_fonts, limit_this_process
from components.confined.bounds import MAX_MEMORY
from components.confined.page_drawer import Worker
Worker()
confine_to_fonts()
limit_this_process(MAX_MEMORY)
def tried(what):
    try:
        what()
    except OSError as error:
        return error.errno
    return 0
fonts = [folder for folder in FONTS if os.path.isdir(folder)]
print(tried(lambda: open({str(tmp_path / "secret")!r})), tried(lambda: open("/proc/self/environ")),
      tried(lambda: socket.create_connection(("127.0.0.1", 9), 2)), tried(lambda: os.kill(os.getppid(), 0)),
      tried(lambda: open(f"/proc/{{os.getppid()}}/mem", "rb")), tried(lambda: os.listdir(fonts[0])) if fonts else 0)
"""
    (tmp_path / "secret").write_text("canary")
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60, text=True, cwd=ROOT
    )
    file, environment, connection, kill, memory, fonts = map(int, said.stdout.split())
    if not file:
        pytest.skip("this kernel has no Landlock")
    assert (file, environment, memory, fonts) == (errno.EACCES, errno.EACCES, errno.EACCES, 0)
    assert connection in {errno.EACCES, errno.ECONNREFUSED}  # refused by nobody listening, before Linux 6.7
    assert kill in {errno.EPERM, 0}  # from 6.12


def test_a_process_that_dies_is_replaced(drawing: Drawing) -> None:
    """While it waits, as when the system runs out of memory."""
    paper = text_pdf(7)
    assert drawn(drawing, paper).pages == 7
    for pid in processes(drawing):
        os.kill(pid, signal.SIGKILL)
        until(lambda pid=pid: not is_alive(pid), "its end")
    assert drawn(drawing, paper, 2).pages == 7


@ON_LINUX
@pytest.mark.parametrize("how", ["idle", "drawing"])
def test_the_processes_end_with_the_app(how: str) -> None:
    """Also when it is killed, and also in the middle of an endless page."""
    code = f"""
import threading, time
from components.documents import Drawing
from tests.documents.made_pdfs import endless_pdf, text_pdf
drawing = Drawing(seconds=600)
drawing.draw("a", lambda: text_pdf(1), 1, 800)
if {how == "drawing"}:
    threading.Thread(target=drawing.draw, args=("b", endless_pdf, 1, 800), daemon=True).start()
    while not drawing._processes._busy:
        time.sleep(0.01)
print(*(each._process.pid for each in (*drawing._processes._idle, *drawing._processes._busy)), flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as app:
        assert app.stdout is not None
        pids = [int(pid) for pid in app.stdout.readline().split()]
        assert pids
        assert all(map(is_alive, pids))
        app.kill()
    until(lambda: not any(map(is_alive, pids)), "the end of the processes")
    assert not any(map(is_alive, pids))


@ON_LINUX
def test_closing_ends_all_processes_at_once() -> None:
    """Also one that draws; whoever waits for it is told, and nothing is drawn any more."""
    drawing = Drawing(seconds=600, processes=2)
    failures: list[NotDrawn] = []
    assert drawn(drawing, text_pdf(1)).pages == 1
    endless = threading.Thread(target=lambda: failures.append(refused(drawing, endless_pdf())))
    endless.start()
    until(lambda: drawing._processes._busy, "the endless page")
    pids = processes(drawing)
    drawing.close()
    endless.join(20)
    assert not any(map(is_alive, pids))
    assert [failure.kind for failure in failures] == ["closing"]
    assert refused(drawing, text_pdf(1)).kind == "closing"


def test_more_than_can_be_drawn_is_told_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every process is taken by an endless page."""
    monkeypatch.setattr("components.documents.pages.drawing._WAIT_SECONDS", 0.2)
    drawing = Drawing(seconds=600, processes=1)
    endless = threading.Thread(target=lambda: refused(drawing, endless_pdf()))
    endless.start()
    until(lambda: drawing._processes._busy, "the endless page")
    assert refused(drawing, text_pdf(1)).kind == "busy"
    drawing.close()
    endless.join(20)
    assert not endless.is_alive()


def test_a_machine_that_cannot_draw_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Python to start, or none that has PDFium."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    drawing = Drawing()
    assert refused(drawing, text_pdf(1)).kind == "unavailable"
    drawing.warm_up()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refused(drawing, text_pdf(1)).kind == "unavailable"
    drawing.close()


def test_what_libraries_print_does_not_break_the_answers() -> None:
    """Neither from Python nor from below it."""
    code = """
import os
from components.confined.child import answers_of_this_process
from components.confined.messages import write_message
answers = answers_of_this_process()
print("noise")
os.write(1, b"noise"); os.write(2, b"noise")
write_message(answers, {"pages": 3}, b"picture")
print("noise", flush=True)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, cwd=ROOT)
    assert read_message(io.BytesIO(said.stdout)) == ({"pages": 3}, b"picture")
    assert b"noise" not in said.stdout + said.stderr


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0\0\2\0\0\0\0[]",
        b"\0\0\0\2\0\0\0\0{x",
        b"\xff\xff\xff\xff\xff\xff\xff\xff{}",
        b"\0\1\0\1\0\0\0\0" + b'{"a":"' + b"a" * 65_529 + b'"}',
        b"\0\0\0\2\0\0\0\x09{}short",
    ],
    ids=["nothing", "a list", "no JSON", "too long", "facts too long", "cut"],
)
def test_what_is_no_message_is_the_end(said: bytes) -> None:
    """A process that a PDF has taken over may answer anything."""
    with pytest.raises(EOFError):
        read_message(io.BytesIO(said))
