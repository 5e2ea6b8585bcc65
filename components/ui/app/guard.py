"""The guard that every page calls first: nobody sees or spends anything without passing it.

Where the app's own routes are served, `gate` has looked at the connection before; a plain script has this guard alone.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Never, ParamSpec

import streamlit as st
from pydantic import ValidationError

from components.access import LOCAL_PERSON, Connection, Login, NotAdmitted, Person
from components.rule_tables import RuleTableBroken
from components.store import StoreError
from components.ui.app.access import NOT_SET_UP, access_setup
from components.ui.app.browser_scripts import draw_log_in
from components.ui.app.lifespan import routes_are_served
from components.ui.app.sessions import person_of
from components.ui.escape import escape_markdown
from components.ui.state import VISITOR

_TITLE = "Prosecution Review"
_Parameters = ParamSpec("_Parameters")


def require_access() -> Person:
    """Let a visitor pass, or end the page here.

    Returns:
        Who visits, and what this person may do.
    """
    setup = access_setup()
    if setup.problems:
        _stop(NOT_SET_UP, setup.problems)
    if not routes_are_served() and (refused := setup.serving.refusal(_connection())):
        _stop(refused)
    if setup.login is None:
        return LOCAL_PERSON
    try:
        return _visitor(admitted_person())
    except NotAdmitted as refusal:
        _stop_for_login(refusal, setup.login)
    except (StoreError, RuleTableBroken) as error:
        _stop(str(error))
    except ValidationError:
        _stop("A setting is wrong. Whoever runs this app should look at it.")


def admitted_person() -> Person:
    """Return who has opened this page, where people log in.

    Raises:
        NotAdmitted: nobody who may enter, or the session has ended.
        components.store.StoreError: the store cannot say whether it has ended.
    """
    rules = access_setup().admission
    if rules is None:
        raise NotAdmitted("ended")
    # Streamlit reads the cookie only of its own page, which proves so with a token; other pages send the cookie alone.
    if not st.user.get("is_logged_in"):
        raise NotAdmitted("no login")
    return person_of(st.context.cookies.to_dict(), rules)


def _visitor(person: Person) -> Person:
    """Return the person for whom the page is drawn from now on; what was left of another workspace is forgotten."""
    before = st.session_state.get(VISITOR)
    if before is not None and (before.name, before.workspace) != (person.name, person.workspace):
        st.session_state.clear()
    st.session_state[VISITOR] = person
    return person


def may_still_be_here() -> bool:
    """Return whether the page may go on as it was drawn: the session lasts, with the same workspace and rights."""
    setup = access_setup()
    if setup.problems:
        return False
    if setup.login is None:
        return True
    try:
        return admitted_person() == st.session_state.get(VISITOR)
    except (NotAdmitted, StoreError, RuleTableBroken, ValidationError):  # the whole page then says which
        return False


def guarded_callback(change: Callable[_Parameters, None]) -> Callable[_Parameters, None]:
    """Return what a click is to change, which then changes nothing once the session of its page has ended.

    Streamlit calls it before the page runs, and so before `require_access`: for whatever outlasts the page.
    """

    @functools.wraps(change)
    def change_guarded(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        if may_still_be_here():
            change(*args, **kwargs)

    return change_guarded


def guarded_dialog(title: str) -> Callable[[Callable[_Parameters, None]], Callable[_Parameters, None]]:
    """Return a decorator for what a dialog draws, in place of `st.dialog`: like a fragment it runs without its page."""

    def decorate(draw: Callable[_Parameters, None]) -> Callable[_Parameters, None]:
        return st.dialog(title)(_drawn_while_here(draw))

    return decorate


def guarded_fragment(
    *, run_every: float | None = None
) -> Callable[[Callable[_Parameters, None]], Callable[_Parameters, None]]:
    """Return a decorator for a part of a page that is drawn anew by itself, in place of `st.fragment`.

    Such a part runs without its page, and so without `require_access`: it looks itself whether the session lasts.

    Args:
        run_every: seconds after which the browser asks for it again; `None`: only after a click in it.
    """

    def decorate(draw: Callable[_Parameters, None]) -> Callable[_Parameters, None]:
        return st.fragment(_drawn_while_here(draw), run_every=run_every)

    return decorate


def _drawn_while_here(draw: Callable[_Parameters, None]) -> Callable[_Parameters, None]:
    """Return what draws a part of a page, and draws the whole page anew where it may not go on."""

    @functools.wraps(draw)
    def draw_guarded(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        if not may_still_be_here():
            st.rerun(scope="app")
        draw(*args, **kwargs)

    return draw_guarded


def _connection() -> Connection:
    """Return where this page's websocket comes from; Streamlit names no address where it is loopback."""
    headers = {name.lower(): value for name, value in st.context.headers.to_dict().items()}
    if not headers:  # no websocket is without any: the page runs outside of a server, as Streamlit's AppTest does
        return Connection("127.0.0.1", {"host": "localhost"})
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return Connection(st.context.ip_address or "127.0.0.1", headers, scheme)


def _stop(text: str, points: Sequence[str] = ()) -> Never:
    st.title(_TITLE, anchor=False)
    st.error(escape_markdown(text))
    for point in points:
        st.text(f"• {point}")
    st.stop()


def _stop_for_login(refusal: NotAdmitted, login: Login) -> Never:
    """Draw the login, or why it does not help."""
    st.title(_TITLE, anchor=False)
    st.write(str(refusal))
    if not refusal.may_log_in:
        st.button("Log out", on_click=st.logout, key="log_out_refused")
    elif routes_are_served():
        draw_log_in(login.providers)
    else:
        for name in login.providers:
            label, provider = ("Log in", None) if name == "default" else (f"Log in with {name}", name)
            st.button(escape_markdown(label), type="primary", on_click=st.login, args=(provider,), key=f"log_in_{name}")
    st.stop()
