"""Signed tokens for documents: the app's own links, because PatSnap's live for an hour only."""

import hashlib
import hmac
from typing import NamedTuple

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from components.access import LOCAL_PERSON
from components.documents.errors import BadToken, TokenTooOld

OPEN_SECONDS = 180 * 24 * 3600
"""How long a copied link opens its document: half a year, so that a list sent to a colleague keeps working."""
REFRESH_SECONDS = 3600
"""How long the button of a page that offers a refresh works."""

PACK_SECONDS = 3600
"""How long the link to a file made of many documents opens it."""


class NamedPaper(NamedTuple):
    """The document that a link of this app names."""

    history: str
    document: str
    place: str = ""
    """Digest of the name of the workspace whose link it is; empty for the one that all share, and in links that have
    none."""


class Permit(NamedTuple):
    """What the button of a refresh page may renew, and for whom. What was renewed since is not bought again."""

    history: str
    document: str
    retrieved: str
    """When the history had last been retrieved when the page was made, ISO 8601."""
    expires: str
    """When the link that the store held then expires, ISO 8601; empty if it held none."""
    charges: int = 1
    """The price on the button, the most that pressing it may cost."""
    person: str = LOCAL_PERSON.name
    """For whom the page was made: nobody else may press its button."""
    workspace: str = ""
    """Name of the workspace that pays and gets what is bought."""


class Tokens:
    """Makes and reads the tokens of one workspace.

    A token of a document holds the key of its history, its id, and a digest of its workspace's name: links stand in
    files and go to others, who need not learn what a matter is called. It never holds PatSnap's signed link.

    Args:
        secret: signs them; all workspaces have the same, so that each can tell another's link from a forged one.
        workspace: name of the workspace; empty for the one that all share.
    """

    def __init__(self, secret: str, *, workspace: str = "") -> None:
        name = f"workspace {workspace}".encode()
        self.place = hmac.new(secret.encode(), name, hashlib.sha256).hexdigest()[:16] if workspace else ""
        """Stands for the workspace in its links."""
        self._open = URLSafeTimedSerializer(secret, salt="document")
        self._refresh = URLSafeTimedSerializer(secret, salt="refresh")
        self._pack = URLSafeTimedSerializer(secret, salt="pack")

    def document_path(self, history: str, document: str) -> str:
        """Return the path, below the app's address, that opens the document; for what may follow it see `routes`."""
        named = [history, document, self.place] if self.place else [history, document]
        return f"/documents/{self._open.dumps(named)}"

    def read_document(self, token: str) -> NamedPaper:
        """Return the document that a token of `document_path` names, of whichever workspace.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `OPEN_SECONDS`.
        """
        match _load(self._open, token, OPEN_SECONDS):
            case [str(history), str(document)]:
                return NamedPaper(history, document)
            case [str(history), str(document), str(place)]:
                return NamedPaper(history, document, place)
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
            case [str(history), str(document), str(retrieved), str(expires), int(charges), str(person), str(workspace)]:
                return Permit(history, document, retrieved, expires, charges, person, workspace)
            case _:
                raise BadToken

    def pack_path(self, pack: str) -> str:
        """Return the path, below the app's address, that downloads a pack of this workspace."""
        return f"/documents/packs/{self._pack.dumps([pack, self.place])}"

    def read_pack(self, token: str) -> tuple[str, str]:
        """Return the id of the pack that a path of `pack_path` names, and what stands for its workspace.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `PACK_SECONDS`.
        """
        match _load(self._pack, token, PACK_SECONDS):
            case [str(pack), str(workspace)]:
                return pack, workspace
            case _:
                raise BadToken


def _load(serializer: URLSafeTimedSerializer, token: str, seconds: int) -> object:
    """Return what a token holds, unless it is foreign or older than `seconds`."""
    try:
        content: object = serializer.loads(token, max_age=seconds)
    except SignatureExpired:
        raise TokenTooOld from None
    except BadSignature:
        raise BadToken from None
    return content
