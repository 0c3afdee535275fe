"""Damaged and hostile packages: each is refused in one line, and nothing of it is kept."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hostile_archives import FRAMES, SIGNATURES, parts_of, with_table, zipped
from hostile_manifests import MANIFESTS
from hostile_tables import CONTENTS, FILES, UNREADABLE, aborting
from packed_releases import IDS, Region, counted, room_of, stored

from pipelines.importing import import_package
from tilannehuone.network.archive import SIGNATURE, write_package
from tilannehuone.network.keys import trust
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.parquet import schema_of
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

TABLES = {one: FILES[one] for one in ("cut_parquet", "column_more", "more_rows")} | {
    "that_ends_its_reader": (with_table(aborting()), UNREADABLE)
}
"""All others are tried in test_packages_tables.py, where none needs a process to be started."""

HELD = ("number_in_a_hidden_cell", "long_word_repeated", "finding_that_is_none")
"""Of these one is told by its table, one by its file and one when all is one release."""

PARTS = {"archive": FRAMES, "signature": SIGNATURES, "manifest": MANIFESTS, "table": TABLES}
TAMPERED = {f"{part} {name}": case for part, cases in PARTS.items() for name, case in cases.items()}


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    return Region(tmp_path_factory.mktemp("refused"), "oulu")


@pytest.fixture(scope="module")
def good(region):
    return region.package(file="good.zip").read_bytes()


@pytest.fixture(scope="module")
def parts(region):
    return region.parts()


@pytest.fixture(scope="module")
def kept(tmp_path_factory, region):
    """Return a room that has a package, to which nothing is added here."""
    room = room_of(tmp_path_factory.mktemp("kept"), region)
    shown = region.package(counted(C=41, A=20, B=None, D=None), IDS[1], file="kept.zip")
    import_package(shown, room)
    return room


@pytest.fixture
def room(tmp_path, region):
    return room_of(tmp_path / "room", region)


def refused(file, room, now=None):
    """Return the key of the one fault that a package meets; nothing more lies in the room."""
    before = stored(room)
    with pytest.raises(PackageRefused) as error:
        import_package(file, room, now)
    assert len(error.value.faults) == 1
    assert stored(room) == before
    lines = [fault_line(error.value.faults[0], lang) for lang in LANGUAGES]
    assert all(one.startswith(f"{file}: ") and one.isprintable() for one in lines)
    return error.value.faults[0].key


@pytest.mark.parametrize("name", TAMPERED)
def test_a_package_that_was_tampered_with_is_refused(name, good, region, room, tmp_path):
    """Archives not in form, signatures nobody vouches for, manifests, and tables of no release."""
    tamper, expected = TAMPERED[name]
    (tmp_path / "a.zip").write_bytes(tamper(good, region.key))

    assert refused(tmp_path / "a.zip", room) == expected


@pytest.mark.parametrize("name", HELD)
def test_tables_that_do_not_hold_together_are_refused(name, parts, region, room, tmp_path):
    (manifest, tables), (change, expected) = parts, CONTENTS[name]
    write_package(tmp_path / "a.zip", manifest, change(tables), region.key)

    assert refused(tmp_path / "a.zip", room) == expected


def test_the_untouched_package_is_taken_in(kept):
    """Or all the refusals here would prove nothing."""
    assert stored(kept) == [f"data/packages/oulu/{IDS[1]}.zip"]


def test_what_is_no_file_is_refused(room, tmp_path):
    assert refused(tmp_path / "absent.zip", room) == "package_missing"
    assert refused(tmp_path, room) == "package_missing"


def test_a_key_that_was_not_given_is_not_believed(region, tmp_path):
    stranger = Region(tmp_path, "oulu")

    assert refused(stranger.package(), room_of(tmp_path / "room", region)) == "package_key_unknown"


def test_the_name_of_a_believed_key_is_not_the_key(good, room, tmp_path):
    """Signed by a stranger, who writes the fingerprint of the region's key before it."""
    stranger = Region(tmp_path, "oulu")
    mine, theirs = parts_of(good), parts_of(stranger.package().read_bytes())
    theirs[SIGNATURE] = mine[SIGNATURE][:64] + theirs[SIGNATURE][64:]
    (tmp_path / "a.zip").write_bytes(zipped(theirs.items()))

    assert refused(tmp_path / "a.zip", room) == "package_signature"


