"""The errors of this room.

```
ProsecutionError
└── FolderUnreadable   a folder of file histories lacks something
```

A damaged rule table is a `RuleTableBroken` of `components.rule_tables`, as in every room. Beside that, reading a file
history raises no errors: whatever a service delivers is read, and what is not known is "Unclassified".
"""


class ProsecutionError(Exception):
    """Base of the errors of this room."""


class FolderUnreadable(ProsecutionError):
    """A folder of file histories lacks a table or a column, or one of its tables is damaged.

    Nothing was read from it. The message names what is missing and what to do.
    """
