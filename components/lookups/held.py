"""What the store already holds of the numbers and histories that a look-up is about."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from components.store import Headline, Store


def held_by_name(store: Store, names: Collection[str]) -> dict[str, Headline]:
    """Return the held history that each name leads to; names that lead to none are left out.

    Args:
        store: holds the histories.
        names: any names of histories: numbers in one of the service's forms, or keys.
    """
    keys = store.resolve(names) if names else {}
    headlines = {headline.key: headline for headline in store.headlines(keys.values())} if keys else {}
    return {name: headlines[key] for name, key in keys.items() if key in headlines}


def first_held(names: Iterable[str], held: Mapping[str, Headline]) -> Headline | None:
    """Return the history that the first of these names leads to, if any of them leads to one."""
    return next((held[name] for name in names if name in held), None)


def claimed_by_others(store: Store, headlines: Sequence[Headline]) -> frozenset[str]:
    """Return the keys of those histories whose publication number now leads to another application.

    Asked for or opened by that number, they would bring the other application.
    """
    keys = store.resolve({headline.patent_number for headline in headlines if headline.patent_number})
    return frozenset(
        headline.key for headline in headlines if keys.get(headline.patent_number, headline.key) != headline.key
    )
