"""A sealed extract holds published cells only, as chosen, and nothing under hidden ones."""

import shutil
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest
from extracted import LIMITED, NEWER, OLDER, limited, newer_release, parquet, rows, whole
from frictionless import Package
from released import change

from pipelines.auditing.book import attach
from pipelines.sealing import earlier_than
from pipelines.sealing_rows import chosen_rows
from tilannehuone.errors import SealRefused
from tilannehuone.exports.extract import zip_bytes
from tilannehuone.release import TABLES
from tilannehuone.sealed import PARTS, Choice, columns_of
from tilannehuone.web.sealing import sealed_extract

PLANTED = 987654321
"""What an earlier release showed of a cell that is hidden now."""


@pytest.fixture(scope="module")
def files():
    return whole()


@pytest.fixture(scope="module")
def release():
    return newer_release()


@pytest.fixture(scope="module", name="limited")
def limited_files():
    return limited()


@pytest.mark.parametrize("made", ["files", "limited"])
def test_frictionless_finds_nothing_wrong(made, request, tmp_path):
    for name, content in request.getfixturevalue(made).items():
        (tmp_path / name).write_bytes(content)

    report = Package(str(tmp_path / "datapackage.json")).validate()

    assert report.flatten(["name", "type", "note"]) == []
    assert len(report.tasks) == 2 * len(PARTS)


def test_frictionless_would_notice_a_status_that_is_none_and_an_area_that_is_unknown(
    files, tmp_path
):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    wrong = files["cells.csv"].replace(b'"ok"', b'"fine"', 1).replace(b'"n1"', b'"n9"', 1)
    (tmp_path / "cells.csv").write_bytes(wrong)

    found = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])

    assert {"constraint-error", "foreign-key"} <= {one for (one,) in found}


def test_the_same_release_and_choice_make_the_same_bytes(release, limited, tmp_path):
    for one in release.parent.iterdir():
        shutil.copy(one, tmp_path)
    elsewhere = tmp_path / release.name

    again = sealed_extract(elsewhere, earlier_than(elsewhere), LIMITED)

    assert again == limited
    assert zip_bytes(again) == zip_bytes(limited)


def test_every_row_is_the_release_s_own_under_the_release_s_names(release, files, tmp_path):
    with duckdb.connect(str(release), read_only=True) as reader:
        for part in ("cells", "points", "findings", "comparisons", "standardised", "areas"):
            path = tmp_path / f"{part}.parquet"
            path.write_bytes(files[path.name])
            told = f"select * from {part}"
            held = f"select * from read_parquet('{path}')"
            for one, other in ((told, held), (held, told)):
                assert reader.execute(f"{one} except {other}").fetchall() == []
            assert len(rows(files, part)) == len(reader.execute(told).fetchall())
            assert pq.read_schema(path).names == list(columns_of(part)) == columns(part)


def columns(part):
    return [one.split()[0].strip('"') for one in TABLES[part].replace("\n", " ").split(",")]


def test_a_choice_limits_measures_areas_and_periods(limited):
    cells = parquet(limited, "cells")

    assert {one["indicator_id"] for one in cells} == {"visits_rate"}
    assert {one["area_code"] for one in cells} == {"n1", "s2"}
    assert min(one["period_start"] for one in cells) == date(2024, 1, 1)
    assert {one["area_code"] for one in parquet(limited, "areas")} == {"n1", "s2"}
    assert {one["indicator_id"] for one in parquet(limited, "findings")} == {"visits_rate"}


@pytest.mark.parametrize("made", ["files", "limited"])
def test_no_number_stands_under_a_hidden_cell(made, request):
    extract = request.getfixturevalue(made)
    numbers = ("numerator", "denominator", "value", "lower95", "upper95")
    keys = list(columns_of("cells"))[:6]

    hidden = [one for one in parquet(extract, "cells") if one["status"] == "c"]
    assert hidden
    assert all(one[name] is None for one in hidden for name in numbers)
    told = [one for one in rows(extract, "cells") if one["status"] == "c"]
    assert all(one[name] == "" for one in told for name in numbers)
    places = {tuple(one[key] for key in keys) for one in hidden}
    for part in ("points", "vintages"):
        assert not places & {tuple(one[key] for key in keys) for one in parquet(extract, part)}


