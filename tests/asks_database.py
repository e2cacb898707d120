"""A plugin for the suite's second database: leaves out the tests that ask none, which the first run
has had. What has neither the mark nor a fixture of pytest-django cannot reach a database.
"""

import pytest

_DOORS = {"db", "transactional_db", "live_server", "django_db_setup", "_django_db_helper"}


def asks_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        _DOORS & set(getattr(item, "fixturenames", ()))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not asks_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if asks_database(item)]
