"""What the filters and the reading lists let pass, what they offer, and what they keep of a choice."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.prosecution import Tables
from components.ui.review.filters import FilterChoices, clipped_range, documents_passing, options_and_choice
from components.ui.state import READING_LIST
from tests.ui.conftest import in_popover, open_app, recording_of
from tests.ui.test_explore import desk_with_history, listed
from tests.ui.test_pages import button, words

__all__ = ["desk_with_history"]

NUMBER = "US10765880B2"
PAPERS = recording_of("US14412875").documents


def days(documents: pd.DataFrame) -> list[str]:
    """The dates of these documents, in their order."""
    return documents["date"].dt.strftime("%Y-%m-%d").tolist()


def expected(condition: object) -> Counter[str]:
    """Codes of the office's list for which a condition holds, counted."""
    return Counter(paper.code.strip().upper() for paper in PAPERS if condition(paper))  # type: ignore[operator]


def test_nothing_chosen_lets_everything_pass(file: Tables) -> None:
    """All rows, in the order given."""
    backwards = file.documents.iloc[::-1]
    pd.testing.assert_frame_equal(documents_passing(backwards, FilterChoices()), backwards)


def test_a_code_lets_its_papers_pass(file: Tables) -> None:
    """14/412,875 was rejected non-finally on 25 October 2016 and on 12 April 2019."""
    assert days(documents_passing(file.documents, FilterChoices(codes=["CTNF"]))) == ["2016-10-25", "2019-04-12"]
    both = documents_passing(file.documents, FilterChoices(codes=["CTNF", "CTFR"]))
    assert Counter(both["code"]) == expected(lambda paper: paper.code in {"CTNF", "CTFR"})


def test_a_code_is_found_in_any_case_and_width(file: Tables) -> None:
    """Lists of offices pad codes with blanks, and some write them small."""
    padded = file.documents.assign(code=file.documents["code"].str.lower().str.ljust(8))
    assert len(documents_passing(padded, FilterChoices(codes=["CTNF"]))) == 2
    assert len(documents_passing(padded, FilterChoices(find=" ctnf "))) == 2


def test_filters_narrow_each_other(file: Tables) -> None:
    """Each is asked of what the others let pass; the first rejection opened round 1, and no applicant wrote it."""
    assert days(documents_passing(file.documents, FilterChoices(codes=["CTNF"], rounds=[1]))) == ["2016-10-25"]
    assert days(documents_passing(file.documents, FilterChoices(codes=["CTNF"], sides=["office"]))) == [
        "2016-10-25",
        "2019-04-12",
    ]
    assert documents_passing(file.documents, FilterChoices(codes=["CTNF"], rounds=[1], sides=["applicant"])).empty


def test_a_category_and_days_narrow_each_other(file: Tables) -> None:
    """Petitions were decided twice on 2 October 2018 and once on 21 March 2019; first and last day belong to a span."""
    decided = documents_passing(file.documents, FilterChoices(categories=["petition_decision"]))
    assert days(decided) == ["2018-10-02", "2018-10-02", "2019-03-21"]
    for first, last, count in ((date(2019, 1, 1), date(2019, 12, 31), 1), (date(2018, 10, 2), date(2019, 3, 21), 3)):
        assert len(documents_passing(decided, FilterChoices(dates=(first, last)))) == count
    assert documents_passing(decided, FilterChoices(dates=(date(2018, 10, 3), date(2019, 3, 20)))).empty


def test_a_first_day_alone_hides_nothing(file: Tables) -> None:
    """Somebody is still choosing the second."""
    assert len(documents_passing(file.documents, FilterChoices(dates=(date(2019, 1, 1),)))) == len(PAPERS)


def test_a_paper_without_a_date_passes_no_span(file: Tables) -> None:
    """It is found as soon as the dates are cleared."""
    undated = file.documents.assign(date=file.documents["date"].mask(file.documents["code"] == "CTNF"))
    assert "CTNF" not in set(
        documents_passing(undated, FilterChoices(dates=(date(1900, 1, 1), date(2100, 1, 1))))["code"]
    )
    assert len(documents_passing(undated, FilterChoices(codes=["CTNF"]))) == 2


