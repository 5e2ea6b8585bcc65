"""The report: everything that is said, nothing that runs or asks, and a fingerprint that anybody can compute."""

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from components.charts import timeline
from components.exports.archive_contents import readme_text
from components.exports.calendar import ics_of
from components.exports.checksums import all_sha256, data_sha256
from components.exports.report import html_of
from components.exports.selection import Selection
from components.exports.xlsx import xlsx_of
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import Tables, read_histories
from tests.conftest import ROOT
from tests.exports.conftest import hostile_texts, make_history, make_selection
from tests.exports.pages import Reader

ONE = "US14/412875"
HOSTILE = [
    *hostile_texts(),
    "</script><script>alert(1)</script>",
    "</td></tr></table><h1>x",
    "<!--",
    "--><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% for x in y %}",
    "&lt;b&gt; &#x3c;i&#x3e;",
    "\u202egnp.exe\u202c",
    "</title></style><style>@import url(https://evil.example)</style>",
    "<svg/onload=alert(1)>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
]


def draw(selection: Selection, **options: Any) -> dict[str, Any]:
    """Draw the timeline of a selection as the page does."""
    order = selection.histories["history"].tolist()
    options = {"titles": selection.titles, "dark": False, "rounds": selection.rounds} | options
    return timeline(selection.documents, order=order, **options)


def report(selection: Selection, **options: Any) -> Reader:
    """Make the report of a selection and read it back."""
    return Reader(html_of(selection, figure=draw(selection, **options)))


def tables_of(tables: Tables, *histories: str) -> Tables:
    """Take some histories out of the tables."""
    frames = (tables.documents, tables.submissions, tables.rounds, tables.histories)
    documents, submissions, rounds, facts = (
        frame[frame["history"].isin(histories)].reset_index(drop=True) for frame in frames
    )
    return replace(tables, documents=documents, submissions=submissions, rounds=rounds, histories=facts)


@pytest.fixture(scope="module")
def selection_of_one(real_tables: Tables) -> Selection:
    """US 10,765,880 B2, every document."""
    return make_selection(tables_of(real_tables, ONE))


@pytest.fixture(scope="module")
def whole(selection_of_one: Selection) -> Reader:
    """Its report."""
    return report(selection_of_one)


def spelled(rows: Sequence[dict[str, str]], history: str) -> bytes:
    """Spell the rows of a CSV as the report's foot asks, by hand rather than with a JSON library's sorting."""
    texts = []
    for row in rows:
        day = row["date"]
        date = f'"{day[:4]}-{day[4:6]}-{day[6:]}"' if day else "null"
        code, description = (json.dumps(row[name], ensure_ascii=False) for name in ("doc_code", "description"))
        pages = row["page_number"] if row["page_number"] not in ("", "0") else "null"
        texts.append(f'{{"code":{code},"date":{date},"description":{description},"pages":{pages}}}')
    return f'{{"documents":[{",".join(sorted(texts))}],"history":"{history}"}}'.encode()


def test_the_head_says_what_it_is_of_which_data_and_when_it_was_made(whole: Reader) -> None:
    """Numbers, documents and pages, the day of the data and that of the report."""
    head = whole.text[:600]
    assert "US 10,765,880 B2 14/412,875" in head
    assert "184 documents, 1,050 pages (2 without a page count) in this report" in head
    assert "data retrieved 1 Jun 2025, 12:00 UTC · report made 2 Jan 2026, 15:04 UTC" in head
    assert ("html", {"lang": "en"}) in whole.elements
    assert ("meta", {"charset": "utf-8"}) in whole.elements


def test_a_reading_that_is_not_certain_is_told_beside_the_status(whole: Reader) -> None:
    """No real list of the KIPO was found; the USPTO's codes are compared with its own logs."""
    tables = read_histories([make_history([(20190819, "", "특허출원서")], apno="KR10-2019-0100885")])
    told = report(make_selection(tables)).text
    assert "Papers read by title, unconfirmed: titles of the main steps were seen in public" in told
    assert "Papers read by" not in whole.text


def test_the_facts_are_those_of_the_office(whole: Reader) -> None:
    """Dates of 14/412,875 as its office's log has them, and each milestone once."""
    for words in ("Status Granted", "Filed 5 Jan 2015", "First action 25 Oct 2016", "Allowed 27 Apr 2020",
                  "Issue notification 19 Aug 2020", "Held 184 of 184 documents"):  # fmt: skip
        assert words in whole.text
    assert "Status Granted issue notification of 19 Aug 2020 as of the last listed document, 22 Nov 2022" in whole.text
    # 5 Jan 2015 to 19 Aug 2020 is 2,053 days.
    days = re.findall(r"([\d,]+) days with the (Office|applicant)", whole.text)
    assert [side for _, side in days] == ["Office", "applicant"]
    assert sum(int(count.replace(",", "")) for count, _ in days) == 2_053


