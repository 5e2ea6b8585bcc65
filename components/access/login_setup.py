"""What the secrets files and settings say about a login: none, a complete one, or one that is not complete.

A login that was meant must never be missing without a word: then everybody would get in.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from components.access.people import PeopleList
from components.access.workspaces import parse_workspaces
from components.settings import Settings

_CALLBACK: Final = "/oauth2callback"
_SHORTEST_SECRET: Final = 16
"""Characters of a cookie secret; whoever guesses it can log in as anybody."""
_FEWEST_CHARACTERS: Final = 8
"""How many different ones it has at least."""
_PROVIDER_KEYS: Final = ("client_id", "client_secret", "server_metadata_url")
_LOGIN_KEYS: Final = frozenset({"redirect_uri", "cookie_secret", *_PROVIDER_KEYS})
_LOGIN_WORDS: Final = re.compile(r"auth|oath|oidc|openid|login|signin|sso", re.IGNORECASE)
_ACCESS_WORDS: Final = re.compile(
    "AL+OW|SPEND|ADMIN|USER|PEOPLE|PERSON|ROLE|GROUP|WORKSPACE|LOGIN|AUTH|ISSUER|ACCESS|MAIL"
)
_PLACEHOLDERS: Final = frozenset({"...", "a long random string", "changeme", "change me", "xxx"})
_ACCESS_SETTINGS: Final = ("REVIEW_ALLOW", "REVIEW_SPEND", "REVIEW_ADMIN", "REVIEW_WORKSPACES", "REVIEW_TRUSTED_ISSUER")
_SHARED_TENANTS: Final = re.compile(r"/(common|organizations|consumers)(/|$)", re.IGNORECASE)
"""Entra's addresses for accounts of any tenant: whoever runs a tenant can give its accounts any e-mail address."""


_OF_ANY_TENANT: Final = (
    "REVIEW_TRUSTED_ISSUER cannot be used with Entra's common, organizations or consumers: any tenant could give an "
    "account the address of one of your people. Use the address of your own tenant in server_metadata_url."
)


@dataclass(frozen=True, slots=True)
class Login:
    """A complete login."""

    redirect_uri: str
    providers: tuple[str, ...]
    """Names of the providers; `default` where there is one without a name."""

    @property
    def host(self) -> str:
        """The host name under which people open the app, in lower case."""
        return (urlsplit(self.redirect_uri).hostname or "").lower()

    @property
    def origin(self) -> str:
        """Scheme, host and port under which people open the app."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_https(self) -> bool:
        """Whether people open the app over https."""
        return urlsplit(self.redirect_uri).scheme == "https"


@dataclass(frozen=True, slots=True)
class IncompleteLogin:
    """A login that was meant and is not complete: nobody gets in."""

    problems: tuple[str, ...]
    """What is missing or wrong, a sentence each; no secrets."""


def read_login(
    files: Mapping[str, Any], auth: Mapping[str, Any], settings: Settings, *, environment: Iterable[str]
) -> Login | IncompleteLogin | None:
    """Return what is set up.

    Args:
        files: the secrets files together, as they stand on the disk.
        auth: the `[auth]` section as Streamlit reads it; empty if it reads none.
        settings: of the app.
        environment: names of the environment variables.
    """
    if not auth:
        signs = _signs(files, settings, environment)
        return IncompleteLogin(tuple(signs)) if signs else None
    problems = [*_auth_problems(auth), *_list_problems(settings), *_issuer_problems(auth, settings)]
    if problems:
        return IncompleteLogin(tuple(problems))
    return Login(str(auth["redirect_uri"]), tuple(_providers(auth)))


def _signs(files: Mapping[str, Any], settings: Settings, environment: Iterable[str]) -> list[str]:
    """Return what shows that a login was meant although Streamlit reads no `[auth]` section."""
    signs = []
    if "auth" in files:
        signs.append(
            "The secrets file has an entry auth that Streamlit does not read as a login. Start the app in the "
            "project's folder, and make it a section [auth] with the keys of a login."
        )
    signs += [sign for name, content in _sections(files) if name != "auth" for sign in _section_signs(name, content)]
    signs += [
        f"{name} stands outside of any section. It belongs into the section [auth]."
        for name in files
        if name.lower() in _LOGIN_KEYS
    ]
    signs += [
        f"{name} says who may do what, but there is no login: the section [auth] is missing in the secrets file."
        for name in _ACCESS_SETTINGS
        if getattr(settings, name.lower())
    ]
    return [*signs, *_misspelt(files, environment)]


def _sections(content: object, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield all sections of the secrets files, at any depth, with their names; not those of Streamlit's connections."""
    if isinstance(content, list):
        for each in content:
            yield from _sections(each, path)
    elif isinstance(content, Mapping) and path != "connections":
        if path:
            yield path, content
        for name, inner in content.items():
            yield from _sections(inner, f"{path}.{name}" if path else str(name))


