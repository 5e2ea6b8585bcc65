"""The forms for the screen: `US 11,205,304 B2`, `14/706,838`, `EP 2 458 380 B1`."""

import re
from collections.abc import Callable

from components.numbers import rules
from components.numbers.offices.check_digits import ep_check_digit

_Form = Callable[[re.Match[str]], str]


def _with_kind_code(form: _Form) -> _Form:
    """Return the form with the kind code appended: the last group of the pattern of every published document."""

    def form_with_kind_code(match: re.Match[str]) -> str:
        return f"{form(match)} {match[match.re.groups] or ''}".rstrip()

    return form_with_kind_code


def _in_thousands(digits: str) -> str:
    """Return digits grouped as the USPTO prints them: `11,205,304`."""
    return f"{int(digits):,}"


def _german_groups(digits: str) -> str:
    """Return digits grouped as the German office prints them: three, two, and the rest (`31 06 419`, `196 30 877`)."""
    return f"{digits[:-5]} {digits[-5:-3]} {digits[-3:]}"


def _era_year(year: int) -> str:
    """Return the year of a Japanese publication as it is printed: `S63` for 1988, `H11` for 1999.

    1989 is the last year of Showa and the first of Heisei; it has no such form.
    """
    era = next(row for row in rules.era_rows() if row.before < year <= row.before + row.numbered)
    return f"{era.letter}{year - era.before:02}"


_KIND = r"([A-Z]\d?)?"
_FORMS: tuple[tuple[re.Pattern[str], _Form], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (rf"US(20\d\d)(\d{{7}}){_KIND}", _with_kind_code(lambda m: f"US {m[1]}/{m[2]}")),
        (rf"US(\d{{1,8}}){_KIND}", _with_kind_code(lambda m: f"US {_in_thousands(m[1])}")),
        (rf"US(D|PP|RE|H|T|X|RX|AI|B)(\d{{1,7}}){_KIND}", _with_kind_code(lambda m: f"US {m[1]}{_in_thousands(m[2])}")),
        (r"US(\d\d)/(\d{3})(\d{3})", lambda m: f"{m[1]}/{m[2]},{m[3]}"),
        (rf"EP(\d)(\d{{3}})(\d{{3}}){_KIND}", _with_kind_code(lambda m: f"EP {m[1]} {m[2]} {m[3]}")),
        (r"EP(\d{8})", lambda m: f"EP {m[1]}.{ep_check_digit(m[1])}"),
        (rf"WO(\d{{4}})(\d{{6}}){_KIND}", _with_kind_code(lambda m: f"WO {m[1]}/{m[2]}")),
        (
            rf"JP(19(?:2[6-9]|[3-7]\d|8[0-8]|9\d))(\d{{6}}){_KIND}",
            _with_kind_code(lambda m: f"JP {_era_year(int(m[1]))}-{m[2]}"),
        ),
        (rf"JP(\d{{4}})-?(\d{{6}}){_KIND}", _with_kind_code(lambda m: f"JP {m[1]}-{m[2]}")),
        (rf"JP(\d{{1,7}}){_KIND}", _with_kind_code(lambda m: f"JP {m[1]}")),
        (rf"KR([1-3]0)(\d{{4}})(\d{{7}}){_KIND}", _with_kind_code(lambda m: f"KR {m[1]}-{m[2]}-{m[3]}")),
        (rf"KR([1-3]0)(\d{{7}}){_KIND}", _with_kind_code(lambda m: f"KR {m[1]}-{m[2]}")),
        (r"KR([1-3]0)-(\d{4})-(\d{7})", lambda m: f"KR {m[1]}-{m[2]}-{m[3]}"),
        (
            rf"DE(\d{{2}})(\d{{4}})(\d{{3}})(\d{{3}}){_KIND}",
            _with_kind_code(lambda m: f"DE {m[1]} {m[2]} {m[3]} {m[4]}"),
        ),
        (rf"DE(\d{{7,8}}){_KIND}", _with_kind_code(lambda m: f"DE {_german_groups(m[1])}")),
        (rf"([A-Z]{{2}})([A-Z]{{0,2}}\d{{3,13}}){_KIND}", _with_kind_code(lambda m: f"{m[1]} {m[2]}")),
        (r"(?!US|EP|WO|JP|KR|DE|PCT)([A-Z]{2})([A-Z0-9][A-Z0-9./-]*[A-Z0-9])", lambda m: f"{m[1]} {m[2]}"),
    )
)


def display_form(normalised: str) -> str:
    """Return the form for the screen of a publication or application number in the service's form.

    The check digit of an EP application is added. A form that is not known is returned unchanged.
    """
    for pattern, form in _FORMS:
        match = pattern.fullmatch(normalised)
        if match is not None:
            return form(match)
    return normalised