@pytest.mark.parametrize("find", ["petition", "pETition", "  Petition "])
def test_words_are_found_in_descriptions_in_any_case(file: Tables, find: str) -> None:
    """With blanks around them or without."""
    found = documents_passing(file.documents, FilterChoices(find=find))
    assert Counter(found["code"].str.upper()) == expected(lambda paper: "petition" in paper.description.lower())
    assert len(found) > 3


def test_words_are_no_pattern(file: Tables) -> None:
    """What somebody types is looked for as it stands: `(PTOL-85)` is in the notice of allowance, `.` is not a joker."""
    found = documents_passing(file.documents, FilterChoices(find="(PTOL-85)"))
    assert Counter(found["code"]) == expected(lambda paper: "(PTOL-85)" in paper.description)
    assert len(found) > 0
    assert documents_passing(file.documents, FilterChoices(find="Non.Final")).empty


def test_a_code_is_found_whole(file: Tables) -> None:
    """`ctfr` finds the final rejections; a part of a code finds no code."""
    assert set(documents_passing(file.documents, FilterChoices(find="ctfr"))["code"]) == {"CTFR"}
    assert "CTFR" not in set(documents_passing(file.documents, FilterChoices(find="ctf"))["code"])


def test_a_filter_offers_what_there_is_with_its_count(file: Tables) -> None:
    """A category that no paper has is not offered, though the column knows it."""
    tally, still_chosen = options_and_choice(
        file.documents["code"], chosen=[], whole_column=lambda: file.documents["code"]
    )
    assert tally == expected(lambda _: True)
    assert still_chosen == []
    tally, _ = options_and_choice(file.documents["side"], chosen=[], whole_column=lambda: file.documents["side"])
    assert sum(tally.values()) == len(PAPERS)
    assert "third party" not in tally


def test_a_choice_that_the_reading_list_lacks_is_kept_and_one_that_no_paper_has_is_not(file: Tables) -> None:
    """Back at everything, the first is still chosen; the second came with a link to another file."""
    finals = file.documents[file.documents["code"] == "CTFR"]
    tally, still_chosen = options_and_choice(
        finals["code"], chosen=["CTNF", "A131", "CTFR"], whole_column=lambda: file.documents["code"]
    )
    assert tally == {"CTFR": 2, "CTNF": 0}
    assert still_chosen == ["CTNF", "CTFR"]


@pytest.mark.parametrize(
    ("chosen", "inside"),
    [
        ((), ()),
        ((date(2016, 1, 1),), (date(2016, 1, 1),)),
        ((date(2016, 1, 1), date(2017, 1, 1)), (date(2016, 1, 1), date(2017, 1, 1))),
        ((date(1790, 1, 1), date(2017, 1, 1)), (date(2015, 1, 5), date(2017, 1, 1))),
        ((date(2016, 1, 1), date(9999, 12, 31)), (date(2016, 1, 1), date(2022, 11, 22))),
        ((date(1990, 1, 1), date(1999, 1, 1)), ()),
    ],
)
def test_days_are_kept_as_far_as_the_file_goes(chosen: tuple[date, ...], inside: tuple[date, ...]) -> None:
    """A link with one open end reaches to the first or last paper; a span outside the file is forgotten."""
    assert clipped_range(chosen, date(2015, 1, 5), date(2022, 11, 22)) == inside


# The same on the page: what its widgets offer and say, and what the address holds.


def choose_list(app: AppTest, name: str) -> None:
    """Choose a reading list."""
    app.selectbox(key=READING_LIST).set_value(name).run()


def taken_away_count(app: AppTest) -> int:
    """How many documents would be taken away."""
    line = next(element.value for element in app.markdown if element.value.startswith("**Take away** the "))
    return int(line.split()[3].replace(",", ""))