def test_each_document_stands_in_the_table(whole: Reader, data: Path, index: dict[str, dict[str, str]]) -> None:
    """All rows of the office's list: date, code, description, pages; with a link that this app serves."""
    with (data / "file_histories" / f"{index[ONE]['file']}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head, *body = whole.papers
    assert head == ["Date (sent/received)", "Code", "Description", "Category", "Side", "Round", "Pages", "PDF"]
    shown = [(pd.Timestamp(row[0]).strftime("%Y%m%d"), row[1], row[2], row[6]) for row in body]
    unpaged = {"0": ""}
    texts = [
        (row["date"], row["doc_code"], row["description"], unpaged.get(row["page_number"], row["page_number"]))
        for row in rows
    ]
    assert sorted(shown) == sorted(texts)
    links = [value for value in whole.values("href") if value.startswith("http")]
    assert len(links) == len(rows)
    assert all(link.startswith("https://review.example/documents/token-") for link in links)


def test_each_statement_leads_to_its_documents(whole: Reader, selection_of_one: Selection) -> None:
    """The summary stands there whole, and every link inside the page leads to something in it."""
    assert len(selection_of_one.stories[ONE]) >= 5
    for line in selection_of_one.stories[ONE]:
        assert line.text in whole.text
    ids = whole.values("id")
    assert len(set(ids)) == len(ids)
    inner = [value[1:] for value in whole.values("href") if value.startswith("#")]
    assert set(inner) <= set(ids)
    assert len(inner) > sum(len(line.documents) for line in selection_of_one.stories[ONE])


def test_the_rounds_say_what_answered_what_and_on_what_authority(whole: Reader) -> None:
    """The action of 25 October 2016 was answered on the last day that three months of extension allow."""
    rows = [row for row in whole.tables[0] if row[2] == "25 Oct 2016"]
    assert len(rows) == 1
    assert rows[0][1].split() == ["Non-final", "rejection", "CTNF"]
    assert rows[0][3:6] == ["25 Jan 2017", "25 Apr 2017", "25 Apr 2017"]
    assert rows[0][7:9] == ["25 Apr 2017", "182"]
    assert rows[0][9].startswith("3 months")
    assert "37 CFR 1.134, 1.136(a)" in rows[0][11]
    assert "computed from document dates; not legal advice" in whole.text


def test_an_answer_that_is_owed_has_its_day() -> None:
    """Three months from 2 May 2025 end on a Saturday, six on a Sunday (37 CFR 1.7)."""
    tables = read_histories([make_history([(20230110, "SPEC"), (20230110, "CLM"), (20250502, "CTNF")])])
    text = report(make_selection(tables, made=datetime(2025, 6, 2, 9, 0, tzinfo=UTC))).text
    assert "Reply due 4 Aug 2025; with 3 months of extension until 3 Nov 2025" in text
    assert "154 days left when this report was made" in text  # 28 + 31 + 31 + 30 + 31 + 3
    passed = report(make_selection(tables, made=datetime(2025, 12, 1, 9, 0, tzinfo=UTC))).text
    assert "has passed" in passed


def test_the_fingerprint_can_be_computed_from_the_offices_list(
    whole: Reader, data: Path, index: dict[str, dict[str, str]]
) -> None:
    """By the recipe of the report's foot, from the rows of the CSV."""
    with (data / "file_histories" / f"{index[ONE]['file']}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = hashlib.sha256(spelled(rows, ONE)).hexdigest()
    assert whole.text.count(expected) == 2


def test_the_fingerprint_can_be_computed_from_the_file_alone() -> None:
    """Its block of data holds the documents as they were delivered, whatever was in them."""
    papers = [(20200100 + number % 28, "CTNF", text, None) for number, text in enumerate(HOSTILE, 1)]
    tables = read_histories([make_history(papers, "US14/1"), make_history(papers[:3], "US14/2")])
    page = report(make_selection(tables))
    values = {}
    for held in page.block("data"):
        rows = [
            {"doc_code": row["code"], "date": (row["date"] or "").replace("-", ""), "description": row["description"],
             "page_number": str(row["pages"] or "")} for row in held["documents"]
        ]  # fmt: skip
        values[held["history"]] = hashlib.sha256(spelled(rows, held["history"])).hexdigest()
        assert values[held["history"]] in page.text
    values_as_json = f'{{"US14/1":"{values["US14/1"]}","US14/2":"{values["US14/2"]}"}}'
    assert hashlib.sha256(values_as_json.encode()).hexdigest() in page.text


def test_the_fingerprint_is_that_of_one_fixed_spelling() -> None:
    """Of two documents, one without date and pages, in whatever order they are listed."""
    tables = read_histories(
        [make_history([(20180831, "CTNF", '拒絶 "a"', 17), (None, "A...", "", None)], "US14/706838")]
    )
    older = '{"code":"CTNF","date":"2018-08-31","description":"拒絶 \\"a\\"","pages":17}'
    undated = '{"code":"A...","date":null,"description":"","pages":null}'
    text = f'{{"documents":[{undated},{older}],"history":"US14/706838"}}'
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert data_sha256(tables.documents, "US14/706838") == expected
    assert data_sha256(tables.documents.iloc[::-1], "US14/706838") == expected
    assert all_sha256({"b": "2", "a": "1"}) == hashlib.sha256(b'{"a":"1","b":"2"}').hexdigest()


def test_what_is_filtered_out_is_neither_listed_nor_covered(real_tables: Tables) -> None:
    """A filter on one code: its documents alone, their own fingerprint, and words that say so."""
    tables = tables_of(real_tables, ONE)
    selection = make_selection(tables, rows=tables.documents["code"] == "CTNF")
    page = report(selection)
    assert [row[1] for row in page.papers[1:]] == ["CTNF", "CTNF"]
    assert "184 of 184 documents held, 2 of 184 listed in this report" in page.text
    held = page.block("data")[0]["documents"]
    assert [row["date"] for row in held] == ["2016-10-25", "2019-04-12"]
    assert data_sha256(tables.documents, ONE) not in page.text
    # A statement about a paper that is not listed still names it: the final rejection of 9 August 2017.
    assert "CTFR 9 Aug 2017" in page.text
    assert {value for value in page.values("href") if re.fullmatch(r"#d\d+", value)} == {"#d1", "#d2"}


def test_text_that_somebody_else_wrote_stays_text() -> None:
    """Descriptions, codes, numbers, titles and notes full of markup make no element that plain ones do not."""

    def made(texts: Sequence[str], name: str) -> Reader:
        papers = [(20200100 + number % 28, text, text, 1) for number, text in enumerate(texts, 1)]
        tables = read_histories([make_history([*papers, (20200205, "CTNF", texts[0], 1)], name, name)])
        names = zip(tables.documents["history"], tables.documents["id"], strict=True)
        selection = make_selection(tables, notes=dict.fromkeys(names, texts[-1]))
        return report(replace(selection, titles={tables.histories["history"].iloc[0]: name}), all_documents=True)

    mean = made(HOSTILE, "US14/1</title><script>alert(1)</script>")
    harmless = str.maketrans("<>&\"'", "‹›+””")
    plain = made([text.translate(harmless) for text in HOSTILE], "US14/1‹/title›‹script›alert(1)‹/script›")
    assert mean.tags == plain.tags
    assert mean.comments == []
    assert {name for _, attrs in mean.elements for name in attrs} == {
        name for _, attrs in plain.elements for name in attrs
    }
    invisible = r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
    shown = {" ".join(row[2].split()) for row in mean.papers[1:]}
    assert {" ".join(re.sub(invisible, " ", text).split()) for text in HOSTILE} <= shown
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", mean.text)


def test_text_of_the_figure_cannot_end_its_element(selection_of_one: Selection) -> None:
    """A figure is embedded as data: what looks like markup in it comes back as it was."""
    figure = draw(selection_of_one)
    figure["layout"]["title"] = {"text": "</script><!--<script>&"}
    page = Reader(html_of(selection_of_one, figure=figure))
    assert page.block("drawn")["figure"]["layout"]["title"]["text"] == "</script><!--<script>&"
    assert page.tags["script"] == 4


def test_only_the_scripts_written_here_run_and_nothing_is_asked(whole: Reader) -> None:
    """The policy forbids all requests and names the scripts by their hashes; no element would load anything."""
    policy = next(attrs["content"] for _, attrs in whole.elements if attrs.get("http-equiv"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for attrs, text in whole.scripts
        if "type" not in attrs
    }
    assert set(rules["script-src"].split()) == hashes
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == rules["base-uri"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    assert whole.values("src") == whole.values("srcset") == whole.values("action") == whole.values("style") == []
    assert [attrs["href"] for tag, attrs in whole.elements if tag == "link"] == ["data:,"]
    assert not any(name.startswith("on") for _, attrs in whole.elements for name in attrs)
    config = whole.block("drawn")["config"]
    assert config["showSendToCloud"] is False
    assert config["displaylogo"] is False


def test_no_signed_link_and_no_path_of_the_machine_is_written(selection_of_one: Selection) -> None:
    """A link that opens a document for whoever holds it is left out, whichever way it came in."""
    link = "https://open.patsnap.com/pdf?sign=c4n4ry&expires=1"
    selection = replace(selection_of_one, documents=selection_of_one.documents.assign(link=link))
    page = html_of(selection, figure=draw(selection))
    own = page.decode().split('<script type="application/json" id="drawn">', maxsplit=1)[0]
    assert not re.search(r"c4n4ry|patsnap\.com|sign=|expires", own)
    assert str(ROOT) not in page.decode()
    assert "PDF" not in Reader(page).papers[0]


@pytest.mark.parametrize("base_url", ["", "javascript:alert(1)//", "//evil.example"])
def test_without_an_address_there_is_no_column_of_links(selection_of_one: Selection, base_url: str) -> None:
    """A link that leads nowhere is worse than none."""
    page = report(replace(selection_of_one, base_url=base_url))
    assert "PDF" not in page.papers[0]
    assert {value[0] for value in page.values("href")} == {"#", "d"}


def test_what_was_read_and_noted_is_shown_where_anything_was(real_tables: Tables) -> None:
    """A tick and a note on one document add two columns; a note is text."""
    tables = tables_of(real_tables, ONE)
    name = (ONE, "20161025-CTNF-1")
    page = report(make_selection(tables, read=[name], notes={name: "Narrowed <b>claim 1</b>"}))
    assert page.papers[0][7:9] == ["Read", "Note"]
    assert [row[7:9] for row in page.papers[1:] if row[8]] == [["Read", "Narrowed <b>claim 1</b>"]]


def test_an_event_leads_to_the_row_of_its_paper(selection_of_one: Selection, whole: Reader) -> None:
    """Every event on the timeline has an anchor, and the row there is of its history, date and code."""
    anchors = whole.block("drawn")["anchors"]
    events = {name for trace in draw(selection_of_one)["data"] for name in trace.get("customdata", ())}
    assert set(anchors) == events
    assert len(events) > 20
    for name, anchor in anchors.items():
        row = whole.papers[int(anchor.removeprefix("d"))]
        date, code, _ = re.fullmatch(r"(\d{8})-(.*)-(\d+)", name.partition("|")[2]).groups()
        assert (pd.Timestamp(row[0]).strftime("%Y%m%d"), row[1]) == (date, code)


def test_a_long_history_is_drawn_without_shaders() -> None:
    """WebGL prints blank and would need scripts that the policy forbids, so every trace is SVG."""
    papers = [(20000101 + 10_000 * (number // 336) + 100 * (number // 28 % 12) + number % 28, code)
              for number in range(1_200) for code in ("CTNF", "IDS")]  # fmt: skip
    selection = make_selection(read_histories([make_history(papers)]))
    figure = draw(selection, all_documents=True)
    assert any(trace["type"] == "scattergl" for trace in figure["data"])
    before = json.dumps(figure)
    drawn = Reader(html_of(selection, figure=figure)).block("drawn")["figure"]
    assert "scattergl" not in json.dumps(drawn)
    assert drawn["layout"]["template"]["data"]["scatter"][0]["type"] == "scatter"
    assert json.dumps(figure) == before


def test_several_histories_stand_in_one_report(real_tables: Tables) -> None:
    """An overview, a section each, the patent in the first column, and a fingerprint each and in all."""
    tables = tables_of(real_tables, ONE, "EP99203729", "JP2017-187096")
    page = report(make_selection(tables))
    assert page.papers[0][0] == "Patent"
    assert {row[0] for row in page.papers[1:]} == {"US 10,765,880 B2", "EP 1 000 000 B1", "JP 6768620 B2"}
    assert {row[0] for row in page.tables[0][1:]} == {row[0] for row in page.papers[1:]}
    assert len(set(re.findall(r"\b[0-9a-f]{64}\b", page.text))) == 4


def test_the_group_of_a_file_stands_beside_its_number(real_tables: Tables) -> None:
    """In the overview and above its section, as text; a file in no group has none."""
    tables = tables_of(real_tables, ONE, "EP99203729", "JP2017-187096")
    name = "<b>Widget</b> family"
    page = report(replace(make_selection(tables), groups={ONE: name, "EP99203729": name}))
    assert {row[0] for row in page.tables[0][1:]} == {
        f"US 10,765,880 B2 {name}",
        f"EP 1 000 000 B1 {name}",
        "JP 6768620 B2",
    }
    assert page.text.count(name) == 4
    assert page.tags["b"] == 0


def test_a_history_without_a_title_is_called_by_its_key_in_every_file() -> None:
    """In the report's table of documents and its section, in the calendar and in the workbook."""
    tables = read_histories(
        [make_history([(20180301, "CTNF")], apno="US15/397000"), make_history([], apno="US15/397001")]
    )
    selection = replace(make_selection(tables), titles={"US15/397000": "", "US15/397001": ""})
    assert report(selection).tables[-1][1][0] == "US15/397000"
    calendar = ics_of(selection, today=date(2018, 4, 1)).decode()
    assert "SUMMARY:US15/397000: reply to the non-final rejection" in calendar
    about = openpyxl.load_workbook(io.BytesIO(xlsx_of(selection)))["About"]
    assert about["B1"].value == "US15/397000, US15/397001"


def test_more_is_never_held_than_there_is() -> None:
    """Where the service reports fewer documents than it sends, all parts of a selection count those that came."""
    history = replace(make_history([(20180301, "CTNF"), (20180302, "IDS")], apno="US15/397000"), documents_reported=1)
    selection = make_selection(read_histories([history]))
    assert "2 of 2 documents held" in report(selection).text
    assert "2 of 2 documents listed" in readme_text(selection, ()).decode("utf-8-sig")


def test_it_can_be_read_without_scripts_and_by_those_who_hear_it(whole: Reader) -> None:
    """Tables have captions and scopes, the timeline has words, and controls that need scripts are hidden."""
    assert whole.tags["caption"] == whole.tags["table"] == 2
    assert all("scope" in attrs for tag, attrs in whole.elements if tag == "th")
    assert "The timeline is drawn by a script. Where none runs, all else can be read" in whole.text
    assert re.search(r"Timeline of the examination of US 10,765,880 B2: \d+ events", whole.text)
    assert whole.tags["h1"] == whole.tags["main"] == 1
    assert [attrs for _, attrs in whole.elements if "script" in (attrs.get("class") or "").split()] != []
    assert all("hidden" in attrs for _, attrs in whole.elements if "script" in (attrs.get("class") or "").split())


def test_a_selection_without_documents_makes_a_report(real_tables: Tables) -> None:
    """A filter that leaves nothing is no error, and neither is nothing at all."""
    tables = tables_of(real_tables, ONE)
    selection = make_selection(tables, rows=tables.documents["code"] == "none")
    assert report(selection).papers[1:] == []
    nothing = make_selection(tables_of(real_tables))
    assert "0 documents, 0 pages in this report" in Reader(html_of(nothing, figure={"data": [], "layout": {}})).text


def test_what_was_read_inside_is_said_and_marked(selection_of_one: Selection, whole: Reader) -> None:
    """In the part on completeness how much of the file, and a small mark at each paper; else not a word of it."""
    first, second = selection_of_one.documents["id"].head(2)
    read = ReadPaper("a", 3, read=3, engines=("<b>Tess\u202eeract</b>",), languages=("eng",), confidence=63,
                     bad_pages=(2, 3), read_at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    part = replace(read, pages=12, read=4, bad_pages=())
    selection = replace(selection_of_one, papers_read={PaperRef(ONE, first): read, PaperRef(ONE, second): part})
    page = report(selection)
    assert (
        "Read inside: 2 of 184 documents, 7 of their 15 pages, by <b>Tess eract</b>, last on 1 Jan 2026; "
        "2 pages badly legible."
    ) in page.text
    marks = [row[2] for row in page.papers if row[2].endswith(("read inside", "read in part"))]
    assert [mark.rsplit(" read", 1)[1] for mark in marks] == [" inside", " in part"]
    assert (
        "Read inside: 3 pages, read by <b>Tess eract</b> (eng), confidence 63 %; 2 pages badly legible"
        in page.values("title")
    )
    assert "Read inside" not in whole.text
