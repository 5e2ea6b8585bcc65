"""The text of a page as every room hands it on, and how it is searched.

`fulltext` reads pages and makes these records, `store` keeps them and finds pages by them; both, and what marks the
words on the screen, take words for the same by the rules of `tokens` and `query`.
"""

from components.page_texts.records import BAD_CONFIDENCE, Box, PageOutcome, PageText, ReadPaper, Word

__all__ = ["BAD_CONFIDENCE", "Box", "PageOutcome", "PageText", "ReadPaper", "Word"]
