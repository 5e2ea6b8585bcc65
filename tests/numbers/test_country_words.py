"""The name of a country beside a number, in any language, makes it a number of that country, or none: never a US one.

The forms are those of the offices (DPMA, EPO, INPI, UIBM, OEPM, Rospatent), of the abbreviations of Chemical
Abstracts (CAS), of US reports and of docketing systems.
"""

import pytest

from components.numbers import Standing, country_words, parse, rules


def offices(text: str) -> list[set[str]]:
    """Return the offices of the readings of each number of a text."""
    return [{reading.office for reading in number.readings} for number in parse(text)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        # DPMA and EPO usage
        ("Europäisches Patent 2 458 380", "EP2458380"),
        ("Europäisches Patent Nr. 2458380", "EP2458380"),
        ("EUROPÄISCHES PATENT 2 458 380", "EP2458380"),
        ("die europäische Patentschrift 2 458 380 B1", "EP2458380B1"),
        ("der europaeischen Patentschrift 2 458 380", "EP2458380"),
        ("europäische Offenlegungsschrift 1 234 567", "EP1234567"),
        ("Europäische Patentanmeldung Nr. 1 234 567", "EP1234567"),
        ("European Patent Specification 2 458 380", "EP2458380"),
        ("Offenlegungsschrift 31 06 419", "DE3106419A1"),
        ("japanische Patentschrift 4627367", "JP4627367"),
        ("japanisches Patent Nr. 4627367", "JP4627367"),
        ("US-PS 5 012 236", "US5012236A"),
        ("GB-PS 1 234 567", "GB1234567A"),
        ("FR-PS 2 901 234", "FR2901234"),
        ("FR-OS 2 901 234", "FR2901234"),
        ("EP-PS 2 458 380", "EP2458380"),
        ("EP-OS 2 458 380", "EP2458380"),
        ("CH-PS 654 321", "CH654321"),
        ("DE-PS 31 06 419", "DE3106419"),
        # names in English
        ("Canada 2,467,000", "CA2467000"),
        ("Canada: 2,467,000", "CA2467000"),
        ("Canada No. 2,467,000", "CA2467000"),
        ("Canada - 2,467,000", "CA2467000"),
        ("Canada (2,467,000)", "CA2467000"),
        ("CANADA 2,467,000", "CA2467000"),
        ("France 2901234", "FR2901234"),
        ("Italy 1234567", "IT1234567"),
        ("Spain 2123456", "ES2123456"),
        ("Europe 2458380", "EP2458380"),
        ("Patent of Japan 4627367", "JP4627367"),
        ("Russian Federation Patent 2345678", "RU2345678"),
        ("USSR Inventor's Certificate 1,234,567", "SU1234567"),
        ("East German patent 123 456", "DD123456"),
        ("U.K. Pat. No. 2,413,271", "GB2413271"),
        ("U.K. 2413271", "GB2413271"),
        ("U.S.S.R. 1,234,567", "SU1234567"),
        ("WIPO publication 2006/095001", "WO2006095001"),
        # abbreviations of CAS and of US reports
        ("Eur. Pat. 2,458,380", "EP2458380"),
        ("Eur. Pat. Appl. 1 234 567", "EP1234567"),
        ("Eur. Pat. Appl. EP 1 234 567", "EP1234567"),
        ("Ger. Pat. 3,106,419", "DE3106419"),
        ("Ger. Offen. 3,106,419", "DE3106419"),
        ("Brit. Pat. 2,413,271", "GB2413271"),
        ("Can. Pat. 2,467,000", "CA2467000"),
        ("Belg. Pat. 812,345", "BE812345"),
        ("Fr. Demande 2,901,234", "FR2901234"),
        ("PCT Int. Appl. WO 2006095001", "WO2006095001"),
        ("Jpn. Kokai Tokkyo Koho JP 2004266582", "JP2004266582A"),
        ("Jpn. Kokai Tokkyo Koho JP 2004266582 A", "JP2004266582A"),
        # other languages
        ("brevet allemand n° 3106419", "DE3106419"),
        ("brevet japonais n° 4627367", "JP4627367"),
        ("brevet canadien 2,467,000", "CA2467000"),
        ("brevet du Canada n° 2,467,000", "CA2467000"),
        ("brevet belge 1012345", "BE1012345"),
        ("brevet européen numéro 2458380", "EP2458380"),
        ("demande de brevet européen 1 234 567", "EP1234567"),
        ("demande de brevet français n° 2 901 234", "FR2901234"),
        ("le brevet US n° 7 654 321", "US7654321"),
        ("brevet américain n° 7 654 321", "US7654321"),
        ("brevetto italiano n. 1234567", "IT1234567"),
        ("brevetto europeo n. 2458380", "EP2458380"),
        ("brevetto tedesco 3106419", "DE3106419"),
        ("patente española nº 2123456", "ES2123456"),
        ("patente europea n.º 2458380", "EP2458380"),
        ("patente francesa 2901234", "FR2901234"),
        ("patente alemana 3106419", "DE3106419"),
        ("Europees octrooi nr. 2458380", "EP2458380"),
        ("европейский патент 2458380", "EP2458380"),
        ("патент РФ 2345678", "RU2345678"),
        ("патент РФ № 2345678", "RU2345678"),
        ("欧洲专利 2458380", "EP2458380"),
        ("加拿大专利 2,467,000", "CA2467000"),
        ("スイス特許第654321号", "CH654321"),
        # behind the number, and in the cell beside it
        ("2 458 380 (Europe)", "EP2458380"),
        ("2,467,000 (Canada)", "CA2467000"),
        ("2467000 (Canada)", "CA2467000"),
        ("4,627,367 (Japan)", "JP4627367"),
        ("7,654,321 (U.S.)", "US7654321"),
        ("(CA) 2,467,000", "CA2467000"),
        ("[EP] 2458380", "EP2458380"),
        ("Canada\t2,467,000", "CA2467000"),
        ("Germany\t3106419", "DE3106419"),
        ("Europe\t2458380", "EP2458380"),
        ("Japan;4627367;B2", "JP4627367B2"),
        ("EP n° 2458380", "EP2458380"),
        ("EP no 2458380", "EP2458380"),
        ("FR no 2901234", "FR2901234"),
    ],
)  # fmt: skip
def test_a_number_beside_a_country_is_of_that_country(text: str, form: str) -> None:
    """It is understood as what the words say, be it with the kind code that they name."""
    readings = [reading.normalised for number in parse(text) for reading in number.readings]
    assert [reading.startswith(form) for reading in readings] == [True]


