"""Lists the licence of each package that the app is delivered with: `python -m tests.licences`.

It reads what `requirements.txt` pins and what the installed packages say of themselves, and ends with status 1 if one
has a licence that `ACCEPTED` does not name.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"

ACCEPTED = {
    **dict.fromkeys(
        ("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "FTL", "IJG", "MIT",
         "MIT-0", "MIT-CMU", "PSF-2.0", "Unicode-3.0", "Zlib", "libpng-2.0", "libtiff"),
        "permissive",
    ),
    "MPL-2.0": "copyleft for its own files, which are delivered unchanged",
    "LGPL-3.0-only": "a library, delivered unchanged, which whoever runs the app can exchange",
}  # fmt: skip
"""The licences (SPDX) that a package may have, and why. Those of the GPL family that reach this app's code are not."""

_PDFIUM = "BSD-2-Clause AND BSL-1.0 AND FTL AND IJG AND MIT AND Unicode-3.0 AND Zlib AND libpng-2.0 AND libtiff"
"""What the parts of PDFium are under besides its own two, by the texts that pypdfium2 brings. AGG 2.3 has a short
permissive text of its own; the files under the GPL with GCC's exception belong to the wheels for musl alone."""
_OTHER_NAMES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "BSD-3-Clause, Apache-2.0, dependency licenses": f"(BSD-3-Clause OR Apache-2.0) AND {_PDFIUM}",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What packages write that do not use SPDX."""


@dataclass(frozen=True)
class Package:
    """A delivered package."""

    name: str
    version: str
    licence: str
    """As an SPDX expression, or in the package's own words."""

    @property
    def not_accepted(self) -> list[str]:
        """The licences that are not accepted; of alternatives, each one must be."""
        named = [part for part in re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", self.licence) if part.strip()]
        return [licence for licence in named if licence.strip() not in ACCEPTED] or ([] if named else ["none is named"])


def delivered() -> Iterator[Package]:
    """Yield the packages that `requirements.txt` pins for this platform, as they are installed."""
    for line in re.findall(r"^(?![\s#-])(.+?)\s*\\?$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            package = metadata.metadata(requirement.name)
            yield Package(requirement.name, package["Version"], licence_of(package))


def licence_of(package: metadata.PackageMetadata) -> str:
    """Return what a package says of its licence: its expression, else its classifiers, else its field."""
    expression = package.get("License-Expression")
    if expression:
        return str(expression)
    prefix = "License :: "
    classifiers = [text for text in package.get_all("Classifier") or [] if text.startswith(prefix)]
    said = [text.rpartition(" :: ")[2] for text in classifiers] or [str(package.get("License") or "")]
    return " OR ".join(_OTHER_NAMES.get(text, text) for text in said)


def main() -> int:
    """Print the list; return the exit status."""
    packages = sorted(delivered(), key=lambda package: package.name)
    for package in packages:
        refused = " NOT ACCEPTED" if package.not_accepted else ""
        print(f"{package.name} {package.version}: {package.licence}{refused}")  # noqa: T201 - its output is the list
    return 1 if any(package.not_accepted for package in packages) else 0


if __name__ == "__main__":
    sys.exit(main())
