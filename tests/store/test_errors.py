"""The tree of the room's errors is complete."""

from components.store import errors
from tests.error_trees import drawn_tree, real_tree


def test_the_tree_shows_every_error() -> None:
    """The docstring of the module shows each class below the one from which it inherits."""
    assert drawn_tree(errors) == real_tree(errors)