def test_vintages_tell_what_the_earlier_release_showed_of_the_changed_cell(files):
    (changed,) = parquet(files, "vintages")

    assert (changed["release_id"], changed["area_code"]) == (OLDER, "FI")
    assert changed["value"] == changed["numerator"] == 4000
    assert [one["release_id"] for one in parquet(files, "releases")] == [OLDER, NEWER]


def test_an_older_number_of_a_cell_that_is_hidden_now_is_told_nowhere(release, tmp_path):
    from pipelines.auditing.book import attach
    from pipelines.sealing_rows import chosen_rows

    older = tmp_path / f"{OLDER}.duckdb"
    shutil.copy(release, older)
    shown = f"status = 'ok', numerator = {PLANTED}, value = {PLANTED}"
    change(older, f"update cells set {shown} where status = 'c'")
    with duckdb.connect() as reader:
        attach(reader, release, "rel")
        tables = chosen_rows(reader, [older], Choice())

    assert tables["cells"].num_rows and not tables["vintages"].num_rows
    assert not [name for name, one in tables.items() if str(PLANTED) in str(one.to_pylist())]


def test_a_choice_that_gives_a_hidden_number_away_is_refused(release, tmp_path):
    leaking = tmp_path / release.name
    shutil.copy(release, leaking)
    change(
        leaking,
        """update cells c set status = 'ok', numerator = p.numerator - 1,
            denominator = 900, value = (p.numerator - 1) / 0.9
        from cells p where p.indicator_id = c.indicator_id and p.area_code = 'S'
            and p.period_type = c.period_type and p.period_start = c.period_start
            and c.indicator_id = 'visits_rate' and c.area_code = 's1' and c.status = 'c'
            and p.status = 'ok'""",
    )

    with pytest.raises(SealRefused) as refused:
        sealed_extract(leaking, [], Choice(measures=("visits_rate",)))

    assert [one.key for one in refused.value.faults] == ["seal_audit_failed"]


@pytest.mark.parametrize(
    ("choice", "key", "near"),
    [
        (Choice(measures=("visit_rate",)), "seal_unknown_measure", "visits_rate"),
        (Choice(areas=("ylala",)), "seal_unknown_area", "n1"),
        (Choice(breakdowns=("age",)), "seal_unknown_breakdown", "all"),
        (Choice(periods=("months",)), "seal_unknown_period", "month"),
        (Choice(first=date(2024, 2, 1), last=date(2024, 1, 1)), "seal_days_crossed", None),
        (Choice(first=date(2040, 1, 1)), "seal_nothing_chosen", None),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_cannot_be_chosen_is_told_in_one_line_with_what_is_near(release, choice, key, near):
    with pytest.raises(SealRefused) as refused:
        sealed_extract(release, [], choice)

    (fault,) = refused.value.faults
    assert fault.key == key
    assert near is None or near in fault.values["near"].split(", ")


def test_of_an_event_only_the_areas_of_the_extract_are_named(release, tmp_path):
    path = tmp_path / release.name
    shutil.copy(release, path)
    texts = "'2024-01-01', null, 'practice', 'a', 'b', 'c', '[]'"
    areas = ('["s1", "s2"]', '["n2"]', '["n1"]', "[]")
    change(path, *(f"insert into events values ({texts}, '{one}')" for one in areas))
    with duckdb.connect(":memory:") as reader:
        attach(reader, path, "rel")
        told = chosen_rows(reader, (), LIMITED)["events"]["areas"].to_pylist()

    assert sorted(told) == ['["n1"]', '["s2"]', "[]"]
