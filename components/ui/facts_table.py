"""The headline facts of several file histories, a row each, as Review and Portfolio show them."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.numbers import display_form
from components.prosecution import (
    CLOSED_STATUSES,
    COLUMN_LABELS,
    Completeness,
    by_urgency,
    columns_of,
    status_classes,
    status_rests_on,
    whose_days,
)
from components.store import Headline
from components.ui.history_names import short_title
from components.words import YEAR_DAYS

MORE_COLUMNS_NOTE = (
    "Further columns stand to the right: days of each side, counts, extensions, application, dates, and the course of "
    "each file in a line. Scroll, or widen the table with its own button. A click on a heading sorts."
)
_INTERVIEWS: Final = "Interviews before allowance"
_OF_HISTORIES: Final = {
    _INTERVIEWS: "interviews_before_allowance",
    "Allowed": "allowed",
    "Actions": "actions",
    "RCEs": "rces",
    "First action": "first_action",
    "Issue paper": "issued",
    "Finals": "finals",
    "Interviews": "interviews",
    "IDSs": "idss",
    "Appeals": "appeals",
    "Oral proceedings": "oral_proceedings",
    "Oppositions": "oppositions",
    "Extension months": "extension_months",
    "Notice of abandonment": "abandoned",
    "Refused": "refused",
    "Entered": "entered",
}
"""Heading → the column of `histories` that it shows; an office may call it otherwise, or not have it."""


def completeness_of(headlines: Iterable[Headline]) -> Completeness:
    """Return how much is held of some histories together."""
    parts = [
        Completeness(headline.documents_held, headline.documents_reported, headline.complete) for headline in headlines
    ]
    to_its_end = all(part.to_its_end for part in parts)
    return Completeness(sum(part.held for part in parts), sum(part.all for part in parts), to_its_end)


def lists_are_whole(headlines: Iterable[Headline]) -> bool:
    """Return whether each list was fetched to its end and holds as many documents as the service reports."""
    return all(headline.complete and headline.documents_held == headline.documents_reported for headline in headlines)


def facts_table(
    headlines: tuple[Headline, ...],
    histories: pd.DataFrame,
    due: pd.DataFrame,
    *,
    groups: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the headline facts of several histories, a row each, as a table for the screen.

    Args:
        headlines: the histories, in their order.
        histories: their `histories` table.
        due: their periods that are open today (`open_periods`).
        groups: the name of the group of each history that is in one, by its key; without any there is no such column.
    """
    facts = histories.set_index("history").reindex([headline.key for headline in headlines])
    shares = [whose_days(row) for _, row in facts.iterrows()]
    following = by_urgency(due).drop_duplicates("history").set_index("history").reindex(facts.index)
    labels = _labels_of(histories)
    table = pd.DataFrame(
        {
            "Patent": [short_title(headline) for headline in headlines],
            "Status": facts["status_words"].astype(str).to_list(),
            "Next due": following["next"].to_list(),
            "What is due": [_what_is_due(row) for row in following.to_dict("records")],
            # A file that ended without an allowance has none before it; of an open file it is the count so far.
            _INTERVIEWS: facts["interviews_before_allowance"]
            .where(facts["allowed"].notna() | ~facts["status"].astype(str).isin(CLOSED_STATUSES))
            .astype("Int64")
            .array,
            "Filed": facts["filed"].to_list(),
            "Allowed": facts["allowed"].to_list(),
            "Years": (facts["pendency_days"].astype("Float64") / YEAR_DAYS).round(1).to_list(),
            "Documents": [completeness_of([headline]).share for headline in headlines],
            "Office's share": [days.office_percent if days else None for days in shares],
            "Actions": facts["actions"].to_list(),
            "RCEs": facts["rces"].to_list(),
            "First action": facts["first_action"].to_list(),
            "Issue paper": facts["issued"].to_list(),
            "Office days": facts["office_days"].to_list(),
            "Applicant days": facts["applicant_days"].to_list(),
            "Finals": facts["finals"].to_list(),
            "Rounds": facts["rounds"].to_list(),
            "Interviews": facts["interviews"].to_list(),
            "IDSs": facts["idss"].to_list(),
            "Appeals": facts["appeals"].to_list(),
            "Oral proceedings": facts["oral_proceedings"].to_list(),
            "Oppositions": facts["oppositions"].to_list(),
            "Extension months": facts["extension_months"].to_list(),
            "Application": [display_form(headline.apno) for headline in headlines],
            "Notice of abandonment": facts["abandoned"].to_list(),
            "Refused": facts["refused"].to_list(),
            "Entered": facts["entered"].to_list(),
            "As of": facts["last_document"].to_list(),
            "Retrieved": [pd.Timestamp(headline.retrieved).tz_localize(None) for headline in headlines],
            "Status rests on": [
                "" if pd.isna(row["status_evidence"]) else status_rests_on(row) for _, row in facts.iterrows()
            ],
            "Course": facts["fingerprint"].to_list(),
        }
    )
    table = table.rename(columns=_in_words(labels)).drop(
        columns=[heading for heading, column in _OF_HISTORIES.items() if column not in labels]
    )
    if following["next"].isna().all():  # a column without a word would take the room of those that say something
        table = table.drop(columns="What is due")
    if groups:
        table.insert(1, "Group", [groups.get(headline.key, "") for headline in headlines])
    return table


