"""Groups of files: how the visitor edits them, how the address keeps them, how they follow the files."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.charts import GROUP_COLOURS, FileGroup
from components.desk import Desk
from components.store import Headline
from components.ui.address import View, fits_address, parameters_of, parse_view
from components.ui.groups_in_address import clean_name, next_colour, read_groups, write_groups
from components.ui.review.groups import in_order_of, only_of, regrouped, with_present_keys
from components.ui.state import FILE_GROUPS
from tests.store.made import history
from tests.ui.conftest import open_app
from tests.ui.test_pages import look_up, table

WIDGETS = FileGroup("Widget family", "green", ("US14/412875", "EP99203729"))
GEARS = FileGroup("Gears", "red", ("JP2017-187096",))


def headline(key: str) -> Headline:
    """A history that is held."""
    return Headline(
        key=key, patent_number="", apno=key, patent_id="", documents_held=1, documents_reported=1, complete=True,
        retrieved=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", ()),
        ("Widgets", ()),
        ("Widgets,green", ()),
        (",green,US1", ()),
        ("Widgets,green,", ()),
        ("Widgets,green,US1,US1", (FileGroup("Widgets", "green", ("US1",)),)),
        ("A%2C B%3B 100%25,blue,US1", (FileGroup("A, B; 100%", "blue", ("US1",)),)),
        ("A,mauve,US1;B,,US2", (FileGroup("A", "blue", ("US1",)), FileGroup("B", "orange", ("US2",)))),
        ("A,red,US1;A,blue,US2", (FileGroup("A", "red", ("US1", "US2")),)),
        ("A,red,US1;B,blue,US1,US2", (FileGroup("A", "red", ("US1",)), FileGroup("B", "blue", ("US2",)))),
        ("A,red," + "1" * 61, ()),
    ],
)
def test_an_address_is_read_as_far_as_it_makes_sense(text: str, groups: tuple[FileGroup, ...]) -> None:
    """Names without files, files twice, unknown colours, keys that nothing has."""
    assert read_groups(text) == groups


@given(st.text(max_size=120))
def test_whatever_an_address_says_can_be_written_down_again(text: str) -> None:
    """Hostile or broken: the groups that come of it are plain names of limited length, with colours that exist."""
    groups = read_groups(text)
    assert read_groups(*write_groups(groups)) == groups
    assert all(group.name.isprintable() and 0 < len(group.name) <= 40 for group in groups)
    assert {group.colour for group in groups} <= set(GROUP_COLOURS)


def test_a_name_is_one_line_of_limited_length() -> None:
    """Line breaks, direction marks and invisible letters would move other words."""
    assert clean_name("  Widget\n family\u202e \u200b(\u00e4) ") == "Widget family (ä)"
    assert len(clean_name("x" * 500)) == 40


def test_too_many_groups_stay_out_of_the_address() -> None:
    """Mail programs cut long addresses off; the page says so."""
    groups = tuple(FileGroup(f"Family {n}", "red", (f"US14/{n:06}",)) for n in range(60))
    assert not fits_address("groups", groups)
    assert parameters_of(View(groups=groups)) == {}
    assert parse_view(parameters_of(View(groups=(WIDGETS, GEARS)))).groups == (WIDGETS, GEARS)


def test_new_groups_take_the_colours_in_turn() -> None:
    """The first colour that the fewest have."""
    groups: list[FileGroup] = []
    for number in range(len(GROUP_COLOURS) + 1):
        groups.append(FileGroup(str(number), next_colour(groups), ("US1",)))
    assert [group.colour for group in groups] == [*GROUP_COLOURS, next(iter(GROUP_COLOURS))]


def test_edited_names_make_move_and_end_groups() -> None:
    """A group keeps its place, its colour and the files that are not on the screen."""
    names = {"US14/412875": "Widget family", "EP99203729": "Gears", "JP2017-187096": " ", "US1": "New\none"}
    before = (WIDGETS, FileGroup("Gears", "red", ("JP2017-187096", "US7")))
    assert regrouped(before, names) == (
        FileGroup("Widget family", "green", ("US14/412875",)),
        FileGroup("Gears", "red", ("EP99203729", "US7")),
        FileGroup("New one", "blue", ("US1",)),
    )
    assert regrouped((WIDGETS,), dict.fromkeys(WIDGETS.histories, "")) == ()


def test_files_stand_by_group_and_then_as_they_were_typed() -> None:
    """Those of no group stand last."""
    typed = [headline(key) for key in ("US1", "JP2017-187096", "EP99203729", "US2", "US14/412875")]
    ordered = in_order_of((WIDGETS, GEARS), typed)
    assert [line.key for line in ordered] == ["EP99203729", "US14/412875", "JP2017-187096", "US1", "US2"]


def test_groups_follow_a_file_to_its_present_key() -> None:
    """A patent number, or the key of before, leads to the key of now; a file is not listed twice by it."""
    groups = (FileGroup("A", "red", ("US10765880B2", "US14/412875", "US9")), FileGroup("B", "blue", ("US10765880B2",)))
    asked: list[str] = []

    def resolve(names: object) -> dict[str, str]:
        asked.extend(sorted(names))  # type: ignore[call-overload]
        return {"US10765880B2": "US14/412875"}

    followed = with_present_keys(groups, ["US14/412875"], resolve)
    assert followed == (FileGroup("A", "red", ("US14/412875", "US9")),)
    assert asked == ["US10765880B2", "US9"]
    assert only_of(followed, ["US14/412875"]) == (FileGroup("A", "red", ("US14/412875",)),)


def test_the_store_is_not_asked_where_all_keys_are_known() -> None:
    """It would be at every click."""

    def resolve(names: object) -> dict[str, str]:
        raise AssertionError(names)

    assert with_present_keys((GEARS,), ["JP2017-187096"], resolve) == (GEARS,)


def test_a_link_with_groups_orders_the_files_and_names_them(desk: Desk) -> None:
    """By a patent number as well as by a key; the address then has the keys of the files that are shown."""
    look_up(desk, "US10765880B2 EP1000000B1 JP6768620B2")
    app = open_app(
        patents="US10765880B2,EP1000000B1,JP6768620B2",
        families="Widget family,green,JP2017-187096,EP1000000B1,US12/345678;Gone,red,US11/111111",
    )
    facts = table(app, "Group")
    assert list(zip(facts["Patent"], facts["Group"], strict=True)) == [  # type: ignore[index]
        ("EP 1 000 000 B1", "Widget family"),
        ("JP 6768620 B2", "Widget family"),
        ("US 10,765,880 B2", ""),
    ]
    assert app.session_state[FILE_GROUPS] == (FileGroup("Widget family", "green", ("JP2017-187096", "EP99203729")),)


def test_one_file_has_no_groups_and_none_are_lost_while_files_are_still_to_come(desk: Desk) -> None:
    """A colleague's link is opened before everything in it was looked up."""
    desk.store.save(history("US14/000001", "US11205304B2", ""))
    app = open_app(patents="US11205304B2,US10765880B2", families="Widgets,green,US14/412875,US14/000001")
    assert app.session_state[FILE_GROUPS] == (FileGroup("Widgets", "green", ("US14/412875", "US14/000001")),)
    assert "Groups" not in [element.proto.popover.label for element in app.get("popover")]
