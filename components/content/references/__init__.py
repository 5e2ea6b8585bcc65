"""What examiners and applicants cite: the lists, the texts, and all of them in one table."""
