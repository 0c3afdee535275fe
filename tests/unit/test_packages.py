"""A package is a whole release, the same bytes each time, and holds what was consented to."""

import json
import shutil

import duckdb
import pytest
from packed_releases import IDS, Region, counted, release, room_of, stored
from released import change
from small_instance import AS_OF, make_instance
from typer.testing import CliRunner

from pipelines.assembling import assembled, homonyms, readable
from pipelines.audit import audit_release
from pipelines.importing import import_package
from pipelines.packing import declarations, pack, packed
from pipelines.run import build
from tilannehuone.cli.network import app
from tilannehuone.errors import RegistryError
from tilannehuone.last_build import read_last_build
from tilannehuone.network.archive import read_package
from tilannehuone.network.keys import OWN, own_key
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.parquet import schema_of
from tilannehuone.network_declared import region_of
from tilannehuone.release import TABLES, current_release

EVENT = "{{from: 2024-01-01, kind: {kind}, text: {{fi: {name}, sv: b, en: c}}{more}}}"
EVENTS = "events:\n" + "".join(
    f"  - {EVENT.format(kind=kind, name=name, more=more)}\n"
    for kind, name, more in (
        ("practice", "jaettu", ", share: true, areas: [N], indicators: [visits_rate]"),
        ("practice", "oma", ""),
        ("initiative", "kokeilu", ", share: true"),
        ("initiative", "hanke", ""),
        ("break", "katko", ""),
        ("rebase", "taso", ", indicators: [visits_rate]"),
        ("holiday", "loma", ""),
    )
)
NETWORK = """\
region: oulu
name: {fi: Oulun seutu, sv: Uleåborgsregionen, en: Oulu region}
contact: {fi: Perhekeskuksen esihenkilö, sv: Familjecentrets chef, en: Head of the family centre}
listed: [N, n1]
"""


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    folder = make_instance(tmp_path_factory.mktemp("packages") / "instance")
    (folder / "data/events.yaml").write_text(EVENTS, encoding="utf-8")
    (folder / "data/network.yaml").write_text(NETWORK, encoding="utf-8")
    sources = (folder / "data/sources.yaml").read_text(encoding="utf-8")
    with_system = sources.replace("  visits:\n", "  visits:\n    system: Effica\n")
    (folder / "data/sources.yaml").write_text(with_system, encoding="utf-8")
    build(folder, as_of=AS_OF)
    return folder


@pytest.fixture(scope="module")
def newest(instance):
    return current_release(instance / "data/releases")


@pytest.fixture(scope="module")
def key(instance):
    return own_key(instance / OWN)


@pytest.fixture(scope="module")
def packaged(instance, newest, key, tmp_path_factory):
    file = tmp_path_factory.mktemp("packed") / "oulu.zip"
    pack(newest, file, key, declarations(instance))
    return file


@pytest.fixture
def region(tmp_path):
    return Region(tmp_path, "oulu")


@pytest.fixture
def room(tmp_path, region):
    return room_of(tmp_path / "room", region)


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_a_package_becomes_the_release_it_was_made_of(packaged, newest, tmp_path):
    again = assembled(packaged, tmp_path / "again.duckdb")

    with duckdb.connect() as reader:
        for name, path in (("old", newest), ("new", again)):
            reader.execute(f"attach '{path}' as {name} (read_only)")
        for table in TABLES:
            if table == "events" or table.startswith("region"):
                continue
            both = [reader.execute(f"from {one}.{table}").fetchall() for one in ("old", "new")]
            assert both[0] == both[1], table
    assert audit_release(again).ok


def test_the_same_release_and_declarations_give_the_same_bytes(
    packaged, instance, newest, key, tmp_path
):
    pack(newest, tmp_path / "again.zip", key, declarations(instance))

    assert (tmp_path / "again.zip").read_bytes() == packaged.read_bytes()


def test_practices_and_initiatives_travel_only_where_they_are_shared_today(packaged, key):
    told = read_package(packaged, {"oulu": (key.public_key(),)}).tables["events"]

    names = set(told.column("text_fi").to_pylist())
    assert names == {"jaettu", "kokeilu", "katko", "taso", "loma"}


def test_a_consent_that_was_taken_back_holds_for_the_same_release(instance, newest, key, tmp_path):
    copy = tmp_path / "instance"
    shutil.copytree(instance / "data", copy / "data", ignore=shutil.ignore_patterns("releases"))
    withdrawn = EVENTS.replace("kokeilu, sv: b, en: c}, share: true", "kokeilu, sv: b, en: c}")
    (copy / "data/events.yaml").write_text(withdrawn, encoding="utf-8")

    made = pack(newest, tmp_path / "later.zip", key, declarations(copy))

    assert "kokeilu" not in made.tables["events"].column("text_fi").to_pylist()
    assert "jaettu" in made.tables["events"].column("text_fi").to_pylist()


