"""Groups of files, such as a family over several offices: put together by the visitor, kept in the address."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from components.charts import GROUP_COLOURS, LONGEST_GROUP_NAME, FileGroup, group_by_history
from components.lookups import Plan, PlanState
from components.store import Headline, Store
from components.ui.address import fits_address
from components.ui.escape import escape_markdown
from components.ui.groups_in_address import clean_name, next_colour
from components.ui.review.reviewed import ReviewedHistories
from components.ui.state import FILE_GROUPS, group_colour_key

Groups = tuple[FileGroup, ...]

_SQUARES: Final = {"blue": "🟦", "orange": "🟧", "green": "🟩", "purple": "🟪", "red": "🟥", "brown": "🟫"}
"""Colour of a group → what shows it in a list of choices, beside its name."""
_PENDING: Final = (PlanState.FREE, PlanState.CHARGED, PlanState.UNCERTAIN, PlanState.BEYOND_CAP, PlanState.AMBIGUOUS)
"""Numbers whose history may still come."""
_TALL: Final = 12
"""An editor with more files than this scrolls."""


def groups_in_state() -> Groups:
    """Return the groups as made by the visitor or the address; some of their files need not be on the screen."""
    groups: Groups = st.session_state.get(FILE_GROUPS) or ()
    return groups


def put_in_groups(store: Store, plan: Plan, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
    """Return the histories with those of a group together: by group, then in the order given, those of no group last.

    The groups follow histories that got another key, and may name a history by any of its numbers. Once all that was
    asked for is held, they forget the files that were not asked for.

    Args:
        store: knows which name leads to which history.
        plan: what was asked for.
        headlines: the histories on the screen.
    """
    groups = groups_in_state()
    if not groups:
        return tuple(headlines)
    groups = with_present_keys(groups, plan.keys, store.resolve)
    if plan.items and not plan.items_in(*_PENDING):
        groups = only_of(groups, plan.keys)
    st.session_state[FILE_GROUPS] = groups
    return tuple(in_order_of(groups, headlines))


def with_present_keys(
    groups: Groups, known: Collection[str], resolve: Callable[[Collection[str]], Mapping[str, str]]
) -> Groups:
    """Return groups that name each history by its present key.

    Args:
        groups: the groups.
        known: keys that are known to be present.
        resolve: returns the key of the history to which each name leads.
    """
    others = {name for group in groups for name in group.histories}.difference(known)
    if not others:
        return groups
    key_of = resolve(others)
    taken: set[str] = set()
    followed = []
    for group in groups:
        keys = dict.fromkeys(key_of.get(name, name) for name in group.histories)
        own = tuple(key for key in keys if key not in taken)
        taken.update(own)
        followed.append(replace(group, histories=own))
    return tuple(group for group in followed if group.histories)


def only_of(groups: Groups, keys: Collection[str]) -> Groups:
    """Return groups without the histories that are not among these."""
    kept = [replace(group, histories=tuple(key for key in group.histories if key in keys)) for group in groups]
    return tuple(group for group in kept if group.histories)


def in_order_of(groups: Groups, headlines: Sequence[Headline]) -> list[Headline]:
    """Return histories by group, each in the order given, those of no group last."""
    place = {key: number for number, group in enumerate(groups) for key in group.histories}
    return sorted(headlines, key=lambda headline: place.get(headline.key, len(groups)))


def names_of_groups(groups: Groups) -> dict[str, str]:
    """Return the name of the group of each history that is in one, by its key."""
    return {key: group.name for key, group in group_by_history(groups).items()}


def regrouped(before: Groups, names: Mapping[str, str]) -> Groups:
    """Return the groups after their names were edited.

    A group keeps its place, its colour and the files that are not on the screen as long as it has files; a new one
    stands behind and takes the next colour.

    Args:
        before: the groups before.
        names: the name of the group of each history on the screen, by its key; empty for none.
    """
    wanted = {key: clean_name(name) for key, name in names.items()}
    groups: list[FileGroup] = []
    for group in before:
        here = [key for key in wanted if wanted[key] == group.name]
        elsewhere = [key for key in group.histories if key not in wanted]
        if here or elsewhere:
            groups.append(replace(group, histories=(*here, *elsewhere)))
    known = {group.name for group in groups}
    for name in dict.fromkeys(wanted.values()):
        if name and name not in known:
            members = tuple(key for key in wanted if wanted[key] == name)
            groups.append(FileGroup(name, next_colour(groups), members))
    return tuple(groups)


def draw_groups(reviewed: ReviewedHistories) -> Groups:
    """Draw the switch that opens the groups, where there are several files, and return them."""
    groups = groups_in_state()
    if len(reviewed.headlines) < 2:
        return groups
    with st.popover(
        "Groups", key="file_groups_popover", help="Put files together, a family for example, under a name and a colour"
    ):
        st.markdown(":small[Files with the same name stand together on the timeline, under that name.]")
        names = _ask_names(reviewed, groups)
        if names is not None:
            st.session_state[FILE_GROUPS] = regrouped(groups, names)
            st.rerun()  # the facts of the files stand in the order of the groups too
        _ask_colours(groups, reviewed.numbers)
        if groups:
            if not fits_address("groups", groups):
                st.caption("These groups are too long for an address: a copied link opens without them.")
            if st.button("Remove all groups", key="remove_groups", type="tertiary"):
                st.session_state[FILE_GROUPS] = ()
                st.rerun()
    return groups


def _ask_names(reviewed: ReviewedHistories, groups: Groups) -> dict[str, str] | None:
    """Draw the files with the names of their groups, and return the names by key once they are to be applied."""
    numbers, group_names = reviewed.numbers, names_of_groups(groups)
    rows = pd.DataFrame(
        {"File": list(numbers.values()), "Group": [group_names.get(key, "") for key in numbers]}, dtype="str"
    )
    with st.form("groups", border=False):
        edited = st.data_editor(
            rows,
            # Another key for other rows: the editor keeps what was typed by its position.
            key=f"groups_{hash((tuple(numbers), tuple(rows['Group']))) & 0xFFFFFFFF:x}",
            hide_index=True,
            height="content" if len(rows) <= _TALL else 420,
            width=420,
            disabled=["File"],
            alt="Files, and the name of the group of each, to be typed",
            column_config={
                "File": st.column_config.TextColumn(width=150),
                "Group": st.column_config.TextColumn(
                    width=240, max_chars=LONGEST_GROUP_NAME, help="Any name; empty for none"
                ),
            },
        )
        applied = st.form_submit_button("Apply", type="primary")
    return dict(zip(numbers, edited["Group"].fillna("").astype(str), strict=True)) if applied else None


def _ask_colours(groups: Groups, shown: Iterable[str]) -> None:
    """Draw the choice of the colour of each group that has a file on the screen."""
    on_screen = set(shown)
    with st.container(horizontal=True, width=420):
        for group in groups:
            if on_screen.isdisjoint(group.histories):
                continue
            key = group_colour_key(group.name)
            st.session_state[key] = group.colour
            st.selectbox(
                f"Colour of {escape_markdown(group.name)}",
                list(GROUP_COLOURS),
                key=key,
                format_func=lambda colour: f"{_SQUARES[colour]} {colour.capitalize()}",
                on_change=_take_colour,
                args=(group.name,),
                width=200,
            )


def _take_colour(name: str) -> None:
    colour = st.session_state[group_colour_key(name)]
    st.session_state[FILE_GROUPS] = tuple(
        replace(group, colour=colour) if group.name == name else group for group in groups_in_state()
    )
