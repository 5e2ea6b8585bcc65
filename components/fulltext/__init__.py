"""What papers say: their pages are read, by the PDF's own text or by an engine for scans, and searched."""
