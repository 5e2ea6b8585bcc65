"""The errors of the sandbox.

```
SandboxError
├── Refused          the sandbox answers a call with one of the service's error codes or a bare HTTP status
├── LinkRefused      a document link is not opened
│   ├── LinkExpired  … because its time is over
│   └── LinkForged   … because its signature does not fit
├── SwitchRefused    a switch does not exist or does not take that value
├── FactsDamaged     a file of facts cannot be read
└── NotStarted       the sandbox could not take its port
```

The first two groups are answers to a caller and never leave the app; the others reach whoever starts the sandbox.
None of them costs anything: the sandbox only counts what the real service would have charged.
"""


class SandboxError(Exception):
    """Anything that goes wrong in the sandbox."""


class Refused(SandboxError):
    """A call is answered with an error and charged nothing.

    Attributes:
        code: one of the codes of `error_codes.csv`, or an HTTP status from 400 to 599.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"The call is refused with {code}; nothing is charged.")
        self.code = code


class LinkRefused(SandboxError):
    """A document link is not opened. Nothing is charged; a new look-up gives new links."""


class LinkExpired(LinkRefused):
    """The link's time is over."""


class LinkForged(LinkRefused):
    """The link is incomplete or was changed."""


class SwitchRefused(SandboxError):
    """A switch does not exist or does not take that value; every switch stays as it was."""


class FactsDamaged(SandboxError):
    """A file of facts cannot be read, so the sandbox does not start. Write the facts anew with the converter."""


class NotStarted(SandboxError):
    """The sandbox could not take its port or did not come up; nothing is left running."""
