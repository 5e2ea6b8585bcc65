"""The text of a page as every room hands it on, and how it is searched.

`fulltext` reads pages and makes these records, `store` keeps them and finds pages by them; both, and what marks the
words on the screen, take words for the same by the rules of `tokens` and `query`.
"""

from components.page_texts.phrases import Near, Phrase, Term
from components.page_texts.query import LONGEST_QUERY, SIDES, Query, QueryRefused, parse_query, places_in, stands_on
from components.page_texts.records import BAD_CONFIDENCE, Box, PageOutcome, PageText, ReadPaper, Word, WordMark
from components.page_texts.tokens import Token, tokens_in, tokens_of

__all__ = [
    "BAD_CONFIDENCE",
    "LONGEST_QUERY",
    "SIDES",
    "Box",
    "Near",
    "PageOutcome",
    "PageText",
    "Phrase",
    "Query",
    "QueryRefused",
    "ReadPaper",
    "Term",
    "Token",
    "Word",
    "WordMark",
    "parse_query",
    "places_in",
    "stands_on",
    "tokens_in",
    "tokens_of",
]
