"""What stands above and below every page: notices of the store, the sandbox line, and the version."""

import tomllib
from collections.abc import Callable
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.patsnap import ServiceCondition
from components.store import StoreError, Trouble
from components.ui.app.access import AccessSetup, access_setup
from components.ui.app.guard import guarded_callback
from components.ui.app.page_desk import desk_or_stop
from components.ui.app.session_bar import draw_session
from components.ui.app.stylesheet import draw_stylesheet
from components.ui.escape import escape_markdown
from components.ui.zone import visitor_zone
from components.words import moment

_PROJECT_FILE: Final = Path(__file__).resolve().parents[3] / "pyproject.toml"
# Streamlit writes chosen options in the primary colour. On a dark background no colour is both light enough to be read
# there and dark enough behind the white words of a button (WCAG 2.2, 1.4.3), so chosen options keep the text's colour.
_CHOSEN_IN_DARK: Final = '<style>[data-selected="true"] p { color: #e6eaf0; }</style>'


def draw_page_header(person: Person) -> Desk:
    """Draw the notices above every page and return the desk; if it cannot be opened, end the page with the reason."""
    dark = st.context.theme.type == "dark"
    draw_stylesheet(dark=dark)
    if dark:
        st.html(_CHOSEN_IN_DARK)
    if person.session:
        draw_session(person)
    desk = desk_or_stop(person)
    with st.container():
        for line in access_notices(access_setup(), person, in_sandbox=desk.sandbox is not None):
            st.warning(escape_markdown(line))
    with st.container():  # its own, so that a line that comes or goes does not draw the page below it anew
        for line in troubles(desk.store.trouble, desk.lookups.condition(), zone=visitor_zone()):
            st.warning(escape_markdown(line))
    if desk.store.notice:
        st.warning(escape_markdown(desk.store.notice.message))
        if person.may_spend or person.may_administer:
            st.button("Begin afresh", key="acknowledge", on_click=guarded_callback(desk.store.acknowledge))
        else:
            st.caption("Whoever may spend or administers here can begin afresh.")
    return desk


def access_notices(setup: AccessSetup, person: Person, *, in_sandbox: bool) -> list[str]:
    """Return what whoever runs the app should know of who gets in.

    Args:
        setup: how access is set up.
        person: who reads it: secrets of the machine concern administrators alone.
        in_sandbox: whether nothing can be charged.
    """
    lines = list(setup.warnings) if person.may_administer else []
    if setup.login is None and not setup.serving.local_only and not in_sandbox:
        lines.append(
            "REVIEW_SERVE=network: nobody logs in, so that everybody who can reach this app sees all of it and can "
            "spend."
        )
    return lines


def troubles(trouble: Trouble | None, condition: ServiceCondition, *, zone: tzinfo) -> list[str]:
    """Return a line for each thing that is down: since when, what still works, what to do.

    Args:
        trouble: why the store cannot be written, if it cannot.
        condition: how the service is doing.
        zone: the person's time zone.
    """
    lines = []
    if trouble is not None:
        since = moment(trouble.since.astimezone(zone))
        lines.append(
            f"Since {since}: {trouble.error} What is held can be read and taken away; nothing new can be looked up."
        )
    if condition.down_since is not None:
        since = moment(condition.down_since.astimezone(zone))
        again = condition.tries_again_in
        when = f"; the next call may try in {again:.0f} s" if again else "; the next call tries again"
        lines.append(f"Since {since} PatSnap does not answer as it should{when}. What is held is shown with its age.")
    return lines


def run_page(run: Callable[[], None]) -> None:
    """Run a page; where the store fails under it, say so in place of the rest."""
    try:
        run()
    except StoreError as error:
        st.error(escape_markdown(error))
        if st.button("Try again", key="try_again"):
            st.rerun()


def draw_page_foot(*, in_sandbox: bool) -> None:
    """Draw the version below a page and, in the sandbox, the line that says so.

    The stylesheet puts that line into the header of a wide window. Drawn last, it moves nothing when that comes late.
    """
    if in_sandbox:
        with st.container(key="sandbox_line"):
            st.caption(
                "**Sandbox**: real file histories, placeholder PDFs, simulated charges. The empty Review page says "
                "how to connect an account."
            )
    st.caption(f"Prosecution Review {app_version()}")


@cache
def app_version() -> str:
    """Return the version of the app, which stands in `pyproject.toml`; `CHANGELOG.md` says what it brought."""
    return str(tomllib.loads(_PROJECT_FILE.read_text(encoding="utf-8"))["project"]["version"])
