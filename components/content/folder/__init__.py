"""The papers of a folder, read for the command `python -m components.content`, and compared with what a person read."""
