"""A made-up application whose papers the project writes itself, so that there is something to read in the sandbox.

The offices' own papers of the recorded histories are not carried; their PDFs are placeholders. Here every paper has its
words: half of them with a text layer, half as scans without one.
"""

from components.sandbox.made_up.application import APPLICATION, KEY, TITLE, check_list, made_up_history, made_up_pdf

__all__ = ["APPLICATION", "KEY", "TITLE", "check_list", "made_up_history", "made_up_pdf"]
