"""The real file histories that the tests of the reading room use too."""

from tests.prosecution.conftest import data, index, real_histories, real_tables  # noqa: F401 - fixtures
