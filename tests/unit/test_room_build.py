"""A network room's folder: what makes it one, what refuses its build, and what then stays."""

import os
import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipelines.check import check_instance
from pipelines.network_room import build_room, is_room
from tilannehuone.access_declared import read_access
from tilannehuone.errors import PublishRefused
from tilannehuone.network.keys import public_text
from tilannehuone.release import current_release


@pytest.fixture
def copied(network_room, tmp_path):
    """A room of one's own, with a release."""
    return shutil.copytree(network_room[0], tmp_path / "room")


def test_a_folder_is_a_room_by_its_packages_and_checks_as_one(network_room, tmp_path):
    assert is_room(network_room[0])
    assert not is_room(tmp_path)
    assert check_instance(network_room[0]) == []


def test_access_can_be_declared_by_the_areas_of_the_room(copied):
    (copied / "data/access.yaml").write_text(
        "people:\n  - {email: a@example.org, role: viewer, areas: [oulu-C]}\n", encoding="utf-8"
    )

    person = read_access(copied).person({"email": "a@example.org"})

    assert person.open_areas == {"oulu-C", "oulu-t1", "oulu-t2", "oulu-t3"}
    assert check_instance(copied) == []


def test_a_package_whose_key_is_believed_no_more_refuses_the_build_and_the_last_release_stays(
    copied,
):
    last = current_release(copied / "data/releases")
    stranger = Ed25519PrivateKey.generate().public_key()
    (copied / "data/trusted/kemi.pub").write_text(public_text(stranger))

    with pytest.raises(PublishRefused) as refused:
        build_room(copied)

    (fault,) = refused.value.faults
    assert "packages/kemi" in fault.file
    assert current_release(copied / "data/releases") == last
    assert [one.key for one in check_instance(copied)] == [fault.key]


def test_a_build_that_is_killed_leaves_the_last_release_and_nothing_else(copied, monkeypatch):
    last = current_release(copied / "data/releases")
    for region in ("oulu", "turku", "vaasa"):
        shutil.rmtree(copied / "data/packages" / region)

    def killed(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        build_room(copied)

    assert current_release(copied / "data/releases") == last
    assert not list((copied / "data/releases").glob("*building*"))


def test_a_room_without_packages_says_how_to_get_one(tmp_path):
    (tmp_path / "data/packages").mkdir(parents=True)

    with pytest.raises(PublishRefused) as refused:
        build_room(tmp_path)

    assert [one.key for one in refused.value.faults] == ["room_empty"]
