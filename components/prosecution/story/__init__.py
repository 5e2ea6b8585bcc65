"""A prosecution in words, and what its list of documents lacks.

`storyline` holds one history as records, `sentences` the grammar, `chapters`, `endings` and `asides` what each stage
has to say, and `summary` puts them in order. `completeness` finds what is missing, `measures` says figures in words.
"""
