"""The documents themselves: names for links that last, fetching PDFs safely, files made of many, and their routes."""

from components.documents.access import origins_of, tokens_of
from components.documents.errors import NotFetched
from components.documents.fetching import fetch_pdf
from components.documents.origins import Origins
from components.documents.pack import Pack, PackKind, PackProgress
from components.documents.packing import Packs, close_packs, packs_of
from components.documents.route import document_routes
from components.documents.sandbox_mount import sandbox_routes
from components.documents.tokens import BadToken, Permit, Tokens, TokenTooOld

__all__ = [
    "BadToken",
    "NotFetched",
    "Origins",
    "Pack",
    "PackKind",
    "PackProgress",
    "Packs",
    "Permit",
    "TokenTooOld",
    "Tokens",
    "close_packs",
    "document_routes",
    "fetch_pdf",
    "origins_of",
    "packs_of",
    "sandbox_routes",
    "tokens_of",
]