def _section_signs(name: str, content: Mapping[str, Any]) -> Iterator[str]:
    keys = {str(key).lower() for key in content}
    if _LOGIN_WORDS.search(name) or keys & _LOGIN_KEYS or not name.isascii():
        yield f"[{name}] in the secrets file looks like a login. The section must be called [auth]."
    elif name.lower().startswith("review") or any(key.startswith("review_") for key in keys):
        yield f"[{name}] in the secrets file holds settings of this app. They must stand above all sections."


def _misspelt(files: Mapping[str, Any], environment: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with names that are no settings, and may have been meant to keep somebody out."""
    known = {name.upper() for name in Settings.model_fields}
    in_files = {name.upper() for name, content in files.items() if not isinstance(content, Mapping | list)}
    for name in sorted((in_files | {each.upper() for each in environment}) - known):
        if name.startswith("STREAMLIT_AUTH"):
            yield f"{name} is set, but a login is read from the section [auth] of the secrets file alone."
        elif name.startswith("REVIEW") and (name in in_files or _ACCESS_WORDS.search(name)):
            like = difflib.get_close_matches(name, _ACCESS_SETTINGS, 1)
            yield f"{name} is no setting." + (f" Is {like[0]} meant?" if like else "")


def _providers(auth: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the keys of each provider by its name."""
    named = {
        name: section for name, section in auth.items() if isinstance(section, Mapping) and name != "client_kwargs"
    }
    own = {key: auth[key] for key in _PROVIDER_KEYS if key in auth}
    return {**({"default": own} if own or not named else {}), **named}


def _auth_problems(auth: Mapping[str, Any]) -> list[str]:
    problems = []
    redirect = urlsplit(str(auth.get("redirect_uri", "")))
    if redirect.scheme not in {"http", "https"} or not redirect.hostname or not redirect.path.endswith(_CALLBACK):
        problems.append(
            f"redirect_uri in [auth] must be the address under which people open the app, and end with {_CALLBACK}: "
            f"https://review.example.com{_CALLBACK}"
        )
    secret = str(auth.get("cookie_secret", ""))
    if len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_CHARACTERS or secret.lower() in _PLACEHOLDERS:
        problems.append(
            f"cookie_secret in [auth] is missing, or can be guessed: give it at least {_SHORTEST_SECRET} random "
            "characters (python3 -c 'import secrets; print(secrets.token_urlsafe(32))')."
        )
    for name, section in _providers(auth).items():
        where = "[auth]" if name == "default" else f"[auth.{name}]"
        missing = [key for key in _PROVIDER_KEYS if str(section.get(key, "")).strip() in {"", *_PLACEHOLDERS}]
        if missing:
            problems.append(f"{', '.join(missing)} missing in {where}: the login provider gives them.")
        if "_" in name:
            problems.append(f"The name of {where} must have no underscore.")
    return problems


def _list_problems(settings: Settings) -> list[str]:
    """Return what is wrong with the lists of people."""
    problems = []
    parsers: dict[str, Callable[[str], object]] = {
        "REVIEW_ALLOW": PeopleList.parse,
        "REVIEW_SPEND": PeopleList.parse,
        "REVIEW_ADMIN": PeopleList.parse,
        "REVIEW_WORKSPACES": parse_workspaces,
    }
    for name, parse in parsers.items():
        try:
            parse(getattr(settings, name.lower()))
        except ValueError as error:
            problems.append(f"{name}: {error}.")
    if not settings.review_allow.strip(" ,"):
        problems.append("REVIEW_ALLOW is missing: it names who may enter, such as @example.com, partner@example.org")
    if not settings.review_spend.strip(" ,") and not settings.review_admin.strip(" ,"):
        problems.append(
            "REVIEW_SPEND and REVIEW_ADMIN are missing: the first names who may look numbers up and be charged, the "
            "second who sees the whole ledger and sets caps; at least one must be set."
        )
    return problems


def _issuer_problems(auth: Mapping[str, Any], settings: Settings) -> list[str]:
    """Return why addresses that nobody has verified must not count, if they are to."""
    issuer = settings.review_trusted_issuer.strip()
    if not issuer:
        return []
    addresses = [issuer, *(str(section.get("server_metadata_url", "")) for section in _providers(auth).values())]
    if any(_SHARED_TENANTS.search(urlsplit(address).path) for address in addresses):
        return [_OF_ANY_TENANT]
    if urlsplit(issuer).scheme not in {"http", "https"}:
        return ["REVIEW_TRUSTED_ISSUER must be the exact issuer (iss) of the id tokens, an address."]
    return []
