"""`python -m components.content FOLDER`: a line a paper, or the comparison with what a person read."""

import json
from pathlib import Path
from typing import Any

import pytest

from components.content.__main__ import main

ACTION = """Office Action Summary Examiner Art Unit
Mary E. Gardner 2823
A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE 3 MONTHS FROM THE MAILING
Disposition of Claims
5) Claim(s) 1-3 is/are pending in the application.
7) Claim(s) 1-3 is/are rejected.
Application Papers
PTOL-326 (Rev. 11-13) Office Action Summary Part of Paper No./Mail Date 20180912

Application/Control Number: 15/555,123 Page 2
Art Unit: 2823

Claims 1-2 are rejected under 35 U.S.C. 102(a)(1) as being anticipated by Baker (US 2015/0380679).

Claim 3 is rejected under 35 U.S.C. 103 as being unpatentable over Baker in view of Miller (US 9,443,565).
"""
FIRST_CLAIMS = "What is claimed is:\n\n1. A box with a lid.\n\n2. The box of claim 1, which is red.\n"
AMENDED = """1. (Currently amended) A box with a ~~lid~~ <u>round cover</u>.

2. (Original) The box of claim 1, which is red.
"""
INDEX = """file,application_number,date,document_code,kind
amended.md,"15/555,123",2018-12-01,CLM,amended claims
action.txt,"15/555,123",2018-09-18,CTNF,non-final
first.txt,"15/555,123",2017-05-18,CLM,claims
notes.json,"15/555,123",2017-05-18,CLM,no paper
"""
TRUTH = """file,kind,value,page,sure,note
action.txt,ground,"statute=102(a)(1); claims=1, 2; references=Baker",p.2,sure,
action.txt,ground,statute=103; claims=3-4; references=Baker; Miller,p.2,sure,
action.txt,examiner,Mary E. Gardner,form,sure,
action.txt,art_unit,2833,form,sure,
action.txt,claim_status,rejected=1-3,form,sure,
amended.md,claim_text_change,claim 1 inserted (underlined): round cover,p.1,sure,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three papers, one that is missing, and what a person read in them: twice wrong."""
    files = {"action.txt": ACTION, "first.txt": FIRST_CLAIMS, "amended.md": AMENDED, "notes.json": "{}",
             "index.csv": INDEX + "gone.txt,,,CTFR,final\n", "truth.csv": TRUTH}  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    """Return the lines of the command, by file."""
    assert main([str(folder), "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {record["file"]: record for record in records}


def test_a_line_says_what_a_paper_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Grounds with quote and page, statuses, examiner; what does not apply is left out."""
    assert lines(folder, capsys)["action.txt"] == {
        "file": "action.txt",
        "engine": "text file",
        "grounds": [
            {
                "statute": "102(a)(1)",
                "claims": [1, 2],
                "references": ["Baker (US 2015/0380679 A1)"],
                "quote": "Claims 1-2 are rejected under 35 U.S.C. 102(a)(1) as being anticipated by Baker (US "
                "2015/0380679).",
                "page": 2,
            },
            {
                "statute": "103",
                "claims": [3],
                "references": ["Baker (US 2015/0380679 A1)", "Miller (US 9,443,565)"],
                "quote": "Claim 3 is rejected under 35 U.S.C. 103 as being unpatentable over Baker in view of Miller "
                "(US 9,443,565).",
                "page": 2,
            },
        ],
        "status": {"pending": [1, 2, 3], "rejected": [1, 2, 3]},
        "examiner": "Mary E. Gardner",
        "art_unit": "2823",
        "finality": "non-final",
        "reply_months": 3,
    }


def test_claims_are_compared_with_the_set_before_in_the_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By date, whatever the order of the list; the first set is compared with none."""
    read = lines(folder, capsys)
    changed, same = read["amended.md"]["claims"]
    assert (changed["number"], changed["status"], changed["text"]) == (
        1,
        "currently amended",
        "A box with a round cover.",
    )
    assert (changed["struck"], changed["added"]) == (["lid."], ["round cover."])
    assert [(mark["kind"], mark["text"]) for mark in changed["marks"]] == [("struck", "lid"), ("added", "round cover")]
    assert (same["added"], same["struck"]) == ([], [])
    assert "added" not in read["first.txt"]["claims"][0]


def test_a_file_that_cannot_be_read_is_a_line_with_the_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files of other endings are no papers."""
    read = lines(folder, capsys)
    assert read["gone.txt"] == {"file": "gone.txt", "problem": "there is no such file"}
    assert "notes.json" not in read


def test_without_json_each_difference_is_listed_with_its_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And counted; a person's two slips show as two differences."""
    assert main([str(folder)]) == 0
    out = capsys.readouterr().out
    assert "action.txt, page p.2: grounds: 103 of 3-4, read as 103 of 3\n" in out
    assert "action.txt, page form: art unit: 2833, read as '2823'\n" in out
    assert "grounds: 1 false, 1 missed, 1 right (of 3)\n" in out
    assert "form lines: 1 right (of 1)\n" in out
    assert "changes of claims: 1 right (of 1)\n" in out
    assert "not on their page" not in out


def test_a_folder_that_cannot_be_used_ends_with_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the error output, with another exit status."""
    assert main([str(tmp_path / "none"), "--json"]) == 2
    assert "is no folder" in capsys.readouterr().err
    assert main([str(tmp_path), "--json"]) == 2
    assert "has no papers" in capsys.readouterr().err


def test_nothing_is_compared_without_what_a_person_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before any paper is read."""
    (folder / "truth.csv").unlink()
    assert main([str(folder)]) == 2
    assert "truth.csv cannot be read" in capsys.readouterr().err
