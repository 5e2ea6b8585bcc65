"""The tables of codes and categories: complete, consistent, and drawable."""

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.prosecution import (
    LANES,
    OFFICE_LANES,
    SIDES,
    STATUSES,
    RuleTableBroken,
    category_table,
    code_table,
)
from components.prosecution.law import rule_files
from components.prosecution.law.categories import category_facts
from components.prosecution.law.codes import codes_of, prefixes_of, shared_codes_of
from components.prosecution.law.negations import negations
from components.prosecution.law.phrases import code_phrases_of, covered_papers, packages_of, phrases_of
from components.prosecution.law.titles import description_words
from components.prosecution.law.vocabulary import COUNT_COLUMNS
from tests.prosecution.conftest import rows_of

KEY_CODES = {  # conventions of patent attorneys: code → what it is
    "CTNF": "non_final_rejection", "CTFR": "final_rejection", "CTAV": "advisory_action", "CTRS": "restriction",
    "CTEQ": "quayle", "NOA": "allowance", "ISSUE.NTF": "issue", "EXIN": "interview", "INTV.SUM.EX": "interview",
    "INTV.SUM.APP": "interview", "RCEX": "rce", "IDS": "ids", "REM": "remarks", "CLM": "claims",
    "892": "references_cited", "SRNT": "examiner_search", "SRFW": "examiner_search", "DIST": "terminal_disclaimer",
    "DISQ": "terminal_disclaimer_decision", "XT/": "extension", "N/AP": "notice_of_appeal", "AP.B": "appeal_brief",
    "ABN": "abandonment", "A...": "reply_to_non_final", "A.NE": "reply_after_final",
    "A.NA": "amendment_after_allowance", "A.PE": "preliminary_amendment", "ELC.": "election",
    "EX.A": "examiners_amendment", "APEA": "examiners_answer", "IFEE": "issue_fee", "1449": "references_considered",
    "AMSB": "amendment_with_rce", "PETWDISS": "petition_to_withdraw", "COCIN": "correction_request",
}  # fmt: skip


def contrast(first: str, second: str) -> float:
    """Compute the contrast ratio of two colours as WCAG 2.1 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_every_code_of_the_shared_list_is_carried_over_with_its_name(data: Path):
    """No code, name or count of the shared list is lost."""
    given = {(row["office"], row["code"]): row for row in rows_of(data / "doc_codes.csv")}
    table = {(row.office, row.code): row for row in code_table().itertuples()}
    assert set(given) <= set(table)
    for code, row in given.items():
        assert (table[code].name, table[code].other_names) == (row["name"], row["other_names"])
        assert table[code].times_seen == int(row["times_seen"])


def test_every_code_has_a_category_with_label_and_lane():
    """Each listed code leads to a row of the table of categories that can be said and drawn."""
    drawn = category_table().set_index("category")
    found = drawn.loc[code_table()["category"]]
    assert found["label"].str.len().min() > 0
    assert set(found["lane"]) <= set(LANES)
    assert "unclassified" not in set(code_table()["category"])


def test_sides_agree_with_the_directions_of_the_shared_list(data: Path):
    """Of the codes that the shared list has, only papers whose listed direction contradicts their name differ."""
    ours = code_table().query("office == 'US' and direction != 'third'").set_index("code")["direction"]
    given = {row["code"]: row["direction"] for row in rows_of(data / "doc_codes.csv") if row["office"] == "US"}
    differing = {code for code, direction in ours.items() if given.get(code, direction) != direction}
    assert differing == {
        "PET.DEC.AUTO",  # an automatic grant letter is the Office's
        "DED.",  # a dedication to the public is the patentee's
    }


@pytest.mark.parametrize(("code", "category"), KEY_CODES.items())
def test_the_codes_that_attorneys_know_mean_what_they_expect(code: str, category: str):
    """The words of the field, code by code."""
    table = code_table().query("office == 'US'").set_index("code")
    assert table.loc[code, "category"] == category


def test_lanes_stand_in_the_order_office_then_applicant():
    """The table of categories begins with the Office's lanes and knows all eleven."""
    assert list(category_table()["lane"].cat.categories) == [
        "Office actions", "Allowance and issue", "Interviews", "Decisions and letters", "Appeal", "Replies and RCE",
        "IDS", "Petitions and extensions", "Filing", "International phase", "Other",
    ]  # fmt: skip
    assert set(category_table()["lane"]) == set(LANES)
    assert set(category_table()["side"]) <= set(SIDES)


