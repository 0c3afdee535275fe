"""Hidden numbers are exchanged for others, and not one byte of what is published changes."""

import json
import shutil
import struct
import subprocess
import sys
from itertools import product

import duckdb
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from small_instance import write_extract
from swap_world import AS_OF, MOMENT, NUMBERS, make_ready, make_world
from swapping import scrubbed, swapped

from pipelines.audit import audit_release
from pipelines.network_room import publish_room
from pipelines.packing import pack
from pipelines.regions.room import Room
from tilannehuone import store
from tilannehuone.network.archive import read_package
from tilannehuone.release import CELL_KEYS, TABLES
from tilannehuone.sealed import Choice
from tilannehuone.web.sealing import sealed_extract

EMPTY = {"events", "quarantine_summary", "shapes", *store.REGIONAL}
FILLED = [name for name in TABLES if name not in EMPTY]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("swap")


@pytest.fixture(scope="module")
def world(place):
    return make_ready(make_world(place / "instance"), place / "tables")


@pytest.fixture(scope="module")
def first(world, place):
    return world.release(place / "first", world.unsafe)


@pytest.fixture(scope="module")
def second(world, first, place):
    """Return a release with other hidden numbers under the same mask."""
    return world.release(place / "second", swapped(world.unsafe, first.hidden), given=first)


def tables(release):
    with duckdb.connect(str(release.path), read_only=True) as reader:
        return {name: reader.execute(f"from {name}").fetchall() for name in TABLES}


def changed(world, unsafe):
    """Return how many exact cells of each measure differ."""
    differ = (unsafe[NUMBERS].fillna(-1) != world.unsafe[NUMBERS].fillna(-1)).any(axis=1)
    return differ.groupby(unsafe["indicator_id"]).sum()


def test_the_instance_has_something_in_every_table_and_hides_of_every_kind(world, first):
    found = tables(first)

    assert [name for name in FILLED if not found[name]] == []
    hidden = first.hidden.groupby(world.unsafe["indicator_id"]).mean()
    assert hidden.between(0.1, 0.8).all()
    assert audit_release(first.path).ok


def test_other_hidden_numbers_under_the_same_mask_change_no_byte(world, first, second):
    assert changed(world, swapped(world.unsafe, first.hidden)).ge(30).all()
    assert tables(second) == tables(first)
    assert scrubbed(second.path) == scrubbed(first.path)


def test_what_leaves_the_instance_is_the_same_to_the_byte(first, second, place):
    """Packages, the release of a room made of them, and sealed extracts."""
    key, taken = Ed25519PrivateKey.generate(), []
    for number, one in enumerate((first, second)):
        package = pack(one.path, place / f"{number}.zip", key, region="koe")
        room = publish_room(Room(place / f"room{number}"), [package], MOMENT)
        extract = sealed_extract(one.path, (), Choice(areas=("n1", "n3", "N")))
        taken.append(((place / f"{number}.zip").read_bytes(), scrubbed(room.path), extract))

    assert taken[0] == taken[1]
    assert read_package(place / "0.zip", None).tables["cells"].num_rows == len(first.hidden)


@pytest.mark.parametrize("seed", [0])
def test_hidden_numbers_that_lead_to_the_same_mask_change_no_byte(world, first, place, seed):
    unsafe = swapped(world.unsafe, first.hidden, seed, little=True)
    second = world.release(place / f"little{seed}", unsafe)

    assert changed(world, unsafe).sum() > 20
    assert (second.hidden == first.hidden).all()
    assert tables(second) == tables(first)
    assert scrubbed(second.path) == scrubbed(first.path)


