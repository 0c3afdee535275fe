"""Real publishers' files, by declarations alone: nothing lost, nothing invented, nothing shown."""

import gzip
import json
import shutil
from collections import Counter
from datetime import date
from functools import cache
from types import SimpleNamespace

import duckdb
import publishers
import pytest
from publishers import DATA, HERE, areas_of, delivered, holes_of

from pipelines.aggregate import aggregate
from pipelines.audit import audit_release
from pipelines.bind import bind_faults
from pipelines.hundreds import hundreds
from pipelines.load import load
from pipelines.quality.holes import EXPECTATION
from pipelines.run import build
from tilannehuone.instance import Instance, open_instance
from tilannehuone.release import current_release

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason=f"NOT CHECKED against real files: {DATA} is absent"
    ),
]

AS_OF = {
    "sotkanet_out_of_home": date(2022, 6, 1),
    "kela_weekly": date(2023, 12, 27),
    "ae_attendances": date(2019, 5, 1),
    "dfe_looked_after": date(2026, 1, 15),
    "calgary_pet_licences": date(2026, 6, 10),
    "london_ward_events": date(2018, 8, 1),
    "virginia_foster_care": date(2023, 6, 1),
}

BUILT = [name for name in AS_OF if name != "calgary_pet_licences"]
"""Built whole; proving Calgary's 134,000 cells takes minutes, so they are only counted."""

SINCE = {  # name -> the file, which column tells the period, the first one
    "sotkanet_out_of_home": ("finnish/sotkanet_ohc/data_full.csv.gz", 1, "2011.0"),
}
"""Built of the last years alone, which take less proving; all of them are counted above."""

FILES = {  # name -> encoding, separator, records that are no rows, rows that a record makes
    "finnish/sotkanet_ohc/data_full.csv.gz": ("utf-8", ",", 1, 1),
    "finnish/kela_weekly_monthly/viikkotaso_maakunta_kuva.csv.gz": ("utf-8-sig", ";", 1, 1),
    "finnish/population/005_11re_2019.csv": ("latin-1", ";", 3, 3),
    "england_nhs/ae_attendances.csv": ("utf-8", ",", 1, 1),
    "england_dfe/cla_number_and_rate_per_10k_children.csv": ("utf-8-sig", ",", 1, 1),
    "calgary_monthly_small_area/pets.csv.gz": ("utf-8", ",", 1, 1),
    "london_ward_events/london_ward_month_category_counts.csv.gz": ("utf-8", ",", 1, 1),
    "usa_virginia/foster_care.csv": ("utf-8", ",", 1, 1),
    "usa_virginia/child_welfare_reports.csv": ("utf-8", ",", 1, 1),
}

NOT_LOADED = {  # name -> rejected, dropped totals, rows of others
    "finnish/sotkanet_ohc/data_full.csv.gz": (113, 0, 10_464),
    "finnish/population/005_11re_2019.csv": (0, 306, 0),
}


@pytest.fixture(scope="module", params=AS_OF)
def counted(request, tmp_path_factory):
    """An instance loaded and aggregated, in a working database of its own."""
    folder = HERE / request.param
    instance = open_instance(folder)
    work = tmp_path_factory.mktemp(request.param)
    elsewhere = _with_work(instance, work)
    with duckdb.connect(":memory:") as working:
        load(working, elsewhere)
        failed = aggregate(working, instance, AS_OF[request.param])
        yield SimpleNamespace(name=request.param, instance=instance, working=working, failed=failed)


def _with_work(instance: Instance, work):
    return SimpleNamespace(
        sources=instance.sources, areas=instance.areas, extracts=instance.extracts, work=work
    )


@pytest.mark.parametrize("name", AS_OF)
def test_the_declarations_hold_together(name):
    assert bind_faults(open_instance(HERE / name)) == []


def test_every_delivered_row_is_accounted_for(counted):
    rows = counted.working.execute(
        "select name, encoding, delimiter, state, rows_read, rows_loaded, rows_quarantined,"
        " totals_dropped, rows_other from files"
    ).fetchall()
    assert rows
    for name, encoding, delimiter, state, read, loaded, *rest in rows:
        full = (counted.instance.extracts / name).relative_to(DATA.resolve()).as_posix()
        known, sign, no_rows, per_record = FILES[full]
        assert (encoding, delimiter, state) == (known, sign, "loaded")
        assert read == (len(delivered(full, known, sign)) - no_rows) * per_record
        assert tuple(rest) == NOT_LOADED.get(full, (0, 0, 0))
        assert read == loaded + sum(rest)


def test_every_cell_is_the_one_counted_by_hand(counted):
    expected = getattr(publishers, counted.name)()
    found = counted.working.execute(
        "select indicator_id, area_code, period_type, period_start, breakdown, category,"
        " numerator, denominator, status from unsafe_cells"
    ).fetchall()
    cells = {row[:6]: row[6:] for row in found}
    assert counted.failed == []
    assert len(cells) == len(found)
    assert cells.keys() == expected.keys()
    assert [key for key in cells if cells[key] != expected[key]] == []


