"""The forms for the screen."""

import pytest

from components.numbers import display_form


@pytest.mark.parametrize(
    ("normalised", "form"),
    [
        ("US11205304B2", "US 11,205,304 B2"),
        ("US7654321", "US 7,654,321"),
        ("US14/706838", "14/706,838"),
        ("US06/123456", "06/123,456"),
        ("US20050262868A1", "US 2005/0262868 A1"),
        ("USD1055174S1", "US D1,055,174 S1"),
        ("USRE39998E1", "US RE39,998 E1"),
        ("USPP12345P2", "US PP12,345 P2"),
        ("USH1523H", "US H1,523 H"),
        ("UST109201I4", "US T109,201 I4"),
        ("USX1041I1", "US X1,041 I1"),
        ("USRX12", "US RX12"),
        ("USAI318", "US AI318"),
        ("USB411075I5", "US B411,075 I5"),
        ("US5012236B1", "US 5,012,236 B1"),
        ("US20040000123P1", "US 2004/0000123 P1"),
        ("EP2458380B1", "EP 2 458 380 B1"),
        ("EP0007054A1", "EP 0 007 054 A1"),
        ("EP10173239", "EP 10173239.4"),
        ("WO2004050828A2", "WO 2004/050828 A2"),
        ("PCT/US2019/012345", "PCT/US2019/012345"),
        ("JP2004266582A", "JP 2004-266582 A"),
        ("JP4627367B2", "JP 4627367 B2"),
        ("JP2017-187096", "JP 2017-187096"),
        ("KR102750114B1", "KR 10-2750114 B1"),
        ("KR1020150124192A", "KR 10-2015-0124192 A"),
        ("DE3106419A1", "DE 31 06 419 A1"),
        ("DE19630877C2", "DE 196 30 877 C2"),
        ("DE102004002000A1", "DE 10 2004 002 000 A1"),
        ("GB2413271A", "GB 2413271 A"),
        ("TWI393456B", "TW I393456 B"),
    ],
)
def test_a_number_is_shown_as_attorneys_write_it(normalised, form):
    """Commas, blanks, slashes and the check digit are put back."""
    assert display_form(normalised) == form


@pytest.mark.parametrize(
    "unknown", ["", "US", "hello", "US14/70683", "718ead9c-4f3c-4674-8f5a-24e126827269", "<b>US1</b>"]
)
def test_an_unknown_form_is_given_back(unknown):
    """What is not a number of the service is not touched."""
    assert display_form(unknown) == unknown