def test_a_key_that_was_replaced_is_not_believed(region, room, tmp_path):
    new = Region(tmp_path, "oulu")
    trust(room, "oulu", new.public, replace=True)

    assert refused(region.package(), room) == "package_key_unknown"


def test_an_older_package_is_refused(region, kept):
    assert refused(region.package(release_id=IDS[0], file="older.zip"), kept) == "package_older"


def test_another_package_of_the_same_release_is_refused(region, kept):
    other = region.package(counted(C=41, A=None, B=None, D=None), IDS[1], file="other.zip")

    assert refused(other, kept) == "package_differs"


def test_a_release_of_tomorrow_is_refused(region, room):
    file = region.package(release_id=IDS[1], file="ahead.zip")

    assert refused(file, room, datetime(2025, 1, 30, tzinfo=UTC)) == "package_ahead"


def test_a_package_that_leaks_by_itself_is_refused(region, room):
    """The county less its two shown towns is the third."""
    file = region.package(counted(C=41, A=None, B=18, D=20), file="leak.zip")

    assert refused(file, room) == "package_leaks"
    listed = (room / "data/work/audit.csv").read_text(encoding="utf-8-sig")
    assert "month;2024-01-01" in listed


def test_packages_that_leak_only_one_after_the_other_are_refused(region, kept):
    """A was shown and D hidden; now A hides: the county less A and B is D."""
    hides = region.package(counted(C=41, A=None, B=18, D=None), IDS[2], file="second.zip")

    assert refused(hides, kept) == "package_leaks"


def test_packages_that_leak_only_beside_each_other_are_refused(region, tmp_path):
    """The city hides A and D; the county's own package has the number of A."""
    county = Region(tmp_path, "county")
    room = room_of(tmp_path / "room", region, county)
    import_package(county.package(counted(C=41, A=20), tree={"C": ["A"]}), room)

    city = region.package(counted(C=41, A=None, B=18, D=None), file="city.zip")
    assert refused(city, room) == "package_leaks"


def monthly(hides=False):
    """Cells of four months, in the last of which A and D may be hidden."""
    last = {"A": None, "D": None} if hides else {"A": 20, "D": 15}
    told = [{"C": 53 + n, "A": 20 + n, "B": 18, "D": 15} for n in range(3)]
    found = [counted(**one) for one in (*told, {"C": 53, "B": 18} | last)]
    return [
        cell | {"period_start": f"2024-0{month}-01"}
        for month, cells in enumerate(found, 1)
        for cell in cells
    ]


def test_an_area_that_two_regions_name_differently_is_known_by_its_figures(region, tmp_path):
    """The county calls A and B otherwise than the city does, and shows what the city hides."""
    county = Region(tmp_path, "county")
    room = room_of(tmp_path / "room", region, county)
    manifest, tables = county.parts(monthly())
    named = tables["areas"].to_pylist()
    names = [one | {"name_fi": f"{one['name_fi']}n kunta"} for one in named]
    tables["areas"] = pa.Table.from_pylist(names, schema_of("areas"))
    import_package(county.signed(manifest, tables), room)

    hides = region.package(monthly(hides=True), file="hides.zip")
    assert refused(hides, room) == "package_leaks"


def test_what_another_regions_older_package_showed_is_read_too(region, tmp_path):
    """The city showed A once and hides it now; the county hides A and D, which A would give."""
    city = Region(tmp_path, "city")
    room = room_of(tmp_path / "room", region, city)
    first = city.package(counted(A=20), tree={"A": []}, file="first.zip")
    import_package(first, room)
    import_package(city.package(counted(A=None), IDS[1], tree={"A": []}, file="then.zip"), room)

    county = region.package(counted(C=41, A=None, B=18, D=None), IDS[2], file="county.zip")
    assert refused(county, room) == "package_leaks"
