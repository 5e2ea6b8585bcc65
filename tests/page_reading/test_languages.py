"""The languages of an office's papers come from a table."""

import pytest

from components.page_reading.languages import LANGUAGES, check_rule_tables, languages_of


@pytest.mark.parametrize(
    ("office", "languages"),
    [("US", ("eng",)), ("EP", ("eng", "deu", "fra")), ("DE", ("deu", "eng")), ("JP", ("jpn", "eng")),
     ("KR", ("kor", "eng")), ("FR", ("fra", "eng")), ("WO", ("eng",)), ("us", ("eng",))],
)  # fmt: skip
def test_an_office_writes_in_its_languages(office: str, languages: tuple[str, ...]) -> None:
    """The most likely one first."""
    assert languages_of(office) == languages


@pytest.mark.parametrize("office", ["ZZ", ""])
def test_an_office_without_a_row_is_read_as_english(office: str) -> None:
    """There is nothing better to begin with."""
    assert languages_of(office) == ("eng",)


def test_each_row_names_its_source() -> None:
    """The table passes the check of the start, and no cell of its last column is empty."""
    check_rule_tables()
    lines = LANGUAGES.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "office,languages,source"
    assert all(len(line.split(",", 2)[2].strip('"')) > 10 for line in lines[1:])
