"""Reading one page of a PDF: its own text where that is real, else a picture of it for an engine."""
