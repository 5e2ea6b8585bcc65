"""What is typed into the search box, as a query: words, phrases, beginnings, near, either, without, and filters.

    rejection Murthy              both words on the page
    "claims 1-19 are rejected"    one after another
    obvious*                      a word that begins so
    motivation NEAR combine       at most ten words between them; NEAR/5: at most five
    interview -telephonic         without a word; -"a phrase" without a phrase
    rejected OR allowed           one of them, or both
    code:CTNF side:office round:2 since:2019-01-01 until:2020

Case and accents do not matter, except in the capitals of NEAR and OR.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from components.page_texts.phrases import Near, Phrase, Term, texts
from components.page_texts.tokens import CJK_CHARACTER, Token, tokens_in
from components.words import listed

LONGEST_QUERY: Final = 500
"""Most characters of a query."""
MOST_WORDS: Final = 32
"""Most words that are looked for at once."""
NEAR_APART: Final = 10
"""How many words stand between those of a NEAR without a number."""
FARTHEST: Final = 100
_SHORTEST_BEGINNING: Final = 3
SIDES: Final = ("office", "applicant", "third party", "internal", "unclassified")
"""The sides of `side:`; a blank in a name may be typed as `-` or `_`, or left out."""
_SIDES: Final = {re.sub(r"\W", "", side): side for side in SIDES}

_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_PART: Final = re.compile(
    rf"""(?P<minus>[{_DASHES}]?)"(?P<phrase>[^"]*)(?:"|$)(?P<star>\*?)|(?P<word>[^\s"]+)""", re.VERBOSE
)
_FILTER: Final = re.compile(r"(code|side|round|since|until):(.*)", re.IGNORECASE | re.DOTALL)
_LIKE_A_FILTER: Final = re.compile(r"([A-Za-z]{2,12}):[^\s:/].*", re.DOTALL)
_NEAR: Final = re.compile(r"NEAR(?:/(.*))?", re.DOTALL)
_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")

Operator = Literal["OR", "NEAR", "AND"]


class QueryRefused(ValueError):
    """What was typed is no query. The message says what is wrong with it and what to type instead."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and in which papers."""

    wanted: tuple[tuple[Term, ...], ...]
    """Of each of these, one at least stands on the page."""
    unwanted: tuple[Phrase, ...] = ()
    """None of these stands on it."""
    codes: tuple[str, ...] = ()
    """Only papers of one of these codes, in capitals; empty for any."""
    sides: tuple[str, ...] = ()
    """Only papers of one of these `SIDES`; empty for any."""
    rounds: tuple[int, ...] = ()
    """Only papers of one of these rounds; empty for any."""
    since: date | None = None
    """Only papers of this day or a later one."""
    until: date | None = None
    """Only papers of this day or an earlier one."""


def parse_query(text: str) -> Query:
    """Return what was typed as a query.

    Raises:
        QueryRefused: it is none; says what to type.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryRefused(f"That is longer than {LONGEST_QUERY} characters. Type a few words that stand on the page.")
    reading = _Reading()
    for part in _PART.finditer(text.translate(_QUOTES)):
        reading.take(part)
    return reading.query()


def places_in(query: Query, tokens: Sequence[Token]) -> list[range]:
    """Return the runs of a page's tokens that match a query, in order; none where the page does not match."""
    page = texts(tokens)
    if any(phrase.runs(page) for phrase in query.unwanted):
        return []
    found: list[range] = []
    for terms in query.wanted:
        runs = [run for term in terms for run in term.runs(page)]
        if not runs:
            return []
        found += runs
    return _apart(found)


def stands_on(query: Query, tokens: str) -> bool:
    """Return whether a page matches a query, quicker than `places_in`.

    Args:
        query: what is looked for.
        tokens: those of the page, with a blank between them.
    """
    text = f" {tokens} "
    if not all(any(term.stands_in(text) for term in terms) for terms in query.wanted):
        return False
    return not any(phrase.stands_in(text) for phrase in query.unwanted)


