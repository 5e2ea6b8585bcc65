"""Signed tokens for documents: the app's own links, because PatSnap's live for an hour only."""

from typing import NamedTuple

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from components.documents.errors import BadToken, TokenTooOld

OPEN_SECONDS = 180 * 24 * 3600
"""How long a copied link opens its document: half a year, so that a list sent to a colleague keeps working."""
REFRESH_SECONDS = 3600
"""How long the button of a page that offers a refresh works."""

PACK_SECONDS = 3600
"""How long the link to a file made of many documents opens it."""


class Permit(NamedTuple):
    """What the button of a refresh page may renew. What was renewed after the page was made is not bought again."""

    history: str
    document: str
    retrieved: str
    """When the history had last been retrieved when the page was made, ISO 8601."""
    expires: str
    """When the link that the store held then expires, ISO 8601; empty if it held none."""
    charges: int = 1
    """The price on the button, the most that pressing it may cost."""


class Tokens:
    """Makes and reads document tokens with a key that the store keeps.

    A token of a document holds the key of its history and its id, never PatSnap's signed link.
    """

    def __init__(self, secret: str) -> None:
        self._open = URLSafeTimedSerializer(secret, salt="document")
        self._refresh = URLSafeTimedSerializer(secret, salt="refresh")
        self._pack = URLSafeTimedSerializer(secret, salt="pack")

    def document_path(self, history: str, document: str) -> str:
        """Return the path of this app that opens the document; for `/view` and `/download` after it see `routes`."""
        return f"/documents/{self._open.dumps([history, document])}"

    def read_document(self, token: str) -> tuple[str, str]:
        """Return the key of the history and the id of the document that a token of `document_path` names.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `OPEN_SECONDS`.
        """
        match _load(self._open, token, OPEN_SECONDS):
            case [str(history), str(document)]:
                return history, document
            case _:
                raise BadToken

    def permit_token(self, permit: Permit) -> str:
        """Return the short-lived token that the button of a refresh page carries, so that no foreign page can spend."""
        return self._refresh.dumps(permit)

    def read_permit(self, token: str) -> Permit:
        """Return the permit that a token of `permit_token` holds.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `REFRESH_SECONDS`.
        """
        match _load(self._refresh, token, REFRESH_SECONDS):
            case [str(history), str(document), str(retrieved), str(expires), int(charges)]:
                return Permit(history, document, retrieved, expires, charges)
            case _:
                raise BadToken

    def pack_path(self, pack: str) -> str:
        """Return the path of this app that downloads a pack."""
        return f"/documents/packs/{self._pack.dumps(pack)}"

    def read_pack(self, token: str) -> str:
        """Return the id of the pack that a path of `pack_path` names.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `PACK_SECONDS`.
        """
        return str(_load(self._pack, token, PACK_SECONDS))


def _load(serializer: URLSafeTimedSerializer, token: str, seconds: int) -> object:
    """Return what a token holds, unless it is foreign or older than `seconds`."""
    try:
        content: object = serializer.loads(token, max_age=seconds)
    except SignatureExpired:
        raise TokenTooOld from None
    except BadSignature:
        raise BadToken from None
    return content
