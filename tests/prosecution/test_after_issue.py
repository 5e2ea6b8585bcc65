"""A granted patent stays granted: what the number shows, and what is listed after the issue notification.

35 USC 151, 153; 37 CFR 1.313, 1.314; MPEP 901.04(a), 1308, 1309; kind codes of the offices (WIPO ST.16).
"""

import pytest

from components.prosecution.law.number_formats import grant_kind_of, is_grant


@pytest.mark.parametrize(
    ("office", "number"),
    [
        # MPEP 901.04(a): kind codes of the USPTO since 2 Jan 2001, whose first patent is 6,167,569
        ("US", "US6167569B1"),
        ("US", "US11205304B2"),
        ("US", "US6167568A"),
        ("US", "US5012236A"),
        ("US", "US1A"),
        ("US", "USRE41192E1"),
        ("US", "USRE49033E"),
        ("US", "US49033E"),
        ("US", "USD822109S1"),
        ("US", "USD456789S"),
        ("US", "USPP12009P2"),
        ("US", "USPP30000P3"),
        ("US", "USPP11000P"),
        ("US", "US12009P2"),
        # certificates are of a granted patent: B1 to B3 until 2 Jan 2001, then C, F, J, K
        ("US", "US5012236B1"),
        ("US", "US5012236B3"),
        ("US", "US5012236C1"),
        ("US", "USRE37141C1"),
        ("US", "US6778074F1"),
        ("US", "US6778074K1"),
        # EPO
        ("EP", "EP1000000B1"),
        ("EP", "EP0007054B2"),
        ("EP", "EP2458380B3"),
        ("EP", "EP2458380B9"),
        # JPO: 2,500,001 of 29 May 1996 is the first patent of the new law
        ("JP", "JP2500001B2"),
        ("JP", "JP6768620B2"),
        ("JP", "JP7533889B1"),
        ("JP", "JP3012345U"),
        ("JP", "JP1747893S"),
        # KIPO, CNIPA, DPMA
        ("KR", "KR102750114B1"),
        ("KR", "KR100123456B1"),
        ("KR", "KR200412345Y1"),
        ("CN", "CN101234567B"),
        ("CN", "CN100596351B"),
        ("CN", "CN1398102C"),
        ("DE", "DE102005000001B4"),
        ("DE", "DE19630877C1"),
        ("DE", "DE3106419C2"),
        ("DE", "DE602016095006T2"),
        # others
        ("TW", "TWI234567B"),
        ("RU", "RU2345678C2"),
        ("GB", "GB2345678B"),
        ("FR", "FR2678901B1"),
    ],
)
def test_a_number_shows_a_grant(office: str, number: str):
    """By form, kind code and range, as the offices' lists of kind codes give them."""
    assert is_grant(office, number)


@pytest.mark.parametrize(
    ("office", "number"),
    [
        ("US", "US20170071586A1"),
        ("US", "US20010012345P1"),
        ("US", "US20030001234A9"),
        ("US", "US14/706838"),
        ("US", "USH2345H"),  # a statutory invention registration is no patent: pre-AIA 35 USC 157
        ("US", "US12009P4"),
        ("US", ""),
        ("EP", "EP1000000A1"),
        ("EP", "EP4137511A4"),
        ("JP", "JP2019061579A"),
        ("JP", "JPH0812345B2"),  # kokoku: an examined application
        ("JP", "JP2499999B2"),
        ("JP", "JP1234567B2"),
        ("JP", "JPS6012345B"),
        ("JP", "JPH0612345U"),
        ("KR", "KR970001234B1"),  # until October 1997 an examined application
        ("KR", "KR910004567B1"),
        ("KR", "KR1020150124192A"),
        ("CN", "CN1003001B"),  # until 30 December 1992 an examined application
        ("CN", "CN1019808B"),
        ("CN", "CN85100001B"),
        ("CN", "CN101234567A"),
        ("DE", "DE1234567B"),  # Auslegeschrift, 1957 to 1981
        ("DE", "DE2456789B2"),
        ("DE", "DE1122334B1"),
        ("DE", "DE3106419A1"),
        ("DE", "DE602016095006T1"),
        ("DE", "DE202015000001U1"),
        ("AU", "AU2005202049B2"),  # acceptance, open to opposition before the grant: Patents Act 1990, section 59
        ("TW", "TW234567B"),
        ("WO", "WO2015000001A1"),
    ],
)
def test_a_number_shows_no_grant(office: str, number: str):
    """Applications, and examined applications that were published for opposition before any grant."""
    assert not is_grant(office, number)


@pytest.mark.parametrize(
    ("number", "shown_as"),
    [
        ("US5012236B1", "reexamination certificate"),
        ("US6167568B2", "reexamination certificate"),
        ("US6167569B2", "number"),
        ("US5012236C1", "reexamination certificate"),
        ("US8697359K1", "inter partes review certificate"),
        ("US5012236A", "number"),
    ],
)
def test_a_certificate_is_called_one(number: str, shown_as: str):
    """MPEP 901.04(a): B1 and B2 were reexamination certificates until 2 Jan 2001 and are patents since."""
    kind = grant_kind_of("US", number)
    assert kind is not None
    assert kind.shown_as == shown_as
