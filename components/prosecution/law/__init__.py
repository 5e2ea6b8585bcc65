"""What the law and the offices prescribe: document codes, categories, periods, and which paper answers which.

The rules are CSV tables in this folder, each row with its source; the modules read them and check that they agree.
"""
