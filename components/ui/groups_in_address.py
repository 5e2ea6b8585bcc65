"""Groups of file histories in the address: `Widgets,blue,US14/412875,EP99203729;Gears,red,JP2017-187096`.

In names and keys a comma, a semicolon and a percent sign are written `%2C`, `%3B` and `%25`.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from components.charts import GROUP_COLOURS, LONGEST_GROUP_NAME, FileGroup

_QUOTED: Final = str.maketrans({"%": "%25", ",": "%2C", ";": "%3B"})
_LONGEST_KEY: Final = 60
"""Characters of the key of a history; those of all offices are much shorter."""


def clean_name(text: str) -> str:
    """Return the name of a group as it is kept: in one line, without signs that are not drawn, of limited length."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return words[:LONGEST_GROUP_NAME].rstrip()


def read_groups(text: str) -> tuple[FileGroup, ...]:
    """Return the groups that a parameter of the address names; what makes no sense in it is left out.

    A history stays in the first group that names it, groups of one name are one, and a group with an unknown colour
    gets one that is free.
    """
    members: dict[str, list[str]] = {}
    colours: dict[str, str] = {}
    taken: set[str] = set()
    for part in text.split(";"):
        first, *rest = [unquote(field) for field in part.split(",")]
        name, keys = clean_name(first), list(dict.fromkeys(filter(None, map(_clean_key, rest[1:]))))
        own = [key for key in keys if key not in taken]
        if name and own:
            members.setdefault(name, []).extend(own)
            colours.setdefault(name, rest[0])
            taken.update(own)
    groups: list[FileGroup] = []
    for name, own in members.items():
        colour = colours[name] if colours[name] in GROUP_COLOURS else next_colour(groups)
        groups.append(FileGroup(name, colour, tuple(own)))
    return tuple(groups)


def write_groups(groups: Iterable[FileGroup]) -> tuple[str]:
    """Return the text of the parameter that names these groups."""
    return (
        ";".join(
            ",".join(field.translate(_QUOTED) for field in (group.name, group.colour, *group.histories))
            for group in groups
        ),
    )


def next_colour(groups: Iterable[FileGroup]) -> str:
    """Return the colour for one more group: the first that the fewest groups have."""
    used = [group.colour for group in groups]
    return min(GROUP_COLOURS, key=used.count)


def _clean_key(text: str) -> str:
    clean = text.strip()
    return clean if clean.isprintable() and len(clean) <= _LONGEST_KEY else ""
