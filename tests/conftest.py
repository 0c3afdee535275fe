"""What holds for all tests: nothing fails for being slow on a busy machine; a book to write in."""

import postgres
import pytest
from hypothesis import settings

collect_ignore = ["unit/researcher.py"]
"""A script for `test_researcher_script.py`, which runs as soon as it is imported."""

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def cluster():
    """Run a PostgreSQL of our own while the tests need one."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not on this machine: apt-get install postgresql")
    with postgres.running_cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Give the address of an empty meeting database: the test runs on either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/meetings.sqlite"
    return request.getfixturevalue("cluster").database()


@pytest.fixture
def book(address):
    """Give an empty book, on either kind of database."""
    from tilannehuone.meeting.database import open_book

    opened = open_book(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def network_room(tmp_path_factory):
    """Give a network room of four small regions with a release: its folder, and its packages."""
    import regional

    from pipelines.network_room import build_room

    folder = tmp_path_factory.mktemp("network") / "room"
    packages = regional.room(folder)
    build_room(folder)
    return folder, packages
