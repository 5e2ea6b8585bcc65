"""Signed names for documents: what a table's link column holds instead of a link that dies within the hour."""

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

OPEN_SECONDS = 180 * 24 * 3600
"""How long a copied link opens its document: half a year, so that a list sent to a colleague keeps working."""
REFRESH_SECONDS = 3600
"""How long a page that offers a refresh may be left standing before its button stops spending."""


class BadToken(Exception):
    """The token was not made by this app, or was changed."""

    def __init__(self) -> None:
        super().__init__("This link was not made by this app, or part of it is missing. Copy the whole link, or open "
                         "the document from the table of the Review page.")  # fmt: skip


class TokenTooOld(Exception):
    """The token is genuine and too old."""

    def __init__(self) -> None:
        super().__init__("This link is too old. Open the document from the table of the Review page.")


class Tokens:
    """Makes and reads document tokens with a key that the store keeps.

    A token holds the key of the history and the id of the document: no number of the service's, no signed link.
    """

    def __init__(self, secret: str) -> None:
        self._open = URLSafeTimedSerializer(secret, salt="document")
        self._refresh = URLSafeTimedSerializer(secret, salt="refresh")

    def path(self, history: str, document: str) -> str:
        """Give the path of this app that opens the document."""
        return f"/documents/{self._open.dumps([history, document])}"

    def read(self, token: str) -> tuple[str, str]:
        """Give the history's key and the document's id.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `OPEN_SECONDS`.
        """
        return _read(self._open, token, OPEN_SECONDS)

    def permit(self, history: str, document: str) -> str:
        """Make the short-lived permit that a refresh page's button carries, so that no foreign page can spend."""
        return self._refresh.dumps([history, document])

    def permitted(self, permit: str) -> tuple[str, str]:
        """Read a permit.

        Raises:
            BadToken: not made with this secret.
            TokenTooOld: older than `REFRESH_SECONDS`.
        """
        return _read(self._refresh, permit, REFRESH_SECONDS)


def _read(serializer: URLSafeTimedSerializer, token: str, seconds: int) -> tuple[str, str]:
    try:
        match serializer.loads(token, max_age=seconds):
            case [str(history), str(document)]:
                return history, document
            case _:
                raise BadToken
    except SignatureExpired:
        raise TokenTooOld from None
    except BadSignature:
        raise BadToken from None
