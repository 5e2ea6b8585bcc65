"""The errors of this room.

```
ProsecutionError
└── CodeTableBroken    a CSV under `codes/` contradicts itself
```

Reading a file history raises neither: whatever a service delivers is read, and what is not known is "Unclassified".
"""


class ProsecutionError(Exception):
    """Base of the errors of this room."""


class CodeTableBroken(ProsecutionError):
    """A table of codes or categories contradicts itself, so that no file history can be read.

    Nothing was charged. The message names the file and the line to mend.
    """