@pytest.mark.parametrize(
    "text",
    ["Iran 1234567", "Pakistani patent 1234567", "Aust. Pat. 784,257", "PCT 7,654,321", "PCT/US 7,654,321",
     "PCT/US 14/706,838", "PCT Int. Appl. WO 2006 95001", "Jpn. Kokai Tokkyo Koho 63 123456", "Japanese patent 784,257",
     "European patent 13,654,321"],
)  # fmt: skip
def test_a_number_that_the_country_cannot_have_is_refused(text: str) -> None:
    """The country's numbers are not known, the word leaves open which is meant, or they have other forms."""
    numbers = parse(text)
    assert [number.standing for number in numbers] == [Standing.REFUSED]
    assert numbers[0].reason != ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Canada, 2,467,000 was granted to the same applicant.", [{"US", "CA"}]),
        ("The Canadian counterpart is 2,467,000 and it is in force.", [{"US", "CA"}]),
        ("Canadian patents 2,467,000 and 2,123,456", [{"CA"}, {"CA"}]),
        ("U.S. and European patents 7,654,321 and 2,458,380", [{"US", "EP"}, {"US", "EP"}]),
        ("Patent No. 2,467,000 of Canada", [{"US", "CA"}]),
        ("(Canadian) 2,467,000", [{"US", "CA"}]),
        ("EP-DE 2458380", [{"EP", "DE"}]),
        ("European Patents 2,458,380 and 2,458,381", [{"EP"}, {"EP"}]),
        ("GB 2413271, 2413272", [{"GB"}, {"US", "GB"}]),
        ("JP 4627367, 4627368", [{"JP"}, {"US", "JP"}]),
        ("EP 2458380; 2458381", [{"EP"}, {"US", "EP"}]),
        ("2458380\tGripper\tEurope", [{"US", "EP"}]),
        # what names the US, or nothing, or another number
        ("The American counterpart of it is 7,654,321 and it is in force.", [{"US"}]),
        ("The Canadian counterpart of US 7,654,321 is in force.", [{"US"}]),
        ("EP 2458380, 7,654,321", [{"EP"}, {"US", "EP"}]),
        ("US 7,654,321 and 7,654,322", [{"US"}, {"US"}]),
        ("Germany\tUS7654321", [{"US"}]),
        ("US\t7,654,321\tCanada", [{"US"}]),
        ("patents 7,654,321 (US), 2,458,380 (EP) and 2,467,000 (CA)", [{"US"}, {"EP"}, {"CA"}]),
        ("as we can. 7,654,321 is cited in it", [{"US"}]),
    ],
)
def test_a_country_farther_away_is_asked_about(text: str, expected: list[set[str]]) -> None:
    """Digits in a phrase that names a country may be one of its numbers: the user chooses."""
    assert offices(text) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("US B1 4,234,567", "US4234567B1"),
        ("B1 4,234,567", "US4234567B1"),
        ("US B2 5,123,456", "US5123456B2"),
        ("C1 5,123,456", "US5123456C1"),
        ("US B1 7,654,321", "US7654321B1"),
        ("see B1 4,234,567 for the certificate", "US4234567B1"),
    ],
)
def test_the_kind_code_of_a_certificate_may_stand_before_the_number(text: str, form: str) -> None:
    """USPTO, Reexamination Certification: Bn, Cn or Fn precedes the number of the original patent."""
    assert [reading.normalised for number in parse(text) for reading in number.readings] == [form]


def test_each_word_alone_before_a_number_is_never_a_us_number() -> None:
    """Every spelling of the table, but those of the US: of its office, or refused."""
    rows = country_words.country_word_rows()
    words = {word: row.offices for row in rows for word in row.spellings() if row.offices != ("US",)}
    wrong = [word for word in words if any("US" in found for found in offices(f"{word} 7,654,321"))]
    assert (wrong, len(words) > 1_000) == ([], True)


def test_every_known_office_has_a_name_in_words() -> None:
    """The name of an office in the table of offices is one of its words, or its words name its country."""
    named = {code for row in country_words.country_word_rows() for code in row.offices}
    assert set(rules.offices()) - named == {"EM", "GC"} - named