def test_a_lane_holds_the_papers_of_one_side():
    """What is from the Office stands above, what is from the applicant below, but for the international phase."""
    table = category_table()
    table = table[table["lane"] != "International phase"]  # which has a lane of its own, whoever wrote its papers
    above = table["lane"].isin(OFFICE_LANES)
    assert set(table[above]["side"]) <= {"office", "internal"}
    assert set(table[~above]["side"]) <= {"applicant", "third party", "unclassified"}


def test_colours_can_be_seen_on_white_and_on_the_dark_ground():
    """Every colour has the contrast of at least 3 that WCAG 2.1 (1.4.11) asks of graphics."""
    table = category_table()
    assert min(contrast(colour, "#ffffff") for colour in table["colour_light"]) >= 3
    assert min(contrast(colour, "#12171e") for colour in table["colour_dark"]) >= 3


def test_symbols_are_plotly_symbols():
    """A figure with any of the symbols is valid."""
    for symbol in category_table()["symbol"]:
        assert go.Scatter(marker={"symbol": symbol}).marker.symbol == symbol


def test_events_are_told_apart_by_symbol_within_their_lane():
    """Without colour, two kinds of event of one lane still look different, but for replies of different offices."""
    events = category_table().query("key")
    doubled = events[events.duplicated(["lane", "symbol"], keep=False)]["category"]
    assert set(doubled) == {"reply_to_non_final", "reply"}


def test_statuses_and_counts_are_known_to_the_headline():
    """What a category decides or counts is a status or a column of `histories`."""
    for category in category_facts():
        assert category.status in (*STATUSES, None)
        assert set(category.counts) <= set(COUNT_COLUMNS)


def test_every_rule_of_every_table_is_readable():
    """Prefixes, shared codes and description words lead to categories and sides."""
    assert len(description_words()) > 200
    for office in ("US", "EP", "JP"):
        assert prefixes_of(office)
    assert set(shared_codes_of("JP")) == {"A63"}


@pytest.mark.parametrize(
    "table",
    [
        "us",
        "ep",
        "jp",
        "code_prefixes",
        "shared_codes",
        "description_words",
        "office_phrases",
        "package_labels",
        "code_phrases",
        "negations",
        "covering_papers",
        "abandonment_papers",
        "after_grant",
        "grant_kinds",
        "issue_papers",
        "refusals",
        "rounds_after_issue",
    ],
)
def test_every_row_says_where_it_is_from(table: str):
    """A rule without a source cannot be checked by the attorney who relies on it."""
    rows = rows_of(rule_files.FOLDER / f"{table}.csv")
    assert rows
    assert [row for row in rows if not row["source"].strip()] == []