def test_a_delivery_that_differs_in_hidden_numbers_alone_differs_in_its_digest_alone(
    world, first, place
):
    folder = shutil.copytree(world.folder, place / "delivered")
    path = folder / "data/extracts/visits.csv"
    header, *rows = path.read_text(encoding="cp1252").splitlines()
    write_extract(folder, "visits.csv", [header, *_exchanged(rows)])
    other = make_ready(folder, place / "other tables")
    second = other.release(place / "third", other.unsafe)

    assert changed(world, other.unsafe)["days_mean"] == 4
    assert other.unsafe[~first.hidden].equals(world.unsafe[~first.hidden])
    told, before = tables(second), tables(first)
    assert {name for name in TABLES if told[name] != before[name]} == {"release"}
    (files,), (given,) = ([json.loads(row[-1]) for row in one["release"]] for one in (told, before))
    for one, was in zip(files, given, strict=True):
        same = one["file"] == "people.csv"
        assert (one.pop("digest") == was.pop("digest")) == same
        assert one == was


def _exchanged(rows):
    """Return the rows with a day moved round between long visits: two towns, two months."""
    fields = [row.split(";") for row in rows]
    long = {}
    for row in fields:
        _, month, year = row[0].split(".")
        if 30 < int(row[5]) < 40:
            long[row[2], int(year), int(month)] = row
    for year, month in product((2022, 2023, 2024), (1, 4, 7, 10)):
        round_ = [long.get((town, year, month + n)) for town in ("N2a", "N3a") for n in (0, 1)]
        if all(round_):
            for row, more in zip(round_, (1, -1, -1, 1), strict=True):
                row[5] = str(int(row[5]) + more)
            return [";".join(row) for row in fields]
    raise AssertionError("no such visits")


def test_no_hidden_number_stands_in_what_a_build_writes_or_says(world, place):
    folder = shutil.copytree(
        world.folder, place / "said", ignore=shutil.ignore_patterns("releases")
    )
    command = [sys.executable, "-m", "tilannehuone.cli", "--debug", "build", str(folder)]
    said = subprocess.run([*command, "--as-of", AS_OF.isoformat()], capture_output=True, check=True)
    (release,) = (folder / "data/releases").glob("*.duckdb")
    with duckdb.connect(str(release), read_only=True) as reader:
        cells = reader.execute(f"from cells order by {', '.join(CELL_KEYS)}").df()
        text = repr([reader.execute(f"from {name}").fetchall() for name in TABLES])
    hidden, exact = cells["status"].eq("c"), world.unsafe["value"]
    seldom = set(exact[exact.map(lambda one: len(repr(one)) > 12)])  # of many decimals
    numbers = seldom & set(exact[hidden]) - set(exact[~hidden])
    written = [one for one in (folder / "data").rglob("*") if one.is_file()]
    content = [one.read_bytes() for one in written if one.parent.name != "extracts"]
    content += [text.encode(), said.stdout, said.stderr]

    assert len(numbers) > 100
    leaks = sum(
        form in one
        for number in numbers
        for form in (struct.pack("<d", number), repr(number).encode())
        for one in content
    )
    assert leaks == 0
    assert all(repr(one) in text for one in seldom & set(exact[~hidden]))


OFFERED = f"""select coalesce(p.offered, false) as offered from cells c
    left join plan p on c.indicator_id = p.indicator_id and c.area_code = p.area_code
        and c.period_type = p.period_type and c.breakdown = p.breakdown
        and c.category = p.category and year(c.period_start) = p.year
    order by {", ".join(f"c.{one}" for one in CELL_KEYS)}"""


def test_one_complementary_cell_of_an_offered_curve_set_free_is_usually_found(world, first, place):
    path = shutil.copy(first.path, place / "20250211T061500Z.duckdb")
    with duckdb.connect(str(path)) as file:
        offered = file.execute(OFFERED).df()["offered"]
    covers = first.hidden & offered & world.unsafe["indicator_id"].eq("visits")
    covers = world.unsafe[covers & world.unsafe["numerator"].ge(5)]
    found = 0
    for number, cell in covers.iloc[:: max(len(covers) // 8, 1)].iloc[:8].iterrows():
        free = f"status = 'ok', numerator = {cell['numerator']}, value = {cell['value']}"
        for change in (free, "status = 'c', numerator = null, value = null"):
            with duckdb.connect(str(path)) as file:
                file.execute(f"update cells set {change} where rowid = {number}")
            found += change == free and not audit_release(path).ok

    assert len(covers) >= 8
    assert found > 4
