"""The made-up application: its list, its papers with and without a text layer, and that each says what it is."""

import csv
import io
import re
import shutil
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image

from components.numbers import parse
from components.sandbox import made_up
from components.sandbox.errors import RecordingsDamaged
from components.sandbox.made_up.application import PAPERS, made_up_papers, made_up_pdf, sheets_of
from components.sandbox.made_up.layout import lay_out
from components.sandbox.made_up.scanning import scan
from tests.conftest import ROOT

NUMBER = "US20209999016A1"
BANNER = "MADE-UP EXAMPLE - not a real application"
LISTED = list(csv.DictReader(PAPERS.read_text(encoding="utf-8").splitlines()))
SCANNED = {
    "issue-fee": [1], "allowance": [1, 2, 3], "rce": [1], "final": [1], "amendment-first": [1],
    "claims-first": [1, 2], "interview": [1, 2], "non-final": [1, 2, 3, 4, 5], "references-examiner": [1],
    "references-considered": [1], "drawings": [1],
}  # fmt: skip
"""Which pages of which papers have no text layer."""


@pytest.fixture(scope="module")
def pdfs() -> dict[str, pypdf.PdfReader]:
    """Each paper's PDF by the name of its text."""
    return {row["file"]: pypdf.PdfReader(io.BytesIO(made_up_pdf(index))) for index, row in enumerate(LISTED)}


def text_of(page: pypdf.PageObject) -> str:
    """The text layer of a page, in one line."""
    return " ".join(page.extract_text().split())


def test_number_and_title_say_that_it_is_made_up():
    """Understood without a remark, and beyond what any office has given: no year has ten million publications."""
    [number] = parse(NUMBER)
    assert (number.reading.display_form, number.reading.note) == ("US 2020/9999016 A1", "")
    history = made_up.made_up_history()
    assert (history.key, history.apno) == (NUMBER, "US99/999016")
    assert history.title.startswith("MADE-UP EXAMPLE")
    assert parse("US 99/999,016")[0].reason.startswith("Series 99 of US applications is not in use")


def test_its_papers_are_those_of_two_actions(caller, billing):
    """Under each of its names: 25 papers, from the filing to the issue; it is charged like any other."""
    data = caller.data(patent_number=NUMBER, limit=100)
    assert (data["apno"], data["patent_number"], data["doc_count"]) == ("US99/999016", NUMBER, 25)
    codes = [document["doc_code"] for document in sorted(data["doc_detail"], key=lambda document: document["date"])]
    assert [code for code in codes if code not in ("N417", "CLM", "REM")] == [
        "SPEC", "ABST", "DRW", "IDS", "NTC.PUB", "CTNF", "892", "1449", "INTV.SUM.APP", "A...", "CTFR", "RCEX", "AMSB",
        "NOA", "IFEE", "ISSUE.NTF",
    ]  # fmt: skip
    assert caller.data(apno="US99/999016")["patent_id"] == data["patent_id"]
    assert billing.total == 2


def test_links_open_the_papers_themselves(caller):
    """Behind the link of the reply's remarks stand its words, no placeholder."""
    [first, _] = caller.data(patent_number=NUMBER, doc_code="REM", limit=9, date_to=20211231)["doc_detail"][::-1]
    answer = caller.http.get(first["path"])
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == first["page_number"] == 2
    assert "Statement of the Substance of the Interview" in text_of(pages[0])
    assert "PLACEHOLDER" not in text_of(pages[0])


def test_each_paper_has_the_pages_that_the_list_says(pdfs):
    """In the PDF as in the list; 41 in all, about half of them scans."""
    assert {row["file"]: int(row["pages"]) for row in LISTED} == {name: len(pdf.pages) for name, pdf in pdfs.items()}
    assert sum(len(pdf.pages) for pdf in pdfs.values()) == 41
    assert sum(map(len, SCANNED.values())) == 19


def test_text_pages_can_be_read_and_scans_cannot(pdfs):
    """A page with a text layer bears the banner in it and no picture; a scan is one picture and has no text at all."""
    without = {}
    for name, pdf in pdfs.items():
        for number, page in enumerate(pdf.pages, start=1):
            if text := text_of(page):
                assert BANNER in text, (name, number)
                assert len(page.images) == 0
            else:
                without.setdefault(name, []).append(number)
                assert len(page.images) == 1
    assert without == SCANNED


def test_every_page_is_written_with_the_banner():
    """Also the scans: it is among what is drawn on each of them."""
    sheets = [sheet for paper in made_up_papers() for sheet in sheets_of(paper)]
    assert [BANNER in [run.text for run in sheet.runs] for sheet in sheets] == [True] * 41


def test_one_page_lies_on_its_side_and_scans_are_black_and_white_or_grey(pdfs):
    """The list of references that the examiner considered was turned; the interview summary is grey."""
    wide = [
        (name, number)
        for name, pdf in pdfs.items()
        for number, page in enumerate(pdf.pages, start=1)
        if page.mediabox.width > page.mediabox.height
    ]
    assert wide == [("references-considered", 1)]
    modes = {
        name: {pdfs[name].pages[page - 1].images[0].image.mode for page in pages} for name, pages in SCANNED.items()
    }
    assert modes.pop("interview") == {"L"}
    assert set().union(*modes.values()) == {"1"}