def test_a_value_is_its_parts_and_only_theirs(counted):
    strange = counted.working.execute(
        "select count(*) from unsafe_cells where (status = 'ok') <> (value is not null)"
        " or (status <> 'ok' and (numerator is not null or denominator is not null))"
    ).fetchone()
    assert strange == (0,)
    for one in counted.instance.registry.indicators:
        wrong = counted.working.execute(
            "select count(*) from unsafe_cells where indicator_id = ? and status = 'ok' and"
            " not abs(value - ? * numerator / coalesce(denominator, 1)) <= 1e-9 * abs(value)",
            [one.id, one.scale],
        ).fetchone()
        assert wrong == (0,)


def shortened(folder, name, column, first):
    """Put what a file tells since a period beside an instance; return the folder of files."""
    content = (DATA / name).read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    header, *lines = content.splitlines(keepends=True)
    kept = [one for one in lines if one.split(b",")[column].decode() >= first]
    assert 0 < len(kept) < len(lines)
    path = folder / "delivered" / name
    path.parent.mkdir(parents=True)
    text = b"".join([header, *kept])
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return folder / "delivered"


@cache
def expected_of(name):
    """Return the cells of what is built, counted by hand."""
    cells = getattr(publishers, name)()
    first = date(int(SINCE[name][2][:4]), 1, 1) if name in SINCE else date.min
    return {key: cell for key, cell in cells.items() if key[3] >= first}


@pytest.fixture(scope="module", params=BUILT)
def released(request, tmp_path_factory):
    """A whole build, of a copy of the instance."""
    folder = tmp_path_factory.mktemp("built") / request.param
    shutil.copytree(HERE / request.param, folder)
    declared = folder / "indicators.yaml"
    text = declared.read_text(encoding="utf-8")
    assert "../../../../shared/data" in text
    place = shortened(folder, *SINCE[request.param]) if request.param in SINCE else DATA.resolve()
    declared.write_text(text.replace("../../../../shared/data", place.as_posix()), encoding="utf-8")
    outcome = build(folder, as_of=AS_OF[request.param])
    path = current_release(folder / "data" / "releases")
    with duckdb.connect(str(path), read_only=True) as release:
        yield SimpleNamespace(
            name=request.param, folder=folder, path=path, release=release, outcome=outcome
        )


def test_the_whole_build_stands_and_its_audit_too(released):
    assert released.outcome.failed == ()
    report = audit_release(released.path)
    assert report.ok, {one.kind for one in report.findings}


def test_the_release_tells_the_rows_of_each_file_in_hundreds(released):
    (sources,) = released.release.execute("select sources from release").fetchone()
    for one in json.loads(sources):
        parts = ("rows_loaded", "rows_quarantined", "totals_dropped", "rows_other")
        counts = [one[part] for part in ("rows_read", *parts)]
        assert [count % 100 for count in counts] == [0] * 5
        assert 0 <= sum(counts[1:]) - counts[0] < 400


def test_what_the_publisher_hid_or_lacked_is_no_number_in_the_release(released):
    expected = expected_of(released.name)
    cells = {
        row[:6]: row[6]
        for row in released.release.execute(
            "select indicator_id, area_code, period_type, period_start, breakdown, category,"
            " status from cells"
        ).fetchall()
    }
    assert cells.keys() == expected.keys()
    for key, (_, _, status) in expected.items():
        allowed = {"c": {"c"}, "ok": {"ok", "c"}}.get(status, {status, "c"})
        assert cells[key] in allowed, key
    numbers = released.release.execute(
        "select count(*) from cells where status in ('c', 'x', 'z', 'k', 'u') and"
        " coalesce(numerator, denominator, value, lower95, upper95) is not null"
    ).fetchone()
    assert numbers == (0,)


@pytest.mark.parametrize("released", ["sotkanet_out_of_home"], indirect=True)
def test_no_shown_county_leaves_exactly_one_municipality_hidden(released):
    """The publisher's own holes: a single blank is the county less the others."""
    parents = {}
    for area in areas_of(released.name):
        parents.setdefault(area["area_code"], []).append(area["parent_code"])
    rows = released.release.execute(
        "select area_code, period_start, category, status from cells"
    ).fetchall()
    hidden = Counter(
        (parent, start, category)
        for code, start, category, status in rows
        if status == "c"
        for parent in parents[code]
    )
    shown = {row[:3] for row in rows if row[3] == "ok"}
    assert hidden
    assert [key for key, count in hidden.items() if count == 1 and key in shown] == []


@pytest.mark.parametrize("released", ["sotkanet_out_of_home"], indirect=True)
def test_the_holes_of_the_delivered_file_are_counted_and_told(released):
    holes = holes_of(expected_of(released.name), areas_of(released.name))
    rows = released.release.execute(
        "select success, unexpected_count, message_fi from checks where expectation = ?",
        [EXPECTATION],
    ).fetchall()
    assert [row[:2] for row in rows] == [(False, hundreds(len(holes)))]
    assert str(hundreds(len(holes))) in rows[0][2]
