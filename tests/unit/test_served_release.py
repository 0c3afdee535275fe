"""The room shows the last good release, whatever has become of the current one."""

import json

import pytest
from packed_releases import IDS, counted, release
from typer.testing import CliRunner

from pipelines.history import rollback
from tilannehuone.cli.releases import app
from tilannehuone.errors import ReleaseMissing
from tilannehuone.release import POINTER, age, published_releases
from tilannehuone.served import is_whole, served_release
from tilannehuone.texts import LANGUAGES
from tilannehuone.ui.fallen import line, moment_of

BLOCK = 262_144
CELLS = counted(A=20, B=30, D=40)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return [release(folder / f"{one}.duckdb", CELLS, one).read_bytes() for one in IDS]


@pytest.fixture
def releases(made, tmp_path):
    folder = tmp_path / "data" / "releases"
    folder.mkdir(parents=True)
    for name, content in zip(IDS, made, strict=True):
        (folder / f"{name}.duckdb").write_bytes(content)
    point(folder, IDS[2])
    return folder


def point(folder, name):
    (folder / POINTER).write_text(f"{name}.duckdb\n", encoding="ascii")


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGE = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: content[:0],
    "a bit of the first block": lambda content: flipped(content, 12_288 + 100),
    "a bit of the last block": lambda content: flipped(content, len(content) - BLOCK // 2),
    "another version": lambda content: content[:12] + b"\xc8" + content[13:],
    "another file": lambda content: b"area,value\n" * len(content[:9]),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_last_whole_release_stands_in_for_a_damaged_one(damage, releases):
    path = releases / f"{IDS[2]}.duckdb"
    path.write_bytes(DAMAGE[damage](path.read_bytes()))

    shown = served_release(releases)

    assert shown.release.stem == IDS[1]
    assert shown.fault.key == "broken_release"
    for lang in LANGUAGES:
        told = line(shown, lang)
        for moment in (moment_of(IDS[1], lang), moment_of(IDS[2], lang)):
            assert moment in told
        assert str(shown.noticed.astimezone().year) in told


def test_any_changed_bit_of_a_release_is_noticed(made, tmp_path):
    path = tmp_path / f"{IDS[0]}.duckdb"
    path.write_bytes(made[0])
    assert is_whole(path)
    for at in range(12_288 + BLOCK // 3, len(made[0]), 3 * BLOCK):
        path.write_bytes(flipped(made[0], at))
        assert not is_whole(path)


POINTERS = {
    "missing": None,
    "empty": b"",
    "garbage": b"\x00\xff\xfe",
    "a path outside": b"../../../etc/passwd\n",
    "a release outside": b"/tmp/20250101T000000Z.duckdb\n",
    "long": b"x" * 100_000,
}


@pytest.mark.parametrize("pointer", POINTERS)
def test_without_a_pointer_the_newest_whole_release_is_shown(pointer, releases):
    (releases / POINTER).unlink()
    if POINTERS[pointer] is not None:
        (releases / POINTER).write_bytes(POINTERS[pointer])

    shown = served_release(releases)

    assert shown.release.stem == IDS[2]
    assert shown.fault.key in ("no_release", "broken_pointer")
    assert all(moment_of(IDS[2], lang) in line(shown, lang) for lang in LANGUAGES)


def test_a_release_deleted_under_the_room_gives_way_to_the_one_before(releases):
    assert served_release(releases).fault is None
    (releases / f"{IDS[2]}.duckdb").unlink()

    assert served_release(releases).release.stem == IDS[1]


def test_a_newer_release_never_stands_in_nor_one_gone_back_from(releases):
    point(releases, IDS[0])
    (releases / f"{IDS[0]}.duckdb").write_bytes(b"")
    with pytest.raises(ReleaseMissing):
        served_release(releases)

    point(releases, IDS[2])
    assert rollback(releases).stem == IDS[1]
    (releases / POINTER).unlink()
    assert served_release(releases).release.stem == IDS[1]
    assert rollback(releases, IDS[2]).stem == IDS[2]
    (releases / POINTER).unlink()
    assert served_release(releases).release.stem == IDS[2]


def test_a_release_that_was_brought_back_is_shown_again(releases):
    path = releases / f"{IDS[2]}.duckdb"
    content = path.read_bytes()
    path.write_bytes(content[:5000])
    assert served_release(releases).release.stem == IDS[1]
    path.write_bytes(content)

    shown = served_release(releases)

    assert shown.release == path
    assert shown.fault is None


def test_the_list_tells_which_release_is_damaged_and_which_stands_in(releases):
    path = releases / f"{IDS[2]}.duckdb"
    path.write_bytes(b"")

    told = CliRunner().invoke(app, ["list", str(releases.parents[1]), "--json"])

    assert told.exit_code == 1
    rows = json.loads(told.stdout.splitlines()[0])
    assert [one["whole"] for one in rows] == [True, True, False]
    assert IDS[1] in told.output.split(str(path))[-1]


def test_a_rollback_passes_over_a_damaged_release(releases):
    (releases / f"{IDS[1]}.duckdb").write_bytes(b"")

    assert rollback(releases).stem == IDS[0]


def test_releases_of_one_second_are_in_the_order_they_were_made(releases):
    content = (releases / f"{IDS[2]}.duckdb").read_bytes()
    for number in (2, 10):
        (releases / f"{IDS[2]}-{number}.duckdb").write_bytes(content)

    kept = published_releases(releases)

    assert [one.stem for one in kept[2:]] == [IDS[2], f"{IDS[2]}-2", f"{IDS[2]}-10"]
    assert kept == sorted(kept, key=age)