def test_each_reading_list_lists_what_it_names(desk_with_history: Desk) -> None:
    """Nine lists, each with its own count, said what they are for; Everything gives all back."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    labels = app.selectbox(key=READING_LIST).options
    assert labels == [
        "Everything", "Key papers", "Office actions", "Claims and remarks", "Prior art of record", "Interviews",
        "Estoppel", "Validity", "Allowance story",
    ]  # fmt: skip
    counts = {}
    names = ("key", "actions", "claims", "art", "interviews", "estoppel", "validity", "allowance")
    for name, label in zip(names, labels[1:], strict=True):
        choose_list(app, name)
        assert app.query_params["list"] == name
        chip = app.button(key="remove list")
        assert (chip.label, chip.help[-1]) == (f"Reading list\\: {label} ✕", ".")
        counts[label] = taken_away_count(app)
        if name == "interviews":
            # One interview summary is listed, of 2020, and nothing else belongs to it.
            assert set(listed(app)["Code"]) <= {"EXIN", "INTV.SUM.EX", "INTV.SUM.APP"}
    assert all(0 < count < 184 for count in counts.values())
    assert counts["Interviews"] < counts["Office actions"] < counts["Validity"]
    assert counts["Interviews"] < counts["Allowance story"]
    choose_list(app, "everything")
    assert "list" not in app.query_params
    assert taken_away_count(app) == 184


def test_filters_offer_counts_and_what_none_passes_has_a_way_back(desk_with_history: Desk) -> None:
    """Codes and rounds by name and number; then nothing is left, and one button brings all back."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    assert "CTNF (2)" in in_popover(app.multiselect, "filter_codes").options
    in_popover(app.multiselect, "filter_codes").set_value(["CTNF"]).run()
    assert "**2** listed · **184 of 184 documents**" in words(app)
    assert days(listed(app).rename(columns={"Date (sent/received)": "date"})) == ["2019-04-12", "2016-10-25"]
    rounds = in_popover(app.multiselect, "filter_rounds").options
    assert rounds[0].partition(" (")[0] == "1 · Non-final rejection, 25 Oct 2016"
    in_popover(app.multiselect, "filter_rounds").set_value([1]).run()
    assert taken_away_count(app) == 1
    in_popover(app.multiselect, "filter_side").set_value(["applicant"]).run()
    assert app.query_params["side"] == "applicant"
    app.button(key="clear_filters").click().run()
    assert not {"codes", "round", "side"} & set(app.query_params)
    assert taken_away_count(app) == 184


def test_categories_and_days_are_chosen_on_the_page(desk_with_history: Desk) -> None:
    """Three petition decisions, one of them in 2019; the days are in the address."""
    del desk_with_history
    app = open_app(patents=NUMBER)
    assert "Petition decision (3)" in in_popover(app.multiselect, "filter_category").options
    in_popover(app.multiselect, "filter_category").set_value(["petition_decision"]).run()
    assert days(listed(app).rename(columns={"Date (sent/received)": "date"})) == [
        "2019-03-21", "2018-10-02", "2018-10-02",
    ]  # fmt: skip
    in_popover(app.date_input, "filter_dates").set_value((date(2019, 1, 1), date(2019, 12, 31))).run()
    assert taken_away_count(app) == 1
    assert (app.query_params["from"], app.query_params["to"]) == ("2019-01-01", "2019-12-31")


def test_a_deep_link_filters_what_is_held_and_prices_what_is_not(desk_with_history: Desk) -> None:
    """Codes, days and all documents on the timeline for the one; one charge for the other, on the button alone."""
    assert desk_with_history.sandbox is not None
    calls = desk_with_history.sandbox.billing.calls
    view = {"codes": "CTFR", "from": "2017-01-01", "to": "2018-12-31", "show": "all"}
    app = open_app(patents=f"{NUMBER},US12999999B2", **view)
    assert button(app) == "Look up 2 · 1 charged"
    assert "**1** listed" in words(app)
    assert app.toggle(key="all_documents").value is True
    assert desk_with_history.sandbox.billing.calls == calls


def test_a_link_to_what_is_not_held_waits_for_a_click(desk: Desk) -> None:
    """The address of a patent that the service knows, with a paper to read and a reading list, asks for nothing."""
    app = open_app(patents="US8433457B2", doc="US11/328678 20091110-CTFR-1", list="key")
    assert button(app) == "Look up 1 · 1 charged"
    assert desk.sandbox is not None
    assert desk.sandbox.billing.calls == 0
    assert desk.store.totals().ever.used == 0
