"""What the tests of confusion share: real numbers of every office, and which readings are of another document."""

from components.numbers import Number, Standing, parse
from components.numbers.doubles import comparison_form

DOCUMENTS = {
    # as it is typed: the service's form without kind code
    "US11205304B2": "US11205304",
    "US 11,205,304 B2": "US11205304",
    "11,205,304": "US11205304",
    "7,654,321": "US7654321",
    "US7654321B2": "US7654321",
    "US5012236A": "US5012236",
    "US20050262868A1": "US20050262868",
    "US 2005/0262868 A1": "US20050262868",
    "14/706,838": "US14/706838",
    "US14/706838": "US14/706838",
    "USD1055174S1": "USD1055174",
    "USRE39998E1": "USRE39998",
    "USPP12345P2": "USPP12345",
    "EP2458380B1": "EP2458380",
    "EP 2 458 380 B1": "EP2458380",
    "EP3499756A1": "EP3499756",
    "EP10173239.4": "EP10173239",
    "WO2004050828A2": "WO2004050828",
    "WO 2004/050828 A2": "WO2004050828",
    "WO2025181219A1": "WO2025181219",
    "PCT/US2019/012345": "PCT/US2019/012345",
    "PCT/EP02/07746": "PCT/EP2002/007746",
    "JP2004266582A": "JP2004266582",
    "JP4627367B2": "JP4627367",
    "特開2004-266582": "JP2004266582",
    "KR102750114B1": "KR102750114",
    "KR 10-2750114 B1": "KR102750114",
    "KR1020150124192A": "KR1020150124192",
    "DE3106419A1": "DE3106419",
    "DE 31 06 419 A1": "DE3106419",
    "DE102004002000A1": "DE102004002000",
    "DE602016095006T2": "DE602016095006",
    "GB2413271A": "GB2413271",
    "GB 2 413 271 A": "GB2413271",
    "FR2980000A1": "FR2980000",
    "CA2467000A1": "CA2467000",
    "AU2003212220A1": "AU2003212220",
    "AU784257B2": "AU784257",
    "TWI393456B": "TWI393456",
    "AT394710B": "AT394710",
    "NL1012345C2": "NL1012345",
    "ES2123456A1": "ES2123456",
    "CH654321A5": "CH654321",
}


def others(text: str, document: str) -> list[Number]:
    """Return the numbers of a text that are neither refused nor the document, be it as one of several readings."""
    return [
        number
        for number in parse(text)
        if number.standing is not Standing.REFUSED and document not in map(comparison_form, number.readings)
    ]


def found(text: str, document: str) -> bool:
    """Return whether the document is among the readings of a text."""
    return any(document == comparison_form(reading) for number in parse(text) for reading in number.readings)
