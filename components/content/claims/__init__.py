"""The claims of papers: their sets, what changed between them, what the marks say, and a claim through its rounds."""
