"""Tables: which column of an export or a workbook holds the numbers, and what was left."""
