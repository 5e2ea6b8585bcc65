"""The price of a look-up, as a setting and in money."""

import pytest
from pydantic import ValidationError

from components.settings import Price, Settings


@pytest.mark.parametrize(
    ("text", "of_one", "of_many"),
    [
        ("0.85 EUR", "0.85 EUR", "1,020.00 EUR"),
        ("1,20 CHF", "1.20 CHF", "1,440.00 CHF"),
        (" 2 usd ", "2 USD", "2,400 USD"),
        ("0.8EUR", "0.80 EUR", "960.00 EUR"),
        ("95 JPY", "95 JPY", "114,000 JPY"),
        ("0,125 EUR", "0.125 EUR", "150.000 EUR"),
    ],
)
def test_a_price_is_written_as_people_write_it(text: str, of_one: str, of_many: str) -> None:
    """Point or comma; as many decimals as it was written with, but never one alone; 1,200 look-ups to the cent."""
    price = Settings(review_price=text).price
    assert price is not None
    assert (price.of(1), price.of(1_200)) == (of_one, of_many)


@pytest.mark.parametrize(
    "text",
    ["0.85", "EUR", "EUR 0.85", "€ 0.85", "0 EUR", "0.00 EUR", "-1 EUR", "1,200 EUR", "12.000 EUR", "1.2.3 EUR",
     "1e3 EUR", "nan EUR", "0.85 EURO", "٣ EUR", "0.85 EUR; =1+1", "123456789 EUR"],
)  # fmt: skip
def test_what_is_no_price_or_may_be_two_is_refused_with_an_example(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start, from the environment as elsewhere, with the name of the setting."""
    monkeypatch.setenv("REVIEW_PRICE", text)
    with pytest.raises(ValidationError, match=r"REVIEW_PRICE is the price of one look-up.* such as 0\.85 EUR"):
        Settings()


def test_without_a_price_there_is_no_money(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not set, or set to nothing."""
    monkeypatch.delenv("REVIEW_PRICE", raising=False)
    assert Settings().price is None
    monkeypatch.setenv("REVIEW_PRICE", "")
    assert Settings().price is None


def test_sums_are_exact() -> None:
    """A tenth a thousand times is a hundred, as in no binary fraction."""
    assert Price.parse("0.10 EUR").of(1_000_003) == "100,000.30 EUR"
