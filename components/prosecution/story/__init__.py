"""What the tables say in words: the summary of a prosecution, what its list lacks, and single rows.

The summary: `storyline` holds one history as records, `sentences` the grammar; `chapters`, `appeals`, `endings` and
`asides` write what each stage has to say, and `summary` puts it in order. `completeness` finds what the list of
documents lacks.
Rows: `histories_in_words`, `measures_in_words` and `rounds_in_words` word the facts of a row of a table.
"""