def test_a_package_tells_whose_it_is_and_where_its_figures_come_from(packaged):
    package = read_package(packaged, None)

    told = package.manifest
    assert (told.region, told.listed) == ("oulu", ("N", "n1"))
    row = package.tables["regions"].to_pylist()[0]
    assert (row["name_sv"], row["package_id"]) == ("Uleåborgsregionen", None)
    assert row["contact_en"] == "Head of the family centre"
    systems = {
        one["indicator_id"]: json.loads(one["systems"])
        for one in package.tables["region_indicators"].to_pylist()
    }
    assert systems == {"visits_rate": ["Effica"], "visited_share": ["Effica"], "people": []}
    areas = package.tables["region_areas"].to_pylist()
    assert {"area_code": "oulu-n1", "region": "oulu", "own_code": "n1"} in areas


def test_a_release_alone_is_a_package_that_shares_nothing(newest):
    manifest, tables = packed(newest)

    assert (manifest.region, manifest.listed, dict(manifest.contact)) == ("koe", (), {})
    assert set(tables["events"].column("kind").to_pylist()) == {"break", "rebase", "holiday"}
    assert {one.schema == schema_of(name) for name, one in tables.items()} == {True}


def test_letters_of_a_name_are_folded_into_a_key():
    assert region_of("Åland – Öar & Ällit") == "aland_oar_allit"


def test_an_area_that_does_not_exist_cannot_be_listed(newest, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/network.yaml").write_text("listed: [n1, Turku]\n", encoding="utf-8")

    with pytest.raises(RegistryError) as refused:
        packed(newest, declarations(tmp_path))

    assert [one.key for one in refused.value.faults] == ["unknown_area_code"]


def test_what_a_room_would_refuse_is_not_packed(tmp_path, region):
    file = release(tmp_path / "bad.duckdb", counted(A=20))
    change(file, "update areas set name_fi = name_fi || ' <script>'")

    with pytest.raises(PackageRefused) as refused:
        pack(file, tmp_path / "bad.zip", region.key)

    assert [one.key for one in refused.value.faults] == ["package_not_words"]
    assert list(tmp_path.glob("*.zip")) == []


def test_a_package_is_taken_in_once_and_known_from_then_on(region, room):
    file = region.package()
    (room / "data/packages").mkdir(parents=True)
    (room / "data/packages/.importing-1").write_bytes(b"half, of a killed import")

    first, again = import_package(file, room), import_package(file, room)

    assert (first.is_known, again.is_known) == (False, True)
    assert stored(room) == [f"data/packages/oulu/{IDS[0]}.zip"]
    assert first.path.read_bytes() == file.read_bytes()


def test_a_code_that_two_regions_use_for_different_areas_is_told_apart(region, tmp_path):
    file = release(tmp_path / "other.duckdb", counted(C=41, A=20), tree={"C": ["A"]})
    change(file, "update areas set name_fi = 'Muualla' where area_code = 'A'")
    ours = read_package(region.package(), None)
    theirs = pack(file, tmp_path / "vaasa.zip", region.key, region="vaasa")

    assert homonyms(ours, theirs) == {"A"}
    told = assembled(theirs, tmp_path / "told.duckdb", {"A"})
    with duckdb.connect(str(told), read_only=True) as reader:
        found = reader.execute("select area_code from cells order by all").fetchall()
        parents = reader.execute("select parent_code from areas order by all").fetchall()
    assert found == [("C",), ("vaasa-A",)]
    assert parents == [("C",), (None,)]


def test_the_commands_make_keys_trust_pack_and_take_in(instance, tmp_path):
    room, sent, public = tmp_path / "room", tmp_path / "sent.zip", tmp_path / "oulu.pub"
    room.mkdir()

    for arguments in (
        ("keys", instance, "--out", public),
        ("trust", public, room),
        ("package", instance, "--out", sent),
        ("import-package", sent, room, "--no-build"),
        ("import-package", sent, room, "--no-build"),
    ):
        done = run(*arguments)
        assert done.exit_code == 0, done.output

    assert len(stored(room)) == 1
    assert run("import-package", public, room).exit_code == 1


def test_the_build_that_ends_an_import_leaves_how_it_ended(region, room):
    assert run("import-package", region.package(), room).exit_code == 0

    last = read_last_build(room)
    assert last.outcome == "published"
    assert last.release_id == current_release(room / "data/releases").stem


def test_the_auditor_reads_packages_beside_releases(region, tmp_path):
    city = release(tmp_path / f"{IDS[0]}.duckdb", counted(C=41, A=None, B=18, D=None))
    beside = region.package(counted(C=41, A=20))

    with readable([city, beside]) as (one, other):
        kinds = {found.kind for found in audit_release(one, beside=[other]).findings}

    assert kinds == {"shown_beside", "computable_together"}