def test_no_title_is_listed_twice():
    """The same words under two kinds of paper would contradict each other, unless they are an office's own."""
    titles = [(title.words, title.offices) for title in description_words()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("category", "ep", "jp"),
    [
        ("communication", "2001", "A131"),
        ("reply", "EXRE3", "A53"),
        ("amendment", "ABEX", "A523"),
        ("allowance", "2004", "A01"),
        ("issue", "2006", "R150"),
        ("refusal", "2007", "A02"),
        ("search_report", "1503", "A971007"),
        ("search_report", "1703", "A971007"),
        ("interview", "2036", "A971015"),
        ("extension", "EXRE92", "A601"),
        ("extension", "EXRE92", "A603"),
        ("application", "1001", "A63"),
        ("national_entry", "1200", "A632"),
        ("opposition", "2300", "C561"),
        ("priority", "PRIODOC", "A79"),
        ("power_of_attorney", "FREP", "A7422"),
        ("claims", "CLMS", "A6333"),
        ("specification", "DESC", "A6330"),
        ("drawings", "DRAW", "A6331"),
        ("abstract", "ABST", "A6332"),
    ],
)
def test_what_is_comparable_at_the_epo_and_the_jpo_is_one_category(category: str, ep: str, jp: str):
    """Art. 94(3) EPC and Art. 50 of the Japanese Patent Act both communicate reasons; and so on, paper by paper."""
    table = code_table().set_index(["office", "code"])["category"]
    assert (table["EP", ep], table["JP", jp]) == (category, category)


def test_phrases_are_of_listed_codes_and_known_categories():
    """A phrase for a code that no list has, or for a category that does not exist, could never be said."""
    names = {facts.category for facts in category_facts()}
    offices = {row["office"] for row in rows_of(rule_files.FOLDER / "office_phrases.csv")}
    assert {"CN", "DE", "EP", "JP", "KR"} <= offices
    for office in offices:
        assert set(phrases_of(office)) <= names
    for office in ("US", "EP", "JP"):
        listed = {code.rstrip(".") for code in codes_of(office)} | {""}
        assert set(code_phrases_of(office)) <= listed


def test_packages_replace_what_is_among_their_papers():
    """A package that said a paper that is not there would say too much."""
    assert packages_of("US")
    for office in ("US", "EP", "JP", ""):
        assert all(package.replaces <= package.members for package in packages_of(office))


def test_tables_given_out_can_be_changed_without_harm():
    """A caller that changes its copy changes nobody else's."""
    table = category_table()
    table["label"] = "changed"
    code_table().drop(columns="code")
    assert "changed" not in set(category_table()["label"])
    assert "code" in code_table()
    assert isinstance(table, pd.DataFrame)


def test_a_broken_table_is_refused_with_the_line_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An unknown lane is named in the error rather than drawn nowhere."""
    with (rule_files.FOLDER / "categories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[3]["lane"] = "Nowhere"
    with (tmp_path / "categories.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    with pytest.raises(RuleTableBroken, match=r"categories\.csv, line 5, column lane: 'Nowhere'"):
        category_facts.__wrapped__()


@pytest.mark.parametrize(
    ("table", "row", "read_table"),
    [
        ("package_labels", "US,claims fee,claims,amendment,,x", lambda: packages_of.__wrapped__("US")),
        ("package_labels", "US,claims,rce,amendment,,x", lambda: packages_of.__wrapped__("US")),
        ("description_words", "English,claims,anywhere,,claims,in,x", description_words.__wrapped__),
        ("description_words", "English,claim*,begins,,claims,in,x", description_words.__wrapped__),
        ("description_words", "Korean,도면,begins,,drawings,in,x", description_words.__wrapped__),
        ("description_words", "English,claims,whole,,clams,in,x", description_words.__wrapped__),
        ("code_prefixes", "US,ZZ,yes,claims,inwards,x", lambda: prefixes_of.__wrapped__("US")),
        ("negations", "English,negatez,withdrawn,,x", negations.__wrapped__),
        ("negations", "English,negates,*,,x", negations.__wrapped__),
        ("negations", "English,negates,withdrawn,clams,x", negations.__wrapped__),
        ("covering_papers", "transmittal,clams,x", covered_papers.__wrapped__),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(
    table: str, row: str, read_table: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A row with an unknown category, direction or way to match stops the reading rather than being passed over."""
    heading = (rule_files.FOLDER / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / f"{table}.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    with pytest.raises(RuleTableBroken):
        read_table()
