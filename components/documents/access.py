"""What opens a document of one desk: the tokens that name it, and the origins that it may be opened from."""

import secrets

from components.documents.origins import Origins
from components.documents.tokens import Tokens
from components.lookups import SANDBOX_LINKS, Desk

SANDBOX_MOUNT = "/sandbox"
_SECRET_FACT = "token secret"  # noqa: S105 - the name under which the store keeps it


def tokens_of(desk: Desk) -> Tokens:
    """Give the tokens of this store: its secret is made once and kept, so that links outlast a restart."""
    return Tokens(desk.store.fact_or(_SECRET_FACT, lambda: secrets.token_urlsafe(32)))


def origins_of(desk: Desk) -> Origins:
    """Give the origins that documents of this desk may be opened from."""
    mounted = {SANDBOX_LINKS: SANDBOX_MOUNT} if desk.sandbox else None
    return Origins(desk.settings.pdf_origins, mounted=mounted)
