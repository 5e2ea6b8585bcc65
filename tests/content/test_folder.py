"""The papers of a folder: its list, its text files, their pages, numbers and marks."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from components.content.folder.folder import FileProblem, pages_of_file, papers_in
from components.content.text import ReadText
from components.page_texts import PageText

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OCR = """PTO-90C (Rev. 10/03)

Office Action Summary

Application/Control Number: 10/555,123 ' Page 2
Art Unit: 2811

Claims 1-4 are rejected under
35 U.S.C. 102(b).

-Application/Contro| Number: 10/555,123 Page 3,
Art Unit: 2811

Claim 5 is allowed.
Application/Control Number: 10/555,123 Page l0
The end.
"""


def written(folder: Path, name: str, content: str | bytes) -> list[PageText]:
    """Write a file and return its pages."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return pages_of_file(path)


def word_file(body: str, **parts: str) -> bytes:
    """Return a Word file with this body and further parts, by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, xml in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>')
    return target.getvalue()


def paragraph(*runs: str, before: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p>{before}{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_the_page_of_ocr_text_is_the_number_in_its_running_head(tmp_path: Path) -> None:
    """What stands before the head of page 2 is page 1; heads that were misread are heads all the same."""
    pages = written(tmp_path, "a.txt", OCR)
    assert [page.page for page in pages] == [1, 2, 3, 4]
    assert pages[0].lines[0] == "PTO-90C (Rev. 10/03)"
    assert pages[2].lines[-1] == "Claim 5 is allowed."


def test_text_without_page_marks_is_one_page_with_the_number_0(tmp_path: Path) -> None:
    """Also where the words of a running head stand in the middle of a line."""
    text = "Claims 1-3 are allowed. " * 20 + "Application/Control Number: 10/555,123 Page 2 Art Unit: 2811"
    pages = written(tmp_path, "a.txt", text)
    assert [page.page for page in pages] == [0]
    assert (pages[0].engine, pages[0].confidence, pages[0].words[0].box) == ("text file", 100, (0, 0, 0, 0))


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    """One at the end of the text parts nothing."""
    assert [page.page for page in written(tmp_path, "a.txt", "One\n\fTwo\n\f\n")] == [1, 2]
    assert [page.page for page in written(tmp_path, "b.txt", "One\n\f\n")] == [0]


def test_an_empty_line_parts_paragraphs(tmp_path: Path) -> None:
    """As the text that the rules read shows."""
    assert ReadText(written(tmp_path, "a.txt", "One\ntwo.\n\nThree.")).text.startswith("One\ntwo.\n\nThree.")


def test_markdown_loses_its_signs_and_keeps_its_marks(tmp_path: Path) -> None:
    """Struck and underlined words are marked; double brackets and numbers stay."""
    (page,) = written(tmp_path, "a.md", "## **_Claims_**\n\n1\\. A ~~first~~ <u>second</u> cell[[s]] of _two_.\n")
    assert page.lines == ["Claims", "1. A first second cell[[s]] of two."]
    assert page.marks is not None
    assert {(page.words[mark.word].text, mark.kind) for mark in page.marks} == {
        ("first", "struck"),
        ("second", "underlined"),
    }


def test_markdown_without_marks_was_not_looked_at_for_lines(tmp_path: Path) -> None:
    """Its marks are unknown, not none."""
    assert written(tmp_path, "a.md", "1. A cell.")[0].marks is None


def test_a_word_file_has_its_paragraphs_numbers_and_marks(tmp_path: Path) -> None:
    """Automatic numbers are counted, by level; a mark of a part of a word is one of that part."""
    listed = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = (
        paragraph(run("Claims"))
        + paragraph(run("A box of "), run("one ", "<w:strike/>"), before=listed.format(0))
        + paragraph(run("a lid"), run("s", '<w:u w:val="single"/>'), before=listed.format(1))
        + paragraph(run("The box", '<w:u w:val="none"/>'), before=listed.format(0))
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    (page,) = written(tmp_path, "a.docx", word_file(body, numbering=numbering))
    assert page.lines == ["Claims", "1. A box of one", "(a) a lids", "2. The box", "gone"]
    assert page.marks is not None
    assert [(page.words[mark.word].text, mark.kind, mark.left) for mark in page.marks] == [
        ("one", "struck", 0.0),
        ("lids", "underlined", 0.75),
        ("gone", "struck", 0.0),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", b"no archive", "it is no Word file"),
        ("a.docx", word_file("<w:p>"), "it is damaged"),
        ("a.docx", word_file("<w:p>" * 3_000 + "</w:p>" * 3_000), "nested too deeply"),
        ("a.rtf", b"{}", "does not end with"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """In a sentence that names it."""
    with pytest.raises(FileProblem, match=says):
        written(tmp_path, name, content)


def test_the_list_of_a_folder_says_what_its_papers_are(tmp_path: Path) -> None:
    """Files of other endings are left alone; one that is missing, or outside the folder, is named with the problem."""
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "index.csv").write_text(
        "file,application_number,date,document_code,kind\n"
        'a.txt,"15/599,191",2018-09-18,CTNF,"non-final action, scan"\n'
        "b.pdf,,,CTFR,final\nc.json,,,CLM,claims\n../d.txt,,,CTNF,\ne\0.txt,,,CTNF,\n"
    )
    first, missing, outside, unnamed = papers_in(tmp_path)
    assert unnamed.problem == "this is no name of a file"
    assert (first.application, first.day, first.code) == ("15599191", date(2018, 9, 18), "CTNF")
    assert (first.kind, first.problem) == ("non-final action, scan", "")
    assert missing.problem == "there is no such file"
    assert outside.problem == "the file is not in this folder"


def test_a_folder_without_a_list_has_the_files_that_can_be_read(tmp_path: Path) -> None:
    """What is known of them is what their names say."""
    (tmp_path / "95508_16807146_09-13-2022_CLM.PDF").write_bytes(b"")
    (tmp_path / "notes.json").write_text("{}")
    (tmp_path / "link_CTNF.txt").symlink_to(Path(__file__))  # a file outside of the folder
    (paper,) = papers_in(tmp_path)
    assert (paper.application, paper.day, paper.code) == ("16807146", date(2022, 9, 13), "CLM")


def test_a_folder_that_is_not_there_or_has_nothing_is_refused(tmp_path: Path) -> None:
    """With the reason."""
    with pytest.raises(FileProblem, match="is no folder"):
        papers_in(tmp_path / "none")
    with pytest.raises(FileProblem, match="has no papers"):
        papers_in(tmp_path)
