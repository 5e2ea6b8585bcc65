"""A history at a glance: what it is, how far it came, how complete and how old the list is."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.lookups import Desk
from components.numbers import shown
from components.store import Headline
from components.ui.dates import age, day
from components.ui.escape import plain

_CLOSED = {"Granted", "Abandoned"}


def draw_headline(desk: Desk, line: Headline, facts: pd.Series, findings: tuple[str, ...]) -> bool:
    """Draw the facts of one history; tell whether its refresh was asked for."""
    st.subheader(plain(title(line)), anchor=False)
    with st.container(horizontal=True, gap="small"):
        st.metric("Status", str(facts["status"]), help="As of the last listed document", width="content")
        for label, column in (("Filed", "filed"), ("First action", "first_action"), ("Allowed", "allowed"),
                              ("Issued", "issued"), ("Abandoned", "abandoned")):  # fmt: skip
            if pd.notna(facts[column]):
                st.metric(label, day(facts[column]), width="content")
        if pd.notna(facts["pendency_days"]):
            st.metric("Pendency", _years(int(facts["pendency_days"])), width="content")
        for label, column in (("Office actions", "actions"), ("Finals", "finals"), ("RCEs", "rces"),
                              ("Interviews", "interviews"), ("IDSs", "idss"), ("Appeals", "appeals")):  # fmt: skip
            st.metric(label, f"{int(facts[column]):,}", width="content")
    stale = is_stale(desk, line, str(facts["status"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        words = f"{line.held:,} of {line.told:,} documents · retrieved {age(line.retrieved)} ({day_of(line)})"
        st.caption(f":orange[{words}; newer papers may exist]" if stale else words)
        refresh = st.button("Refresh · 1 charged", key=f"refresh_{line.key}", type="tertiary",
                            help="Asks for this file again: new papers and fresh links")  # fmt: skip
    if not line.complete:
        st.warning("This list is not complete yet: look it up again to fetch the rest.")
    for finding in findings:
        st.caption(f"⚠ {plain(finding)}")
    return refresh


def title(line: Headline) -> str:
    """Give what a history is called on the screen: `US 10,765,880 B2 · 14/412,875`."""
    names = [shown(name) for name in (line.patent_number, line.apno) if name]
    return " · ".join(dict.fromkeys(names)) or line.key


def is_stale(desk: Desk, line: Headline, status: str) -> bool:
    """Tell whether an open file was retrieved so long ago that papers may be missing. Closed files do not age."""
    days = (pd.Timestamp.now(tz="UTC") - pd.Timestamp(line.retrieved)).days
    return status not in _CLOSED and days >= desk.settings.review_fresh_days


def day_of(line: Headline) -> str:
    """Give the day of retrieval."""
    return day(pd.Timestamp(line.retrieved).tz_localize(None))


def facts_table(lines: tuple[Headline, ...], histories: pd.DataFrame) -> pd.DataFrame:
    """Give the headline facts of several histories, a row each, as a table for the screen."""
    facts = histories.set_index("history").reindex([line.key for line in lines])
    return pd.DataFrame(
        {
            "Patent": [shown(line.patent_number or line.apno) for line in lines],
            "Application": [shown(line.apno) for line in lines],
            "Status": facts["status"].astype(str).to_list(),
            "Filed": facts["filed"].to_list(),
            "First action": facts["first_action"].to_list(),
            "Allowed": facts["allowed"].to_list(),
            "Issued": facts["issued"].to_list(),
            "Abandoned": facts["abandoned"].to_list(),
            "Pendency (years)": (facts["pendency_days"].astype("Float64") / 365.25).round(1).to_list(),
            "Actions": facts["actions"].to_list(),
            "Finals": facts["finals"].to_list(),
            "RCEs": facts["rces"].to_list(),
            "Interviews": facts["interviews"].to_list(),
            "IDSs": facts["idss"].to_list(),
            "Appeals": facts["appeals"].to_list(),
            "Documents": [f"{line.held:,} of {line.told:,}" for line in lines],
            "Retrieved": [pd.Timestamp(line.retrieved).tz_localize(None) for line in lines],
        }
    )


def facts_columns() -> dict[str, ColumnConfig]:
    """Give the column configuration of `facts_table`: unambiguous dates, plain numbers."""
    dates = ("Filed", "First action", "Allowed", "Issued", "Abandoned", "Retrieved")
    counts = ("Actions", "Finals", "RCEs", "Interviews", "IDSs", "Appeals")
    config: dict[str, ColumnConfig] = {
        name: st.column_config.DateColumn(format="DD MMM YYYY", width=95) for name in dates
    }
    config |= {name: st.column_config.NumberColumn(format="%d", width=70) for name in counts}
    return config | {
        "Pendency (years)": st.column_config.NumberColumn(format="%.1f", width="small"),
        "Patent": st.column_config.TextColumn(pinned=True),
    }


def _years(days: int) -> str:
    return f"{days / 365.25:.1f} years" if days >= 365 else f"{days:,} days"
