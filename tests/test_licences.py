"""The licences of what the app is delivered with."""

import pytest

from tests.licences import Package, delivered


def test_each_delivered_package_has_an_accepted_licence() -> None:
    """One that comes with another licence is looked at by somebody before it is delivered."""
    refused = {package.name: package.not_accepted for package in delivered() if package.not_accepted}
    assert refused == {}


@pytest.mark.parametrize(
    ("licence", "refused"),
    [("MIT", []), ("MPL-2.0 AND (Apache-2.0 OR MIT)", []), ("GPL-3.0-only", ["GPL-3.0-only"]),
     ("MIT OR AGPL-3.0-or-later", ["AGPL-3.0-or-later"]), ("", ["none is named"]), ("UNKNOWN", ["UNKNOWN"])],
)  # fmt: skip
def test_other_licences_are_found(licence: str, refused: list[str]) -> None:
    """Also among alternatives, and where none is named."""
    assert Package("package", "1", licence).not_accepted == refused