@pytest.mark.parametrize("file", ["issue-fee", "interview", "claims-rce", "final"])
def test_the_same_paper_is_the_same_bytes(file):
    """Drawn twice: a scan, a grey one, a text, and a mixed one."""
    index = [row["file"] for row in LISTED].index(file)
    assert made_up_pdf.__wrapped__(index) == made_up_pdf.__wrapped__(index)


def test_scans_lie_askew_by_two_degrees_at_most():
    """Told by the list; a page drawn askew has its banner's ends at different heights."""
    assert {0.0} < {float(row["skew"]) for row in LISTED} <= {tenth / 10 for tenth in range(21)}
    sheet = lay_out("%page a", "scan")[0]
    straight, askew = (scan(sheet, seed=1, skew=skew).convert("L").crop((500, 0, 1200, 200)) for skew in (0.0, 2.0))
    assert height_of_ink(straight) + 10 < height_of_ink(askew) < height_of_ink(straight) + 30


def height_of_ink(picture: Image.Image) -> int:
    """How many rows of pixels have more than a few specks."""
    rows = [sum(value < 128 for value in picture.crop((0, y, picture.width, y + 1)).tobytes()) for y in range(200)]
    return sum(count > 12 for count in rows)


def test_amendments_are_drawn_as_lines():
    """Added words have a line below the base line, as long as they are; deleted ones have one through them."""
    [sheet] = lay_out("kept [+added words+] kept [-deleted-]; clo[+s+]ed", "scan")
    [run] = [run for run in sheet.runs if run.text.startswith("kept")]
    assert run.text == "kept added words kept deleted; closed"
    added, deleted, part = sheet.strokes
    assert run.x < added.x1 < added.x2 < deleted.x1 < deleted.x2 < part.x1 < part.x2
    assert run.y < added.y1 == added.y2 == part.y1 < run.y + run.size / 2
    assert run.y - run.size / 2 < deleted.y1 == deleted.y2 < run.y
    assert part.x2 - part.x1 < (added.x2 - added.x1) / 8


def test_marked_claims_say_what_was_changed():
    """The first reply's claims: what is underlined and struck is what the remarks tell; a new claim is clean."""
    text = (PAPERS.parent / "papers" / "claims-first.txt").read_text(encoding="utf-8")
    statuses = dict(re.findall(r"^(\d+)\. \*\*\((.+?)\)\*\*", text, flags=re.MULTILINE))
    assert [number for number, status in statuses.items() if status == "Currently amended"] == [
        "1",
        "6",
        "8",
        "9",
        "11",
    ]
    assert (statuses["5"], statuses["13"]) == ("Canceled", "New")
    assert "[+" not in text[text.index("13. **(New)**") :]
    claim = (PAPERS.parent / "papers" / "claims-filed.txt").read_text(encoding="utf-8")
    as_filed = re.sub(r"\[\+.*?\+\]", "", text).replace("[-", "").replace("-]", "")
    for number in ("6", "8", "11"):  # without what was added, with what was deleted, a claim is what was filed
        [filed] = re.findall(rf"^{number}\. (.+)$", claim, flags=re.MULTILINE)
        [marked] = re.findall(rf"^{number}\. \*\*\(.+?\)\*\* (.+)$", as_filed, flags=re.MULTILINE)
        assert marked.split() == filed.split()


def test_papers_agree_with_one_another():
    """Receipts name the pages of the papers filed that day; every date is a working day."""
    for row in LISTED:
        day = date.fromisoformat(row["date"])
        assert day.weekday() < 5
        if row["code"] == "N417":
            text = (PAPERS.parent / "papers" / f"{row['file']}.txt").read_text(encoding="utf-8")
            named = sorted(int(pages) for pages in re.findall(r"^\d+ \|\| .+ \|\| (\d+)$", text, flags=re.MULTILINE))
            filed = sorted(
                int(other["pages"]) for other in LISTED if other["date"] == row["date"] and other["code"] != "N417"
            )
            assert named == filed


def test_what_is_carried_is_small():
    """Texts and list together stay below 100 kB; there is no picture among them."""
    folder = ROOT / "components" / "sandbox" / "made_up"
    files = [file for file in folder.rglob("*") if file.suffix in (".txt", ".csv")]
    assert {file.suffix for file in folder.rglob("*") if file.is_file()} <= {".txt", ".csv", ".py", ".pyc"}
    assert sum(file.stat().st_size for file in files) < 100_000


@pytest.mark.parametrize("text", ["%table 50 50\na || b", "%figure 100\nline 1 2 3 4", "%colour red", "%look shiny"])
def test_damaged_text_is_an_error(text):
    """A block without an end, a command that is not known, another way of writing."""
    with pytest.raises(RecordingsDamaged, match="made-up paper"):
        lay_out(text, "text")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="reads the scans with the system's tesseract")
def test_banner_can_be_read_on_every_scan(tmp_path: Path):
    """By OCR, once a turned page lies upright."""
    import subprocess

    for index, row in enumerate(LISTED):
        document = pypdfium2.PdfDocument(made_up_pdf(index))
        for number in SCANNED.get(row["file"], []):
            picture = document[number - 1].render(scale=200 / 72).to_pil()
            if picture.width > picture.height:
                picture = picture.transpose(Image.Transpose.ROTATE_270)
            picture.crop((0, 0, picture.width, 160)).save(tmp_path / "banner.png")
            read = subprocess.run(
                ["tesseract", str(tmp_path / "banner.png"), "-", "--psm", "6"],
                capture_output=True, text=True, check=True, timeout=60,
            )  # fmt: skip
            assert "MADE-UP EXAMPLE" in read.stdout, (row["file"], number)
