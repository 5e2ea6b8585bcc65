"""The errors of this room.

```
ProsecutionError
├── CodeTableBroken    a CSV under `codes/` contradicts itself
└── FolderUnreadable   a folder of file histories lacks something
```

Reading a file history raises none of them: whatever a service delivers is read; what is not known is "Unclassified".
"""


class ProsecutionError(Exception):
    """Base of the errors of this room."""


class CodeTableBroken(ProsecutionError):
    """A table of codes or categories contradicts itself, so that no file history can be read.

    Nothing was charged. The message names the file and the line to mend.
    """


class FolderUnreadable(ProsecutionError):
    """A folder of file histories lacks a table or a column, or one of its tables is damaged.

    Nothing was read from it. The message names what is missing and what to do.
    """
