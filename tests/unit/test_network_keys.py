"""Keys are made once, and believed only when somebody says so."""

import pytest
from packed_releases import Region, room_of

from tilannehuone.network.keys import (
    OWN,
    KeyRefused,
    fingerprint,
    own_key,
    public_keys,
    trust,
    trusted_keys,
)


def test_the_own_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / OWN
    first = own_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert fingerprint(own_key(path).public_key()) == fingerprint(first.public_key())
    assert [one.name for one in path.parent.iterdir()] == ["signing.key"]


def test_a_new_key_of_a_region_is_believed_only_when_that_is_said(tmp_path):
    old, new = Region(tmp_path / "old", "oulu"), Region(tmp_path / "new", "oulu")
    room = room_of(tmp_path / "room", old)

    with pytest.raises(KeyRefused):
        trust(room, "oulu", new.public)
    trust(room, "oulu", new.public, add=True)
    assert len(trusted_keys(room)["oulu"]) == 2
    trust(room, "oulu", new.public, replace=True)
    assert list(map(fingerprint, trusted_keys(room)["oulu"])) == [fingerprint(new.key.public_key())]


def test_one_key_is_not_that_of_two_regions(tmp_path):
    region = Region(tmp_path, "oulu")
    room = room_of(tmp_path / "room", region)

    with pytest.raises(KeyRefused):
        trust(room, "vaasa", region.public)
    with pytest.raises(KeyRefused):
        trust(room, "../vaasa", region.public)


@pytest.mark.parametrize(
    "content", [b"", b"text", b"-----BEGIN PUBLIC KEY-----\nAAAA\n", b"x" * 9000]
)
def test_a_file_without_a_key_is_refused(tmp_path, content):
    (tmp_path / "a.pub").write_bytes(content)

    with pytest.raises(KeyRefused):
        public_keys(tmp_path / "a.pub")
