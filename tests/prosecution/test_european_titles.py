"""What each title of a paper in the European Patent Register says, in the ways in which it is written.

The table `european_titles.csv` was made by hand: titles as the Register's lists have them now and had them, in its
three languages, with the plural, other abbreviations of a provision, brackets, capitals, and the number of a form
before or after them. Three sources gave titles that the files at hand do not have: the document names in tests of
public programs that read the Register, the list of codes and names of a public Global Dossier reader, and the EPO's
forms named in the Guidelines for Examination.

Only its first part was written before the titles of `ep_titles.csv` were seen. The later ones were added because a
reading of them was wrong, or to try a rule on neighbours of the titles that led to it: what is expected was written
before each was tried, but by who knew the table, and some of their wordings are not confirmed. So that they all pass
says that nothing which was once read right is lost, not how many titles of an unseen file will be read right.
"""

from collections import Counter
from pathlib import Path

import pytest

from components.prosecution.law.office_titles import title_form, title_rows
from components.prosecution.papers.classification import classification_of
from components.prosecution.papers.labels import label_of
from tests.prosecution.conftest import rows_of

TABLE = Path(__file__).with_name("european_titles.csv")


def titles() -> list[tuple[str, str, str]]:
    """Return title, category and side of each row of the table."""
    return [(row["title"], row["category"], row["side"]) for row in rows_of(TABLE)]


def read_as(title: str, code: str = "") -> tuple[str, str]:
    """Return category and side of a paper of the EPO."""
    found = classification_of("EP", code, title)
    return found.category.table_name, found.side.table_name


@pytest.mark.parametrize(("title", "category", "side"), titles())
def test_a_title_says_what_the_paper_is_and_whom_it_is_from(title: str, category: str, side: str):
    """Without any code, since the Register has none."""
    assert read_as(title) == (category, side)


@pytest.mark.parametrize(("title", "category", "side"), titles())
def test_the_spelling_of_a_title_does_not_matter(title: str, category: str, side: str):
    """Capitals, blanks at the ends, double blanks, and a full stop."""
    assert read_as(f"  {title.upper().replace(' ', '  ')}. ") == (category, side)


@pytest.mark.parametrize(
    ("code", "title", "category"),
    [
        ("2049A", "Consultation by telephone/in person (with time limit)", "communication"),
        ("2049A", "Consultation by telephone - with a time limit of one month", "communication"),
        ("2036", "Result of consultation by telephone/in person (with time limit)", "communication"),
        ("2036", "Result of consultation by telephone/in person", "interview"),
        ("2001", "Communication pursuant to Rule 164(2)(a) EPC", "search_invitation"),
        ("2944A", "Refusal of extension of time limit", "office_letter"),
        ("2944A", "Grant of extension of time limit (examination procedure)", "extension_granted"),
        ("1205N", "Loss of the right of priority", "partial_loss"),
        ("2006A", "Transmission of the certificate for a European patent", "grant_certificate"),
        ("XYZ", "Communication from the Examining Division", "communication"),
    ],
)
def test_a_title_decides_before_a_code(code: str, title: str, category: str):
    """Services fill in codes of their own; the title is the Register's."""
    assert read_as(title, code)[0] == category


@pytest.mark.parametrize(
    "title",
    [
        "Communication under Rule 999 EPC",
        "Notice of something that no form names",
        "Beschluss über das Wetter",
        "Decision to refuse the better world",
        "Decision to grant the better world",
    ],
)
def test_a_title_that_no_table_knows_stays_unclassified(title: str):
    """What it is cannot be told from its first words."""
    assert read_as(title) == ("unclassified", "unclassified")


def test_no_title_is_two_kinds_of_paper():
    """The spelling in which titles are compared keeps apart what differs."""
    kinds: dict[str, set[str]] = {}
    for row in title_rows("EP"):
        for wording in row.wordings:
            kinds.setdefault(title_form(wording), set()).add(f"{row.category.table_name} {row.direction}")
    assert {form: found for form, found in kinds.items() if len(found) > 1} == {}


def test_at_most_one_in_fifty_european_papers_at_hand_is_unclassified(data: Path):
    """Of all European papers, with their codes and without them; and none of them is one that a period follows."""
    papers = [
        (row["doc_code"], row["description"])
        for folder in (data, data / "register")
        for path in sorted((folder / "file_histories").glob("EP*.csv"))
        for row in rows_of(path)
    ]
    unknown = Counter(
        title for code, title in papers for given in (code, "") if read_as(title, given)[0] == "unclassified"
    )
    assert len(papers) > 600
    assert sum(unknown.values()) <= len(papers) * 2 / 50, unknown


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            (
                "Reminder period for payment of examination fee/designation fee and correction of deficiencies in "
                "Written Opinion/amendment"
            ),
            "Invitation under Rules 69 and 70a",
        ),
        ("Communication pursuant to Rule 69 EPC", "Communication under Rule 69"),
        ("Invitation to declare maintenance of the application", "Invitation under Rule 70(2)"),
        ("Communication pursuant to Rules 70(2) and 70a(2) EPC", "Invitation under Rules 70(2) and 70a(2)"),
        ("Invitation pursuant to Article 96(1) EPC", "Invitation under Article 96(1)"),
        ("Communication pursuant to Rules 161(1) and 162 EPC", "Communication under Rules 161(1) and 162"),
        ("Communication pursuant to Rules 109 and 110 EPC", "Communication under Rules 109 and 110"),
        ("Invitation pursuant to Rule 62a(1) EPC", "Invitation under Rule 62a"),
        ("Invitation pursuant to Rule 62a(1) EPC and Rule 63(1) EPC", "Invitation under Rules 62a and 63"),
        ("Communication pursuant to Rule 164(2)(a) EPC", "Invitation to pay search fees (Rule 164(2)(a))"),
        ("Invitation to pay additional search fees", "Invitation to pay search fees"),
        ("Communication pursuant to Article 94(3) EPC", "Art. 94(3) communication"),
        ("Consultation by telephone (with time limit)", "Consultation with a time limit"),
        ("Supplementary European search report", "Supplementary European search report"),
        ("Partial European search report", "Partial European search report"),
        ("Decision to allow further processing", "Decision to allow further processing"),
        ("Decision to reject the request for further processing", "Decision to refuse further processing"),
        ("F3011.1 Oral Proceedings: summons", "Summons to oral proceedings before the Board"),
        ("Decision rejecting the opposition", "Decision to reject the opposition"),
        (
            "Decision to maintain the European patent in amended form",
            "Decision to maintain the patent in amended form",
        ),
        ("Interlocutory decision", "Interlocutory decision in the opposition"),
        ("Decision to refuse the request for accelerated examination", "Refusal of a request"),
        ("Communication under Rule 95(2) EPC", "Communication in the limitation procedure"),
        ("Decision revoking the European patent", "Decision to revoke the patent"),
        ("Withdrawal of the opposition", "Withdrawal of the opposition"),
        ("Loss of the right of priority", "Loss of the right of priority"),
        ("Mitteilung gemäß Regel 70(2) EPÜ", "Invitation under Rule 70(2)"),
    ],
)
def test_a_paper_is_called_by_what_it_is(title: str, expected: str):
    """A European attorney names a communication by its rule, and a decision by what it decides."""
    category = classification_of("EP", "", title).category
    assert label_of("EP", frozenset({category}), "", title) == expected
