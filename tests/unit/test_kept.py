"""A build that keeps what it counted finds the same as one that counts all rows."""

import random
import shutil
import stat

import duckdb
import pytest
from kept_world import HEADER, QUARTERS, counted, make_world, write_quarter
from small_instance import AS_OF

from pipelines.kept.store import Unkept, kept_folder, may_be_kept
from pipelines.kept.years import years_of
from pipelines.run import build
from tilannehuone.instance import open_instance


@pytest.fixture(scope="module")
def kept_once(tmp_path_factory):
    """Return a world that was counted and kept."""
    folder = make_world(tmp_path_factory.mktemp("kept") / "world")
    counted(folder, keeping=True)
    return folder


@pytest.fixture
def world(kept_once, tmp_path):
    return shutil.copytree(kept_once, tmp_path / "world")


def store_folder(world):
    return kept_folder(open_instance(world))


def insist_same(world, folder):
    """Count with what is kept, and all rows of a copy; return how many rows the first loaded."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(world, folder, ignore=shutil.ignore_patterns("work"))
    mine, all_rows = counted(world, keeping=True), counted(folder, keeping=False)
    for name, rows in all_rows.tables.items():
        assert mine.tables[name] == rows, name
    assert mine.failed == all_rows.failed
    return mine.loaded


def test_unchanged_files_are_not_loaded_again(world, tmp_path):
    assert insist_same(world, tmp_path / "all") == 0


def test_only_a_new_file_is_loaded(world, tmp_path):
    written = write_quarter(world, QUARTERS[9], services="abcd")  # a kind that nobody knew

    loaded = insist_same(world, tmp_path / "all")

    assert 0 < loaded < len(written.read_text().splitlines())


def test_changed_renamed_and_vanished_files_are_counted_as_they_are(world, tmp_path):
    extracts = world / "data/extracts"
    write_quarter(world, QUARTERS[0], seed=2)
    assert insist_same(world, tmp_path / "all") > 0
    (extracts / "visits_2022_04.csv").rename(extracts / "visits_9.csv")
    assert insist_same(world, tmp_path / "all") > 0
    (extracts / "visits_2023_01.csv").unlink()
    assert insist_same(world, tmp_path / "all") == 0


def test_the_same_file_twice_is_refused_whichever_was_kept(world, tmp_path):
    extracts = world / "data/extracts"
    shutil.copy(extracts / "visits_2023_01.csv", extracts / "visits_2021_01.csv")

    insist_same(world, tmp_path / "all")
    insist_same(world, tmp_path / "all")


def test_any_journey_of_deliveries_ends_the_same(world, tmp_path):
    chance = random.Random(1)
    for _ in range(6):
        quarter = chance.choice(QUARTERS)
        path = world / f"data/extracts/visits_{quarter:%Y_%m}.csv"
        if path.exists() and chance.random() < 0.4:
            path.unlink()
        else:
            write_quarter(world, quarter, chance.randint(1, 9), chance.choice(["abc", "bx"]))
        insist_same(world, tmp_path / "all")


def test_another_declaration_asks_all_rows_again(world, tmp_path):
    registry = world / "indicators.yaml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("hours > 0.5", "hours > 1.5"), encoding="utf-8")

    assert insist_same(world, tmp_path / "all") > 2000


def test_a_condition_that_fails_on_a_new_row_ends_the_keeping_of_its_source(world, tmp_path):
    registry = world / "indicators.yaml"
    text = registry.read_text(encoding="utf-8")
    sound = "CASE WHEN service = 'zz' THEN cast(service AS integer) > 0 ELSE hours > 0.5 END"
    registry.write_text(text.replace("hours > 0.5", sound), encoding="utf-8")
    assert counted(world, keeping=True).failed == []
    lines = [HEADER, *["5.10.2024;k1;zz;Ylälä;1;1;"] * 5]
    (world / "data/extracts/visits_z.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(Unkept):  # the build begins anew, without what was kept of this source
        counted(world, keeping=True)
    assert insist_same(world, tmp_path / "all") > 2000
    assert not (store_folder(world) / "visits").exists()


def test_a_lost_answer_is_asked_again(world, tmp_path):
    lost = next((store_folder(world) / "visits").glob("*/tallies.parquet"))
    lost.unlink()

    with pytest.raises(Unkept):
        counted(world, keeping=True)
    assert insist_same(world, tmp_path / "all") > 2000


@pytest.mark.parametrize("which", ["*/files", "*/tallies", "years/*/*/*", "[0-9a-f]*/[0-9a-f]*"])
def test_a_damaged_answer_is_asked_again(world, tmp_path, which):
    for damaged in (store_folder(world) / "visits").glob(f"{which}.parquet"):
        damaged.write_bytes(damaged.read_bytes()[:-9])

    with pytest.raises(Unkept):
        counted(world, keeping=True)
    assert insist_same(world, tmp_path / "all") > 2000
    assert insist_same(world, tmp_path / "all") == 0


def test_what_a_killed_build_left_does_not_count(world, tmp_path):
    kept = store_folder(world) / "visits"
    whole = next(one for one in kept.iterdir() if one.name != "years")
    whole.rename(whole.with_suffix(".part"))

    assert 0 < insist_same(world, tmp_path / "all") < 1000
    assert not list(kept.glob("*.part"))


def test_counts_of_a_killed_build_are_not_counted_on(world, tmp_path):
    kept = store_folder(world) / "visits"
    before = shutil.copytree(kept, tmp_path / "before")
    write_quarter(world, QUARTERS[9])
    counted(world, keeping=True)
    for told in (before / "years").glob("*/files.json"):
        shutil.copytree(told.parent, kept / "years" / told.parent.name, dirs_exist_ok=True)
    new = next(one for one in kept.iterdir() if not (before / one.name).exists())
    new.rename(new.with_suffix(".part"))

    assert len(list((kept / "years").glob("*/*/"))) > len(list((before / "years").glob("*/*/")))
    assert 0 < insist_same(world, tmp_path / "all") < 1000
    assert len(list((kept / "years").glob("*/*/"))) == len(list((before / "years").glob("*/*/")))


def test_years_know_whether_files_were_only_added(tmp_path):
    before = {2023: ["a"], 2024: ["a", "b"]}
    years_of(tmp_path / "part", before).hold()

    def added(now):
        return years_of(tmp_path / "part", now).added

    assert added({2023: ["a"], 2024: ["a", "b", "c"], 2025: ["c", "d"]}) == {"c", "d"}
    assert added(before) == set()
    assert added({2023: ["a"], 2024: ["a", "c"]}) == set()
    assert added({2024: ["a", "b", "c"]}) == set()
    assert years_of(tmp_path / "new", before).added == set()


def test_a_folder_holds_answers_and_no_row_and_is_its_owners(world):
    kept = store_folder(world)
    files = [one for one in kept.rglob("*") if one.is_file()]
    sizes = {
        one: duckdb.execute("select count(*) from read_parquet(?)", [str(one)]).fetchall()[0][0]
        for one in files
        if one.suffix == ".parquet"
    }

    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert sizes
    assert not [
        one for one in files if b"k1234" in one.read_bytes() or b"jotain" in one.read_bytes()
    ]


def test_nothing_stays_of_a_file_that_is_gone_nor_after_a_build_that_does_not_keep(world):
    kept = store_folder(world)
    before = {one.name for one in (kept / "visits").iterdir()}
    (world / "data/extracts/visits_2023_01.csv").unlink()

    counted(world, keeping=True)
    after = {one.name for one in (kept / "visits").iterdir()}
    counted(world, keeping=False)

    assert len(before - after) == 1
    assert after < before
    assert not kept.exists()


def test_a_whole_build_publishes_the_same_release(tmp_path):
    world = make_world(tmp_path / "world", quarters=5)
    build(world, as_of=AS_OF, incremental=True)
    other = shutil.copytree(world, tmp_path / "other", ignore=shutil.ignore_patterns("work"))
    write_quarter(world, QUARTERS[5])
    write_quarter(other, QUARTERS[5])

    mine = build(world, as_of=AS_OF, incremental=True).publication.path
    its = build(other, as_of=AS_OF).publication.path

    assert published(mine) == published(its)


def test_a_build_goes_on_without_what_it_found_wanting(world):
    next((store_folder(world) / "visits").glob("*/tallies.parquet")).unlink()

    outcome = build(world, as_of=AS_OF, incremental=True)

    assert outcome.failed == ()
    assert list((store_folder(world) / "visits").glob("*/tallies.parquet"))


def test_what_looks_beyond_a_file_is_not_kept(world):
    source = open_instance(world).sources["visits"]

    assert may_be_kept(source)
    assert not may_be_kept(source.model_copy(update={"key": ("day", "client")}))
    assert not may_be_kept(source.model_copy(update={"shape": "aggregate"}))


def published(release):
    """Return every row of a release but of the table that says when it was made."""
    with duckdb.connect(str(release), read_only=True) as opened:
        tables = opened.execute("select table_name from duckdb_tables()").fetchall()
        return {
            name: opened.execute(f"from {name} order by all").fetchall()
            for (name,) in tables
            if name != "release"
        }
