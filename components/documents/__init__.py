"""The documents themselves: links that last, safe fetching of PDFs, packs made of many of them, and their routes."""

from components.documents.answers import json_answer
from components.documents.documents import Documents
from components.documents.errors import (
    BadToken,
    DocumentsError,
    LinkError,
    NoRoom,
    NotDrawn,
    NotFetched,
    NotYours,
    PackStopped,
    RefreshRefused,
    TokenTooOld,
)
from components.documents.offered_files import OfferedFile, OfferedFiles, file_path
from components.documents.origins import SANDBOX_LINKS, Origins
from components.documents.pack import Pack, PackKind, PackProgress
from components.documents.packs import Packs
from components.documents.pages import WIDTHS, Drawing, Picture
from components.documents.person_answers import LINK_STATUS, own_paper
from components.documents.routes import document_routes, sandbox_routes
from components.documents.tokens import NamedPaper, Permit, Tokens

__all__ = [
    "LINK_STATUS",
    "SANDBOX_LINKS",
    "WIDTHS",
    "BadToken",
    "Documents",
    "DocumentsError",
    "Drawing",
    "LinkError",
    "NamedPaper",
    "NoRoom",
    "NotDrawn",
    "NotFetched",
    "NotYours",
    "OfferedFile",
    "OfferedFiles",
    "Origins",
    "Pack",
    "PackKind",
    "PackProgress",
    "PackStopped",
    "Packs",
    "Permit",
    "Picture",
    "RefreshRefused",
    "TokenTooOld",
    "Tokens",
    "document_routes",
    "file_path",
    "json_answer",
    "own_paper",
    "sandbox_routes",
]