def _apart(runs: list[range]) -> list[range]:
    """Return runs in order, those that overlap as one."""
    merged: list[range] = []
    for run in sorted(runs, key=lambda run: (run.start, run.stop)):
        if merged and run.start < merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, run.stop))
        else:
            merged.append(run)
    return merged


@dataclass(slots=True)
class _Reading:
    """What was read of a query so far."""

    wanted: list[list[Term]] = field(default_factory=list)
    unwanted: list[Phrase] = field(default_factory=list)
    filters: dict[str, list[str]] = field(default_factory=dict)
    operator: Operator | None = None
    """The one that was typed last and whose second word has not come yet."""
    apart: int = NEAR_APART
    words: int = 0
    may_join: bool = False
    """Whether the last part was a word that NEAR or OR can stand behind."""

    def take(self, part: re.Match[str]) -> None:
        """Take up one part of what was typed."""
        if part["word"] is None:
            self._take_phrase(part["phrase"], minus=bool(part["minus"]), star=bool(part["star"]))
            return
        word = part["word"]
        if word in ("OR", "AND"):
            self._take_operator("OR" if word == "OR" else "AND")
        elif near := _NEAR.fullmatch(word):
            self.apart = _apart_of(near[1])
            self._take_operator("NEAR")
        elif chosen := _FILTER.fullmatch(word):
            self._take_filter(chosen[1].lower(), chosen[2])
        elif like := _LIKE_A_FILTER.fullmatch(word):
            raise QueryRefused(
                f"There is nothing to choose by {like[1]}:. There are {listed([f'{name}:' for name in _EXAMPLES])}. "
                "To look for the words themselves, leave the colon out."
            )
        else:
            minus = len(word) > 1 and word[0] in _DASHES
            self._take_word(word[1:] if minus else word, minus=minus)

    def query(self) -> Query:
        """Return the query.

        Raises:
            QueryRefused: what was typed is none.
        """
        self._refuse_open_operator("")
        if not self.wanted:
            if self.unwanted:
                raise QueryRefused("Only words to leave out were typed. Type a word that stands on the page as well.")
            raise QueryRefused("There is no word to look for. Type one that stands on the page.")
        return Query(
            tuple(tuple(terms) for terms in self.wanted),
            tuple(self.unwanted),
            codes=tuple(code.upper() for code in self.filters.get("code", ())),
            sides=tuple(_side(name) for name in self.filters.get("side", ())),
            rounds=tuple(_round(number) for number in self.filters.get("round", ())),
            since=_day("since", self.filters.get("since"), end=False),
            until=_day("until", self.filters.get("until"), end=True),
        )

    def _take_operator(self, operator: Operator) -> None:
        self._refuse_open_operator(operator)
        if operator != "AND":
            if not self.may_join:
                raise QueryRefused(_between(operator))
            if operator == "NEAR" and isinstance(self.wanted[-1][-1], Near):
                raise QueryRefused("NEAR stands between two words only. Type one pair: motivation NEAR combine.")
            self.operator = operator
        self.may_join = False

    def _take_word(self, word: str, *, minus: bool) -> None:
        star = word.endswith("*")
        bare = word.rstrip("*") if star else word
        if "*" in bare and tokens_in(bare):
            raise QueryRefused(f"In {_quoted(word)} the star does not stand at the end. Type one as in reject*.")
        self._take_phrase(bare, minus=minus, star=star)

    def _take_phrase(self, text: str, *, minus: bool, star: bool) -> None:
        if text.endswith("*"):
            text, star = text.rstrip("*"), True
        tokens = tuple(tokens_in(text))
        if not tokens:  # signs alone, such as § or &, stand on no page as the search sees it
            return
        self.words += len(tokens)
        if self.words > MOST_WORDS:
            raise QueryRefused(f"Those are more than {MOST_WORDS} words. Type the few that matter.")
        is_short = len("".join(tokens)) < _SHORTEST_BEGINNING
        if star and is_short and not CJK_CHARACTER.match(tokens[-1]):
            raise QueryRefused(f"Type at least {_SHORTEST_BEGINNING} letters before a star, as in rej*.")
        self._take(Phrase(tokens, begins=star), minus=minus)

    def _take(self, phrase: Phrase, *, minus: bool) -> None:
        if minus:
            if self.operator:
                raise QueryRefused(
                    f"{self.operator} cannot stand before a word to leave out. {_between(self.operator)}"
                )
            self.unwanted.append(phrase)
        elif self.operator == "OR":
            self.wanted[-1].append(phrase)
        elif self.operator == "NEAR":
            one = self.wanted[-1].pop()
            self.wanted[-1].append(Near(one, phrase, self.apart) if isinstance(one, Phrase) else one)
        else:
            self.wanted.append([phrase])
        self.operator, self.may_join = None, not minus

    def _take_filter(self, name: str, value: str) -> None:
        self._refuse_open_operator(f"{name}:")
        values = [one for one in value.split(",") if one]
        if not values:
            raise QueryRefused(f"Nothing stands behind {name}:. {_EXAMPLES[name]}")
        self.filters.setdefault(name, []).extend(values)
        self.may_join = False

    def _refuse_open_operator(self, following: str) -> None:
        if self.operator:
            what = f"{self.operator} {following}".strip()
            raise QueryRefused(f"A word is missing behind {what.split()[0]}. {_between(self.operator)}")


