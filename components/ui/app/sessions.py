"""Login sessions: who a visitor's cookies prove, as long as the session lasts."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from components.access import AdmissionRules, LoginSession, NotAdmitted, Person
from components.desk import desk
from components.store import SessionRecord, StoreError
from components.ui.app.access import access_setup
from components.ui.app.login_cookie import login_session

log = logging.getLogger(__name__)

LOGGED_OUT: Final = "logged out"
_PATIENCE_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 5.0
_NOTE_SECONDS: Final = 60.0
_noted_at: Final[dict[str, float]] = {}
"""When this process noted each session last, in seconds of a clock that never jumps."""
_ended_here: Final[dict[str, datetime]] = {}
"""Sessions that this process has ended: they stay ended even where the store could not be told."""
_lock = threading.Lock()


def person_of(cookies: Mapping[str, str], rules: AdmissionRules) -> Person:
    """Return whom a visitor's cookies prove; the session is noted in the store.

    Raises:
        NotAdmitted: they prove nobody who may enter, or the session has ended.
        components.store.StoreError: the store cannot say whether it has ended.
        components.rule_tables.RuleTableBroken, pydantic.ValidationError: there is no desk; see `desk`.
    """
    session = login_session(cookies)
    if session is None:
        raise NotAdmitted("no login")
    person = rules.admit(session, now=datetime.now(UTC))
    ends = (_ended_here.get(session.id), desk().store.session_ended(session.id))
    if any(end is not None and session.begun_at <= end for end in ends):
        raise NotAdmitted("ended")
    _note(session, person)
    return replace(person, spend_check=lambda: _may_still_spend(session))


def _note(session: LoginSession, person: Person) -> None:
    """Note in the store that a session is used: once a minute, also where the store is too busy to take it."""
    now = time.monotonic()
    with _lock:
        if now - _noted_at.get(session.id, -_NOTE_SECONDS) < _NOTE_SECONDS:
            return
        for known in [known for known, at in _noted_at.items() if now - at >= _NOTE_SECONDS]:
            del _noted_at[known]
        _noted_at[session.id] = now
    record = SessionRecord(
        id=session.id, person=person.name, email=person.email, workspace=person.workspace, begun_at=session.begun_at
    )
    try:
        desk().store.begin_session(record)
    except StoreError as error:  # what is held can be read all the same
        log.warning("a login session could not be noted: %s", type(error).__name__)


def _may_still_spend(session: LoginSession) -> bool:
    """Return whether whoever has logged in so may spend by the lists as they are now.

    The end of a session ends no look-up: its price was agreed to.
    """
    rules = access_setup().admission
    if rules is None:
        return False
    try:
        return rules.admit(session, now=session.begun_at).may_spend
    except NotAdmitted:
        return False


def end_session(session: str, *, how: str = LOGGED_OUT) -> None:
    """End a session for all its tabs and for whoever has a copy of its cookie.

    Where the store cannot be written it is ended in this process, and written as soon as it can be.
    """
    with _lock:
        _ended_here[session] = datetime.now(UTC)
    writing = threading.Thread(target=_write_end, args=(session, how), name="end of a session", daemon=True)
    writing.start()
    writing.join(_PATIENCE_SECONDS)  # whoever clicks does not wait for a store that is busy


def _write_end(session: str, how: str) -> None:
    """Note the end of a session in the store, again and again until it is noted."""
    while True:
        try:
            desk().store.end_session(session, how=how)
        except StoreError as error:
            log.warning("the end of a login session could not be noted yet: %s", type(error).__name__)
            time.sleep(_PAUSE_SECONDS)
        else:
            return
