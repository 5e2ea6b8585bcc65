"""Comparison of the tables with what the offices themselves record: `python -m components.prosecution FOLDER`.

A folder of file histories (`folder`) is read, and each kind of event (`kinds`) compared with the office's own log of
transactions, which the service does not deliver and which is never an input of the reading. How each application
stands is compared with the office's own words (`stated`); what stands in the log alone is told with its reason
(`log_alone`).
"""