_EXAMPLES: Final = {
    "code": "Type a code as the list of papers has it: code:CTNF.",
    "side": "Type one of side:office, side:applicant, side:third-party, side:internal, side:unclassified.",
    "round": "Type a number: round:2.",
    "since": "Type a day, a month or a year: since:2019-01-31, since:2019-01 or since:2019.",
    "until": "Type a day, a month or a year: until:2019-01-31, until:2019-01 or until:2019.",
}
"""What to type, by the name of a filter."""


def _between(operator: Operator) -> str:
    """Return where an operator stands."""
    example = "motivation NEAR/5 combine" if operator == "NEAR" else "rejected OR allowed"
    return f"{operator} stands between two words: {example}."


def _apart_of(number: str | None) -> int:
    """Return how many words NEAR allows between the two.

    Raises:
        QueryRefused: that is no number, or too high a one.
    """
    if number is None:
        return NEAR_APART
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and int(number) <= FARTHEST):
        raise QueryRefused(f"Behind NEAR/ stands a number from 0 to {FARTHEST}: motivation NEAR/5 combine.")
    return int(number)


def _side(name: str) -> str:
    side = _SIDES.get(re.sub(r"[\W_]", "", name).lower())
    if side is None:
        raise QueryRefused(f"There is no side {_quoted(name)}. {_EXAMPLES['side']}")
    return side


def _round(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise QueryRefused(f"{_quoted(number)} is no round. {_EXAMPLES['round']}")
    return int(number)


def _day(name: str, values: Sequence[str] | None, *, end: bool) -> date | None:
    """Return the day that a filter names: of a month or a year its first, or its last.

    Raises:
        QueryRefused: it names none, or several are named.
    """
    if not values:
        return None
    found = _DAY.fullmatch(values[0])
    if found is None or len(values) > 1:
        raise QueryRefused(f"{_quoted(','.join(values))} is no day. {_EXAMPLES[name]}")
    year, month = int(found[1]), int(found[2] or (12 if end else 1))
    try:
        return date(year, month, int(found[3] or (monthrange(year, month)[1] if end else 1)))
    except ValueError:
        raise QueryRefused(f"{_quoted(values[0])} is no day. {_EXAMPLES[name]}") from None


def _quoted(text: str) -> str:
    """Return what was typed, to be named in a message; a long text is cut."""
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
