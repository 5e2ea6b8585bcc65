"""What papers of the United States say in their own words: grounds of rejection, claims, reasons, references.

`read_content` reads one paper, from the text of its pages. Nothing here knows of files, users or the store.
"""
