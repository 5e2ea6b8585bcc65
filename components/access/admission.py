"""Whether a login lets a person in, and as whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, Self

from components.access.login_setup import Login
from components.access.people import Claims, PeopleList, Person
from components.access.workspaces import SeveralWorkspaces, parse_workspaces, workspace_of
from components.settings import Settings

Refusal = Literal["no login", "ended", "not verified", "not listed", "several workspaces"]
"""Why somebody is not let in."""

_WORDS: Final[Mapping[Refusal, str]] = {
    "no login": "Please log in to see file histories.",
    "ended": "Your session has ended. Please log in again.",
    "not verified": (
        "Your login provider does not say that your e-mail address is verified, so that it does not count here. Ask "
        "whoever runs this app."
    ),
    "not listed": "Your account may not enter. Ask whoever runs this app to add your address to REVIEW_ALLOW.",
    "several workspaces": (
        "Your account is on the lists of several workspaces. Ask whoever runs this app to leave it on one in "
        "REVIEW_WORKSPACES."
    ),
}


class NotAdmitted(Exception):
    """Somebody is not let in; the message says why and what to do.

    Attributes:
        reason: why.
    """

    def __init__(self, reason: Refusal) -> None:
        self.reason: Refusal = reason
        super().__init__(_WORDS[reason])

    @property
    def may_log_in(self) -> bool:
        """Whether logging in may help."""
        return self.reason in {"no login", "ended"}


@dataclass(frozen=True, slots=True)
class LoginSession:
    """One login, as its signed cookie tells."""

    id: str
    claims: Claims
    begun_at: datetime
    """When the person logged in (UTC)."""


@dataclass(frozen=True, slots=True)
class AdmissionRules:
    """Who is let in and what these people may do, for as long as which session."""

    origin: str
    providers: frozenset[str]
    """Names of the login providers; a login with another one, which was taken out, counts no more."""
    allow: PeopleList
    spend: PeopleList
    administer: PeopleList
    workspaces: Mapping[str, PeopleList]
    trusted_issuer: str
    lifetime: timedelta
    ends_with_token: bool

    @classmethod
    def of(cls, login: Login, settings: Settings) -> Self:
        """Return the rules of a complete login."""
        return cls(
            origin=login.origin,
            providers=frozenset(login.providers),
            allow=PeopleList.parse(settings.review_allow),
            spend=PeopleList.parse(settings.review_spend),
            administer=PeopleList.parse(settings.review_admin),
            workspaces=parse_workspaces(settings.review_workspaces),
            trusted_issuer=settings.review_trusted_issuer.strip(),
            lifetime=timedelta(hours=settings.review_session_hours),
            ends_with_token=settings.review_session_with_token,
        )

    def admit(self, session: LoginSession, *, now: datetime) -> Person:
        """Return the person of a login.

        Args:
            session: the login.
            now: the time (UTC).

        Raises:
            NotAdmitted: it lets nobody in.
        """
        claims = session.claims
        if claims.get("is_logged_in") is not True or claims.get("origin") != self.origin:
            raise NotAdmitted("no login")
        if claims.get("provider", "default") not in self.providers:
            raise NotAdmitted("no login")
        if not session.begun_at <= now + _CLOCK_SKEW or now >= session.begun_at + self.lifetime:
            raise NotAdmitted("ended")
        self._check_token(session, now)
        email = self._email(claims)
        if not self.allow.includes(claims, email=email):
            raise NotAdmitted("not listed")
        try:
            workspace = workspace_of(self.workspaces, claims, email=email)
        except SeveralWorkspaces:
            raise NotAdmitted("several workspaces") from None
        return Person(
            name=self._name(claims, email),
            email=email,
            may_spend=self.spend.includes(claims, email=email),
            may_administer=self.administer.includes(claims, email=email),
            workspace=workspace,
            session=session.id,
        )

    def _check_token(self, session: LoginSession, now: datetime) -> None:
        """Refuse an id token that had ended at the login, or has by now where that ends the session."""
        expires = session.claims.get("exp")  # of the id token, in seconds since 1970 (RFC 7519, 4.1.4)
        if expires is None and not self.ends_with_token:
            return
        try:
            ends = datetime.fromtimestamp(expires, UTC) if isinstance(expires, int | float) else session.begun_at
        except (ValueError, OverflowError, OSError):  # no time of this calendar
            ends = session.begun_at
        if ends <= session.begun_at or (self.ends_with_token and ends <= now):
            raise NotAdmitted("ended")

    def _email(self, claims: Claims) -> str:
        """Return the address that counts, in lower case.

        Raises:
            NotAdmitted: nobody has verified it.
        """
        email = claims.get("email")
        verified = claims.get("email_verified", _NEVER_SAID)
        trusted = verified is _NEVER_SAID and self._is_trusted(claims)
        if verified is not True and not trusted:
            raise NotAdmitted("not verified")
        # Letters outside ASCII may become others in lower case: the Kelvin sign becomes a k.
        return email.strip().lower() if isinstance(email, str) and email.isascii() else ""

    def _is_trusted(self, claims: Claims) -> bool:
        return bool(self.trusted_issuer) and claims.get("iss") == self.trusted_issuer

    def _name(self, claims: Claims, email: str) -> str:
        """Return the name of a person for the ledger and for what is this person's own.

        An address that nobody has verified may be given to somebody else: then it is the account's own id.
        """
        if self.trusted_issuer and claims.get("iss") == self.trusted_issuer and "email_verified" not in claims:
            tenant, account = claims.get("tid"), claims.get("oid")
            if isinstance(tenant, str) and isinstance(account, str) and tenant and account:
                return f"{tenant}/{account}"
            return _subject(claims)
        return email or _subject(claims)


_CLOCK_SKEW: Final = timedelta(seconds=60)
_NEVER_SAID: Final = object()


def _subject(claims: Mapping[str, Any]) -> str:
    """Return the id of an account (`sub`) with its issuer: it is unique there, and looks like nobody's address.

    Raises:
        NotAdmitted: it has none.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise NotAdmitted("not verified")
    return f"{claims.get('iss', '')}#{subject}"
