"""The errors of the sandbox.

```
SandboxError
├── Refused            a call is answered with one of the service's error codes or a bare HTTP status
├── LinkRefused        a document link is not opened
│   ├── LinkExpired        it has expired
│   └── LinkForged         its signature does not match
├── SwitchRefused      a switch does not exist or cannot have that value
├── RecordingsDamaged  a recorded file history cannot be read
└── NotStarted         the sandbox could not take its port
```

`Refused` and `LinkRefused` become answers and never leave the app; the others reach the code that starts the sandbox.
None of them costs anything: the sandbox only counts what the real service would have charged.
"""


class SandboxError(Exception):
    """Base of all errors of the sandbox."""


class Refused(SandboxError):
    """A call is answered with an error; nothing is charged.

    Attributes:
        code: one of the codes of `error_codes.csv`, or an HTTP status from 400 to 599.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"The call is refused with {code}; nothing is charged.")
        self.code = code


class LinkRefused(SandboxError):
    """A document link is not opened. Nothing is charged; a new look-up gives new links."""


class LinkExpired(LinkRefused):
    """The link has expired."""


class LinkForged(LinkRefused):
    """The link is incomplete or was changed."""


class SwitchRefused(SandboxError):
    """A switch does not exist or cannot have that value; no switch is changed."""


class RecordingsDamaged(SandboxError):
    """A recorded file history cannot be read, so the sandbox does not start. Write it again with `convert.py`."""


class NotStarted(SandboxError):
    """The sandbox could not take its port or did not come up; nothing is left running."""
