"""The view in the address."""

from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from components.charts import GROUP_COLOURS, FileGroup
from components.histories import PaperRef
from components.page_texts import Box
from components.ui.address import AXES, FIELDS, GROUPINGS, INSIDE_SCOPES, PARAMETERS, View, parameters_of, parse_view
from components.ui.groups_in_address import clean_name


def test_every_field_of_the_view_has_one_row_in_the_table() -> None:
    """No field is forgotten by the address, and no two share a parameter or a widget."""
    assert sorted(row.name for row in FIELDS) == sorted(field.name for field in fields(View))
    assert len(set(PARAMETERS)) == len(PARAMETERS)
    assert len({row.key for row in FIELDS}) == len(FIELDS)


def test_the_parameters_have_the_names_and_the_order_of_copied_links() -> None:
    """Links in mails and notes rely on the names; the order keeps the address of one view the same."""
    assert PARAMETERS == (
        "patents", "codes", "side", "category", "round", "from", "to", "find", "list", "group", "order", "hide", "with",
        "show", "axis", "timeline", "families", "doc", "page", "marked", "inside", "within", "view",
        "events",
    )  # fmt: skip


def test_a_link_prefills_and_filters() -> None:
    """The parameters that people and other programs rely on."""
    view = parse_view(
        {
            "patents": "US10000000B2,US10765880B2",
            "codes": "CTNF,NOA",
            "from": "2018-01-01",
            "to": "2019-12-31",
            "show": "all",
            "round": "2,3",
            "list": "estoppel",
            "group": "round",
            "order": "oldest",
            "hide": "Side",
            "with": "Category,Nothing",
            "axis": "first_action",
            "timeline": "filtered",
            "families": "Widget%2C family,green,US14/412875,EP99203729;Gears,red,JP2017-187096",
            "doc": "US14/412875 20190412-CTNF-1",
            "page": "3",
            "marked": "1200.3405.8800.3600,1200.3620.4010.3810",
            "inside": '"obvious over" NEAR/5 widget code:CTNF',
            "within": "held",
            "view": "grounds",
            "events": "US14/412875 20190412-CTNF-1,20200113-CTFR-1,JP2017-187096 20200721-A131-1",
        }
    )
    assert view.patents == "US10000000B2,US10765880B2"
    assert view.codes == ("CTNF", "NOA")
    assert view.dates == (date(2018, 1, 1), date(2019, 12, 31))
    assert view.all_documents
    assert view.rounds == (2, 3)
    assert (view.reading_list, view.group, view.axis, view.hidden_columns) == (
        "estoppel",
        "round",
        "first_action",
        ("Side",),
    )
    assert view.wanted_columns == ("Category", "Nothing")
    assert view.oldest_first
    assert view.filter_timeline
    assert view.groups == (
        FileGroup("Widget, family", "green", ("US14/412875", "EP99203729")),
        FileGroup("Gears", "red", ("JP2017-187096",)),
    )
    assert view.open_paper == ("US14/412875", "20190412-CTNF-1")
    assert (view.open_page, view.inside) == (3, '"obvious over" NEAR/5 widget code:CTNF')
    assert view.open_places == (Box(0.12, 0.3405, 0.88, 0.36), Box(0.12, 0.362, 0.401, 0.381))
    assert (view.inside_scope, view.inside_view) == ("held", "grounds")
    assert view.selected_events == (
        ("US14/412875", "20190412-CTNF-1"),
        ("US14/412875", "20200113-CTFR-1"),
        ("JP2017-187096", "20200721-A131-1"),
    )


def test_what_makes_no_sense_is_left_out() -> None:
    """A broken link shows what it can."""
    view = parse_view(
        {
            "patents": " ",
            "from": "31/12/2018",
            "to": "never",
            "show": "everything",
            "doc": "x",
            "codes": ",,",
            "page": "0",
            "within": "everywhere",
            "marked": "9000.100.100.200,1.2.3,a.b.c.d,10001.0.10002.3",
            "view": "everything",
        }
    )
    assert view == View()


def test_dates_the_wrong_way_round_are_no_filter() -> None:
    """A range that holds no day would hide every document."""
    assert parse_view({"from": "2020-01-02", "to": "2020-01-01"}).dates == ()


def test_one_end_of_the_dates_is_enough() -> None:
    """An open range stays open in the address."""
    view = parse_view({"from": "2020-01-02"})
    assert view.dates[0] == date(2020, 1, 2)
    assert parameters_of(view) == {"from": "2020-01-02"}


def test_the_empty_view_has_a_bare_address() -> None:
    """Defaults are not written."""
    assert parameters_of(View()) == {}


def test_a_very_long_list_stays_out_of_the_address() -> None:
    """An address that programs cut off would silently look up the wrong list."""
    assert "patents" not in parameters_of(View(patents=",".join(f"US{n}B2" for n in range(10_000_000, 10_001_000))))


def test_a_code_with_a_blank_is_a_document_too() -> None:
    """Some offices' codes have blanks; the history ends where the day of the document begins."""
    view = View(open_paper=PaperRef("US14/412875", "20190412-L_R OUT-1"))
    assert parse_view(parameters_of(view)) == view


def test_a_large_selection_stays_out_of_the_address() -> None:
    """What the box caught is left out rather than cut off."""
    names = tuple(PaperRef("US14/412875", f"20190412-CTNF-{n}") for n in range(200))
    assert "events" not in parameters_of(View(selected_events=names))


documents = st.builds(
    PaperRef,
    st.sampled_from(["US14/412875", "EP99203729", "JP2017-187096"]),
    st.sampled_from(["20190412-CTNF-1", "20200113-CTFR-1", "undated-A...-2", "20150105-P.N.101.CONV-1"]),
)


groups = st.lists(
    st.builds(
        FileGroup,
        st.text(min_size=1, max_size=40).filter(lambda name: clean_name(name) == name),
        st.sampled_from(sorted(GROUP_COLOURS)),
        st.tuples(st.sampled_from(["US14/412875", "EP99203729", "US 10,765,880 B2", "100%;"])),
    ),
    unique_by=(lambda group: group.name, lambda group: group.histories),
    max_size=3,
)


@given(
    codes=st.lists(st.sampled_from(["CTNF", "A...", "XT/", "A131-JP", "L_R OUT"]), unique=True),
    days=st.lists(st.dates(date(1991, 1, 1), date(2999, 1, 1)), min_size=2, max_size=2),
    find=st.text(max_size=20),
    show=st.booleans(),
    group=st.sampled_from(GROUPINGS),
    axis=st.sampled_from(AXES),
    rounds=st.lists(st.integers(1, 60), unique=True),
    groups=groups,
    open_paper=st.none() | documents,
    open_page=st.none() | st.integers(1, 9_999),
    inside=st.text(max_size=40),
    inside_scope=st.sampled_from(INSIDE_SCOPES),
    selected_events=st.lists(documents, unique=True, max_size=8),
)
def test_a_view_survives_the_address(days: list[date], show: bool, **rest: object) -> None:
    """What is written is what is read."""
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in rest.items()}
    view = View(dates=tuple(sorted(days)), all_documents=show, oldest_first=show, filter_timeline=show, **lists)  # type: ignore[arg-type]
    assert parse_view(parameters_of(view)) == view


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=60)))
def test_no_address_is_an_error(parameters: dict[str, str]) -> None:
    """Whatever somebody puts into the address, the page opens on a view that can be written down again."""
    view = parse_view(parameters)
    assert parse_view(parameters_of(view)) == view
