"""The check of the room's rule tables when the app starts: each by itself, and what must agree between them."""

from collections.abc import Collection, Iterable
from itertools import groupby, pairwise, product
from pathlib import Path
from typing import Protocol

from components.numbers import country_words, rules
from components.numbers.offices import de_numbers, forms, jp_documents, jp_eras, kr_documents, national, native_words
from components.numbers.spreadsheets import column_cells, headings
from components.numbers.text import no_numbers, runs
from components.numbers.text.recognition import FAMILIES
from components.rule_tables import Row, RuleTableBroken


class _Spanned(Protocol):
    """A row for the numbers, the years or the codes from `first` to `last`."""

    @property
    def line(self) -> int: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int | None: ...


class _OfSeries(_Spanned, Protocol):
    """Such a row that names a series of the table of kind codes, or none."""

    @property
    def series(self) -> str: ...


def check_rule_tables(folder: Path = rules.FOLDER) -> None:
    """Read every rule table of this room and check what must agree between them.

    Args:
        folder: where the tables are.

    Raises:
        RuleTableBroken: a table is missing or damaged, or contradicts itself or another; says which, where and what to
            do.
    """
    offices = rules.office_rows(folder)
    _refuse_repetition("offices.csv", ((row, "code", row.code) for row in offices))
    _check_kinds(rules.kind_code_rows(folder), {row.code for row in offices})
    _check_us_kinds(rules.us_kind_rows(folder))
    _check_series(rules.series_rows(folder))
    _check_filing_years(rules.filing_year_rows(folder))
    _check_eras(rules.era_rows(folder))
    kinds = rules.kind_code_rows(folder)
    _check_series_names("JP", "jp_series.csv", jp_documents.series_rows(folder), kinds)
    _check_series_names("JP", "jp_registers.csv", jp_documents.register_rows(folder), kinds)
    _check_series_names("KR", "kr_documents.csv", kr_documents.document_rows(folder), kinds)
    _check_series_names("DE", "de_numbers.csv", de_numbers.span_rows(folder), kinds)
    _check_native_words(native_words.word_rows(folder), {row.code for row in offices})
    _check_country_words(country_words.country_word_rows(folder))
    no_numbers.rows(folder)
    _refuse_repetition(runs.FILE, ((row, "word", row.word.lower()) for row in runs.plural_rows(folder)))
    for word in rules.word_rows(folder):
        _check_office("words.toml", word, word.office, {row.code for row in offices})
    for address in rules.address_rows(folder):
        _check_office("urls.toml", address, address.office, FAMILIES.keys())
    for form in national.national_form_rows(folder):
        _check_office(national.FILE, form, form.office, {row.code for row in offices} - FAMILIES.keys())
    for documented in forms.documented_form_rows(folder):
        _check_office(forms.FILE, documented, documented.office, FAMILIES.keys())
    _check_headings(headings.heading_rows(folder), headings.heading_words(folder), {row.code for row in offices})
    headings.asides(folder)
    sharing = column_cells.shared_number_rows(folder)
    _refuse_repetition("shared_numbers.csv", ((row, "office", row.office) for row in sharing))
    for shared in sharing:
        _check_office("shared_numbers.csv", shared, shared.office, {row.code for row in offices})


def _check_headings(
    rows: Iterable[headings.HeadingRow], words: Collection[headings.HeadingWord], offices: Collection[str]
) -> None:
    """Refuse a word or a heading with two meanings, and a heading that could never be found."""
    _refuse_repetition("heading_words.csv", ((word, "word", word.word) for word in words))
    for word in words:
        _check_office("heading_words.csv", word, word.office, offices)
    rows = tuple(rows)
    _refuse_repetition("headings.csv", ((row, "words", " ".join(sorted(row.words))) for row in rows))
    replaced = {word.word for word in words if word.means != (word.word,)}
    for row in rows:
        for name in replaced.intersection(row.words):
            problem = f"{name!r} is replaced or decides by heading_words.csv. Write the heading in its plain words."
            raise RuleTableBroken("headings.csv", problem, line=row.line, column="words")


def _check_kinds(rows: Iterable[rules.KindCodes], offices: Collection[str]) -> None:
    """Refuse unknown offices, and spans of one series that overlap: only the first of them would ever be used."""
    ordered = sorted(rows, key=lambda row: (row.office, row.series, row.first))
    for row in ordered:
        _check_office("kinds.csv", row, row.office, offices)
        _check_span("kinds.csv", row)
    for _, group in groupby(ordered, key=lambda row: (row.office, row.series)):
        for earlier, later in pairwise(group):
            if earlier.last is None or later.first <= earlier.last:
                problem = f"The numbers overlap those of line {earlier.line}. Mend one of them."
                raise RuleTableBroken("kinds.csv", problem, line=later.line, column="first")


