"""Rejections as examiners word them: where one is said, under what law, of which claims, and what is none."""
