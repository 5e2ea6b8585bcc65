"""Opening one document: names for links that last, the route behind them, and where they may lead."""

from components.documents.origins import Origins
from components.documents.route import document_routes, origins_of, tokens_of
from components.documents.sandbox_mount import sandbox_routes
from components.documents.tokens import BadToken, Tokens, TokenTooOld

__all__ = [
    "BadToken",
    "Origins",
    "TokenTooOld",
    "Tokens",
    "document_routes",
    "origins_of",
    "sandbox_routes",
    "tokens_of",
]
