"""How access is set up, read anew whenever a setting or a secrets file has changed."""

import os
import stat
import threading
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from components import settings as settings_module
from components.access import AdmissionRules, IncompleteLogin, Login, ServingRules, read_login
from components.settings import Settings, setting_problems
from components.ui.app.login_cookie import auth_section

NOT_SET_UP: Final = "This app is not set up completely, so that it shows nothing to anybody. What to mend:"
"""Stands above the problems of a setup, wherever they are shown."""
_PREFIXES = ("REVIEW", "PATSNAP", "STREAMLIT_AUTH")


@dataclass(frozen=True, slots=True)
class AccessSetup:
    """Who gets in."""

    login: Login | None
    problems: tuple[str, ...]
    """Why nobody gets in, in words for whoever runs the app; empty if all is well."""
    serving: ServingRules
    admission: AdmissionRules | None
    """`None` where nobody logs in."""
    warnings: tuple[str, ...]
    """What whoever runs the app should mend."""


_NOBODY = ServingRules(local_only=True, hosts=frozenset())
_lock = threading.Lock()
_known: tuple[object, AccessSetup] | None = None


def access_setup() -> AccessSetup:
    """Return how access is set up now."""
    global _known  # noqa: PLW0603 - read for every request, and changed with the files
    with _lock:
        state = _state()
        if _known is None or _known[0] != state:
            _known = (state, _read_setup())
        return _known[1]


def _state() -> object:
    """Return something that changes with the environment and the secrets files."""
    names = sorted(name for name in os.environ if name.upper().startswith(_PREFIXES))
    return [(name, os.environ[name]) for name in names], [_stamp(file) for file in _secrets_files()], auth_section()


def _secrets_files() -> list[Path]:
    """Return where secrets may stand: in the project, and where Streamlit looks."""
    streamlit_files = [Path(str(each)) for each in st.get_option("secrets.files") or ()]
    return list(dict.fromkeys([settings_module.SECRETS_FILE, *streamlit_files]))


def _stamp(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode


def _read_setup() -> AccessSetup:
    files, unreadable, warnings = _files_together()
    try:
        settings = Settings()
    except (ValidationError, OSError, ValueError) as error:
        problems = setting_problems(error) if isinstance(error, ValidationError) else unreadable
        return AccessSetup(None, tuple(problems), _NOBODY, None, tuple(warnings))
    login = IncompleteLogin(tuple(unreadable)) if unreadable else _login(files, settings)
    if isinstance(login, IncompleteLogin):
        return AccessSetup(None, login.problems, _NOBODY, None, tuple(warnings))
    admission = AdmissionRules.of(login, settings) if login else None
    return AccessSetup(login, (), ServingRules.of(login, settings), admission, tuple(warnings))


def _login(files: dict[str, Any], settings: Settings) -> Login | IncompleteLogin | None:
    return read_login(files, auth_section(), settings, environment=os.environ)


def _files_together() -> tuple[dict[str, Any], list[str], list[str]]:
    """Return the content of all secrets files, what is wrong with them, and what should be mended."""
    content: dict[str, Any] = {}
    unreadable, warnings = [], []
    for file in _secrets_files():
        if not file.is_file():
            continue
        try:
            content |= tomllib.loads(file.read_text(encoding="utf-8"))
            mode = file.stat().st_mode
        except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError):
            unreadable.append(f"The secrets file {file.parent.name}/{file.name} cannot be read: it is no valid TOML.")
            continue
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            warnings.append(
                f"Other accounts of this machine may read {file.parent.name}/{file.name}, which holds secrets: "
                f"chmod 600 {file.parent.name}/{file.name}"
            )
    return content, unreadable, warnings