def _check_us_kinds(rows: Iterable[rules.UsKind]) -> None:
    """Refuse a kind code with two meanings for one number of a series."""
    spans: dict[tuple[str, str], list[rules.UsKind]] = {}
    for row in rows:
        _check_span("us_kinds.csv", row)
        for code, series in product(row.kinds, row.series):
            for earlier in spans.setdefault((code, series), []):
                if earlier.covers(row.first) or row.covers(earlier.first):
                    problem = f"Line {earlier.line} already says what {code} means for such a number. Mend one of them."
                    raise RuleTableBroken("us_kinds.csv", problem, line=row.line, column="kinds")
            spans[code, series].append(row)


def _check_series(rows: Collection[rules.SeriesCodes]) -> None:
    """Refuse a series code with two meanings."""
    for row in rows:
        _check_span("us_series.csv", row)
    codes = ((row, "first", str(code)) for row in rows for code in range(row.first, row.last + 1))
    _refuse_repetition("us_series.csv", codes)


def _check_filing_years(rows: Collection[rules.FilingYears]) -> None:
    """Refuse a series that stands twice."""
    for row in rows:
        _check_span("us_filing_years.csv", row)
    _refuse_repetition("us_filing_years.csv", ((row, "series", str(row.series)) for row in rows))


def _check_eras(eras: Collection[rules.Era]) -> None:
    """Refuse an era with two meanings, and a table without an era that Japanese numbers use."""
    for row in eras:
        _check_span("eras.csv", row)
    names = ((row, column, getattr(row, column)) for row in eras for column in ("letter", "sign"))
    _refuse_repetition("eras.csv", names)
    missing = sorted(set(jp_eras.ERAS) - {row.letter for row in eras})
    if missing:
        raise RuleTableBroken(
            "eras.csv", f"The era {', '.join(missing)} is missing, which Japanese numbers use. Add it."
        )


def _check_series_names(office: str, file: str, rows: Iterable[_OfSeries], kinds: Iterable[rules.KindCodes]) -> None:
    """Refuse documents of an office that end before they begin, or for which no kind codes are known."""
    known = {row.series for row in kinds if row.office == office}
    for row in rows:
        _check_span(file, row)
        if row.series and row.series not in known:
            problem = f"kinds.csv has no series {row.series!r} of {office}. Correct the name, or add it there."
            raise RuleTableBroken(file, problem, line=row.line, column="series")


def _check_native_words(words: Collection[native_words.NativeWord], offices: Collection[str]) -> None:
    """Refuse a word of an unknown office, and one that stands twice for its office."""
    for word in words:
        _check_office("native_words.csv", word, word.office, offices)
    _refuse_repetition("native_words.csv", ((row, "word", f"{row.office} {row.word}") for row in words))


def _check_country_words(rows: Iterable[country_words.CountryWords]) -> None:
    """Refuse a word that names other offices in another row."""
    meanings: dict[str, country_words.CountryWords] = {}
    for row in rows:
        for word in row.spellings():
            earlier = meanings.setdefault(word.lower(), row)
            if earlier.offices != row.offices:
                problem = f"Line {earlier.line} says that {word} names {' '.join(earlier.offices)}. Keep one of them."
                raise RuleTableBroken(country_words.FILE, problem, line=row.line, column="words")


def _check_span(file: str, row: _Spanned) -> None:
    """Refuse a row that ends before it begins."""
    if row.last is not None and row.last < row.first:
        raise RuleTableBroken(file, "It ends before it begins. Mend `first` or `last`.", line=row.line, column="last")


def _check_office(file: str, row: Row, office: str, known: Collection[str]) -> None:
    """Refuse a row about an office that is not known."""
    if office and office not in known:
        problem = f"{office!r} is no office whose numbers are read there. Correct the code."
        raise RuleTableBroken(file, problem, line=row.line, column="office")


def _refuse_repetition(file: str, names: Iterable[tuple[Row, str, str]]) -> None:
    """Refuse a table in which two rows are for the same thing.

    Args:
        file: name of the table.
        names: row, column and name of each thing that a row is for; a row may be for several.

    Raises:
        RuleTableBroken: two rows have the same name.
    """
    lines: dict[str, int] = {}
    for row, column, name in names:
        earlier = lines.setdefault(name, row.line)
        if earlier != row.line:
            problem = f"Line {earlier} already has {name}. Keep one of them."
            raise RuleTableBroken(file, problem, line=row.line, column=column)