def _labels_of(histories: pd.DataFrame) -> dict[str, str]:
    """Return the columns of `histories` that the offices of the files have; of the days that few have, those listed."""
    rare = {name for name in ("entered", "refused") if histories[name].isna().all()}
    return {name: label for name, label in columns_of(histories).items() if name not in rare}


def _in_words(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the headings that the offices of the files call otherwise."""
    return {
        heading: labels[column]
        for heading, column in _OF_HISTORIES.items()
        if column in labels and labels[column] != COLUMN_LABELS[column]
    }


def _what_is_due(row: Mapping[Hashable, Any]) -> str:
    """Return what is due on the next day: `Reply`, `Reply, extended`, `Issue fee, passed`; empty without a day."""
    if pd.isna(row["next"]):
        return ""
    owed = str(row["owed"]).rstrip(",")
    if row["days_left_next"] < 0:
        return f"{owed}, passed"
    return f"{owed}, extended" if row["extended"] else owed


def facts_columns(histories: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Return the column configuration of `facts_table`; what matters most fits on a screen of 1,280 pixels.

    Args:
        histories: the `histories` table of the files, whose offices have words of their own.
    """
    labels = _labels_of(histories)
    own = _in_words(labels)
    return {
        own.get(heading, heading): column
        for heading, column in _columns(own).items()
        if _OF_HISTORIES.get(heading, "status") in labels
    } | {"Status": st.column_config.TextColumn(width=128, help=_help_of_status(histories))}


def _help_of_status(histories: pd.DataFrame) -> str | None:
    """Return under which common statuses those stand that their offices call otherwise; None if there are none."""
    classes = [f"{words}: {status}" for words, status in sorted(status_classes(histories).items())]
    return f"In the office's own word; in common words: {'; '.join(classes)}" if classes else None


def _columns(own: Mapping[str, str]) -> dict[str, ColumnConfig]:
    """Return the configuration of each column by its common heading, wide enough for its own one."""
    dates = (
        "As of",
        "Filed",
        "First action",
        "Allowed",
        "Issue paper",
        "Notice of abandonment",
        "Refused",
        "Entered",
        "Retrieved",
    )
    counts = ("Office days", "Applicant days", "Actions", "Rounds", "Finals", "RCEs", "Interviews", "IDSs", "Appeals",
              "Oral proceedings", "Oppositions", "Extension months")  # fmt: skip
    config: dict[str, ColumnConfig] = {
        name: st.column_config.DateColumn(format="D MMM YYYY", width=max(92, 30 + 6 * len(own.get(name, name))))
        for name in dates
    }
    config |= {
        name: st.column_config.NumberColumn(format="localized", width=26 + 7 * len(own.get(name, name)))
        for name in counts
    }
    return config | {
        "Years": st.column_config.NumberColumn(
            format="%.1f", width=58,
            help="From filing to the grant paper or the end of the application, else to the last document",
        ),
        "Office's share": st.column_config.ProgressColumn(
            format="%d %%", min_value=0, max_value=100, width=112,
            help="Of the days from filing to the end, how many of a hundred were with the Office, else the applicant",
        ),
        "Next due": st.column_config.DateColumn(
            format="D MMM YYYY", width=100,
            help="The nearest day by which an answer is due: the end of the period or, once that is past, the last day "
            "with every extension. Computed from document dates; not legal advice. Empty where no date is computed",
        ),
        "What is due": st.column_config.TextColumn(width=152),
        _INTERVIEWS: st.column_config.NumberColumn(
            format="localized", width=182,
            help="Days with one up to the first notice, if it stands, that a patent will be granted; without it, all "
            "so far",
        ),
        "Status rests on": st.column_config.TextColumn(width=260, help="A paper, or the number of a granted patent"),
        "Course": st.column_config.TextColumn(width=420, help="Each action and its answer; + months of extension"),
        "Patent": st.column_config.TextColumn(width=130, pinned=True),
        "Application": st.column_config.TextColumn(width=105),
        "Group": st.column_config.TextColumn(width=112, pinned=True, help="Named by you with \"Groups\""),
        "Documents": st.column_config.TextColumn(width=92),
    }  # fmt: skip
