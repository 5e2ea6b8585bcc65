"""Heavy lists on the page: refused with words, read once, and drawn with few elements."""

import pytest

from components.numbers import Number, NumberList, TextRefused, parse
from components.ui.address import parse_view
from components.ui.review.lists_read import ListsRead
from components.ui.state import NUMBERS_TEXT
from tests.ui.conftest import open_app, options_of


@pytest.mark.usefixtures("desk")
def test_a_refused_text_is_explained_and_mended_by_another() -> None:
    """The page says what is too much; with another text it goes on as if nothing had been."""
    app = open_app()
    app.text_area(key=NUMBERS_TEXT).set_value("1," * 499_000).run()
    assert len(app.error) == 1
    assert "too much besides patent numbers" in app.error[0].value
    app.text_area(key=NUMBERS_TEXT).set_value("US10765880B2").run()
    assert not app.error
    assert any("US 10\\,765\\,880 B2" in badge.value for badge in app.markdown)


@pytest.mark.usefixtures("desk")
def test_thousands_of_ambiguous_numbers_are_chosen_together() -> None:
    """Twenty have a choice of their own; one more choice settles all the others."""
    app = open_app()
    app.text_area(key=NUMBERS_TEXT).set_value("\n".join(str(11_205_304 + n) for n in range(3_000))).run()
    assert len([choice for choice in app.button_group if (choice.key or "").startswith("choice_")]) == 21
    assert any("3,000 ambiguous" in caption.value for caption in app.caption)
    options_of(app, "choice_US grant or US application").set_value("US grant").run()
    assert any("20 ambiguous" in caption.value for caption in app.caption)
    assert not app.exception


def test_a_list_is_read_once_whether_understood_or_refused() -> None:
    """The second time it comes from memory; another name or content is another list."""
    lists, reads = ListsRead(), []

    def read(numbers: list[Number] | None) -> NumberList:
        reads.append(numbers)
        if numbers is None:
            raise TextRefused("Too much.")
        return NumberList(tuple(numbers), ("One column was left.",))

    understood = parse("US7654321B2")
    for _ in range(3):
        assert lists.read("", b"good", lambda: read(understood)).remarks == ("One column was left.",)
        assert lists.read("", b"good", lambda: read(understood)).numbers == tuple(understood)
        assert lists.read("", b"bad", lambda: read(None)).refusal == "Too much."
    assert len(reads) == 2
    lists.read("a.txt", b"good", lambda: read(understood))
    assert len(reads) == 3


def test_lists_beyond_the_limits_are_forgotten() -> None:
    """However many large lists are read, 40,000 numbers at most are kept, the last ones."""
    lists, reads = ListsRead(), []
    numbers = parse("US7654321B2") * 10_000

    def read(content: bytes) -> NumberList:
        reads.append(content)
        return NumberList(tuple(numbers))

    for content in (b"1", b"2", b"3", b"4", b"5"):
        lists.read("", content, lambda content=content: read(content))
    for content in (b"5", b"2", b"1"):
        lists.read("", content, lambda content=content: read(content))
    assert reads == [b"1", b"2", b"3", b"4", b"5", b"1"]


def test_far_too_long_parameters_of_an_address_are_left_out() -> None:
    """A hundred kilobytes of filters make no sense; numbers are read as if they were typed."""
    view = parse_view({"codes": "A," * 50_000, "find": "x" * 100_000, "doc": "x" * 100_000, "patents": "1," * 50_000})
    assert (view.codes, view.find, view.open_paper) == ((), "", None)
    assert len(view.patents) == 100_000


@pytest.mark.usefixtures("desk")
def test_a_heavy_address_draws_a_small_page() -> None:
    """Its numbers are refused or counted, and few of them are drawn."""
    app = open_app(patents="US1A;" * 20_000)
    drawn = [*app.markdown, *app.caption, *app.error, *app.button_group]
    assert len(drawn) < 100
    assert sum(len(element.value) for element in (*app.markdown, *app.caption, *app.error)) < 20_000
