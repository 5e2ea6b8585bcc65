"""A prosecution told in words.

`storyline` holds one history as records, `sentences` the grammar, `chapters`, `endings` and `asides` what each stage
has to say, and `summary` puts them in order.
"""
