"""The releases that stay: listed, as known on a day, and every kind of change between two."""

import json
from datetime import date, datetime

import pandas as pd
import pytest
from opened_release import AREA, BUILT, MEASURE, later, write_extract, write_release
from typer.testing import CliRunner

import tilannehuone as th
from tilannehuone import opened_types, store_scope
from tilannehuone.cli import app
from tilannehuone.vintages import CHANGES, before, difference

LATER = datetime(2025, 3, 7, 21, 30)
OF = f"indicator_id = '{MEASURE}' and area_code = '{AREA}' and breakdown = 'all'"
MONTH = f"{OF} and period_type = 'month' and period_start"
NONE = "numerator = null, denominator = null, value = null, lower95 = null, upper95 = null"
STATEMENTS = {
    "revised": f"update cells set value = value + 1 where {MONTH} = '2024-01-01'",
    "newly_hidden": f"update cells set status = 'c', {NONE} where {MONTH} = '2024-02-01'",
    "newly_shown": f"update cells set status = 'ok', value = 9 where {MONTH} = '2024-07-01'",
    "status": f"update cells set status = 'x', {NONE} where {MONTH} = '2024-03-01'",
    "removed": f"delete from cells where {MONTH} = '2023-01-01'",
    "added": f"""insert into cells select * replace (date '2025-01-01' as period_start)
        from cells where {MONTH} = '2024-12-01'""",
    "noise": f"update cells set value = value * (1 + 1e-13) where {MONTH} = '2024-05-01'",
    "definition": """update cells set value = value + 1 where indicator_id = 'sliding_rate'
        and area_code = 'tuira' and period_start = '2024-04-01'""",
    "anew": "update indicators set definitions_hash = 'new' where indicator_id = 'sliding_rate'",
    "area": "insert into areas values ('oulu', 'city', null, 'O', 'O', 'O', null, null)",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vintages")
    first = write_release(folder / "data" / "releases")
    later(first, LATER, *STATEMENTS.values())
    return folder


@pytest.fixture(scope="module")
def pair(folder):
    return sorted((folder / "data" / "releases").glob("*.duckdb"))


def test_the_releases_are_listed_oldest_first_and_the_current_one_is_marked(folder):
    found = th.releases(folder)

    assert found["built_at"].tolist() == [pd.Timestamp(BUILT), pd.Timestamp(LATER)]
    assert found["current"].tolist() == [False, True]
    assert found.columns.tolist() == [
        *("release_id", "built_at", "current", "definitions_hash", "cells", "hidden")
    ]
    assert found["hidden"].tolist()[0] > 0


def test_a_folder_without_a_release_has_an_empty_list_of_the_same_kinds(folder, tmp_path):
    empty = th.releases(tmp_path)

    assert empty.empty
    assert empty.dtypes.to_dict() == th.releases(folder).dtypes.to_dict()


@pytest.mark.parametrize(
    ("day", "known"),
    [("2025-02-05", 0), (date(2025, 3, 6), 0), ("2025-03-07", 1), ("2026-01-01", 1)],
)
def test_what_was_known_on_a_day_is_the_newest_release_built_by_the_end_of_it(
    day, known, folder, pair
):
    with th.known_at(folder, day) as release:
        assert release.id == pair[known].stem


def test_before_the_first_release_nothing_was_known_and_that_is_said(folder):
    with pytest.raises(th.ReleaseMissing) as refused:
        th.known_at(folder, "2025-02-04")
    assert "2025-02-05" in str(refused.value)
    with pytest.raises(th.NotInRelease):
        th.known_at(folder, "yesterday")


def test_every_kind_of_change_is_told_once_and_nothing_else(pair):
    found = th.revisions(*pair)

    assert sorted(found["change"]) == sorted(CHANGES)
    assert tuple(found.columns) == opened_types.REVISION
    assert {one: str(kind) for one, kind in found.dtypes.items()} == {
        one: opened_types.kind_of(one) for one in opened_types.REVISION
    }
    months = found.set_index("change")["period_start"].dt.strftime("%Y-%m")
    assert months.to_dict() == {
        "revised": "2024-01", "newly_hidden": "2024-02", "newly_shown": "2024-07",
        "status": "2024-03", "removed": "2023-01", "added": "2025-01", "definition": "2024-04",
    }  # fmt: skip


def test_no_value_is_told_that_the_release_of_its_side_does_not_show(pair):
    found = th.revisions(*pair)

    for side in ("old", "new"):
        told = found[found[f"{side}_value"].notna()]
        assert not told.empty
        assert set(told[f"{side}_status"]) == {"ok"}


def test_a_release_differs_from_itself_in_nothing_and_back_is_the_mirror_of_forth(pair):
    forth, back = th.revisions(*pair), th.revisions(*reversed(pair))

    assert th.revisions(pair[0], pair[0]).empty
    mirrored = {"added": "removed", "removed": "added"}
    mirrored |= {"newly_hidden": "newly_shown", "newly_shown": "newly_hidden"}
    assert back["change"].tolist() == [mirrored.get(one, one) for one in forth["change"]]


def test_measures_and_areas_that_came_or_changed_are_named(pair):
    found = difference(*pair)

    assert found.redefined == ("sliding_rate",)
    assert (found.new_areas, found.removed_areas) == (("oulu",), ())
    assert found.counts().set_index("indicator_id").loc[MEASURE, "revised"] == 1
    assert difference(*reversed(pair)).removed_areas == ("oulu",)


def test_an_extract_can_be_held_against_a_release(pair, tmp_path):
    extract = write_extract(pair[0], tmp_path / "sealed")

    pd.testing.assert_frame_equal(th.revisions(extract, pair[1]), th.revisions(*pair))


def test_of_releases_narrowed_to_some_areas_nothing_of_the_others_is_told(pair):
    found = difference(*(store_scope.narrowed(one, {"tuira"}) for one in pair))

    assert set(found.cells["area_code"]) == {"tuira"}
    assert found.new_areas == ()


def test_the_release_before_one_is_the_one_published_last_before_it(pair):
    assert before(store_scope.narrowed(pair[1], {"tuira"})) == pair[0]
    assert before(pair[0]) is None


def test_the_command_counts_by_measure_and_lists_the_cells_where_asked(folder, pair):
    asked = ["releases", "diff", *(one.stem for one in pair), "--instance", str(folder)]
    told = json.loads(CliRunner().invoke(app, [*asked, "--json", "--cells"]).stdout)
    plain = CliRunner().invoke(app, asked)
    listed = CliRunner().invoke(app, [*asked, "--cells"])

    by_measure = {one["indicator_id"]: one for one in told["measures"]}
    assert all(by_measure[MEASURE][one] == 1 for one in CHANGES if one != "definition")
    assert by_measure["sliding_rate"]["definition"] == 1
    assert (told["redefined"], told["new_areas"]) == (["sliding_rate"], ["oulu"])
    assert len(told["cells"]) == len(CHANGES)
    assert [one["new_value"] for one in told["cells"] if one["change"] == "newly_hidden"] == [None]
    assert plain.exit_code == 0
    assert "Määritelmä muuttui: sliding_rate" in plain.stdout
    assert "2024-02-01\tall\tall" in listed.stdout


def test_the_command_says_that_nothing_differs(folder, pair):
    asked = ["--lang", "en", "releases", "diff", pair[0].stem, pair[0].stem]
    outcome = CliRunner().invoke(app, [*asked, "--instance", str(folder)])

    assert outcome.stdout.strip() == "The releases do not differ."


def test_the_number_of_a_cell_that_the_newer_release_hides_is_not_repeated(pair):
    forth, back = th.revisions(*pair), th.revisions(*reversed(pair))

    for found, change in ((forth, "newly_hidden"), (back, "newly_shown")):
        told = found.loc[found["change"] == change, ["old_value", "new_value"]]
        gone = found.loc[found["period_start"] == "2024-02-01"]
        assert gone[["old_value", "new_value"]].isna().all(axis=None)
        assert len(gone) == len(told) == 1
    shown = forth.loc[forth["change"] == "newly_shown", "new_value"]
    assert shown.tolist() == [9]
