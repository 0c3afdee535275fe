"""A small release for the page tests: real tables, real declarations, invented figures.

The measures are those of the repository's indicators.yaml; the cells are drawn with a fixed seed
and analysed by the real pipeline step. The states the pages must tell apart are planted:

* Kaakkuri: everything shown; notifications rise from a date on, the network is quicker lately
* Tuira: a quarter of the pilot line and of pupil welfare was never delivered (`x`)
* Hailuoto (072): small, so most monthly figures are hidden (`c`)
* Kiiminki-Jääli: the newest Let's Talk figure is late (`o`), and one figure is unreliable (`u`)
* Yli-Ii: no series at all of staff training (`z`)
* Tuira: a new level of notifications, confirmed by people thirty months ago
"""

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse import analyse_cells
from tilannehuone.areas import read_areas
from tilannehuone.events import Event, read_events
from tilannehuone.periods import add_months, period_end, period_start, periods_between
from tilannehuone.registry import Indicator, read_registry
from tilannehuone.release import POINTER, TABLES

ROOT = Path(__file__).parents[2]
CHILDREN = {
    "564": 42550,
    "kaakkuri": 3300,
    "tuira": 1200,
    "072": 160,
    "kiiminki_jaali": 4500,
    "yli_ii": 450,
}
LEVELS = {
    "pilot_line_contacts_rate": 1.6,
    "network_within_14d_share": 72,
    "network_wait_median_days": 15,
    "lp_discussions_rate": 14,
    "lp_council_meetings_rate": 1.4,
    "pupil_expert_groups_rate": 9,
    "school_support_within_7d_share": 93,
    "shl_family_clients_share": 11,
    "shl_family_work_rate": 170,
    "lp_trained_staff_share": 48,
    "cp_notifications_rate": 14.6,
    "cp_notified_children_share": 5.1,
    "cp_assessment_started_7wd_share": 91,
    "cp_assessment_completed_3mo_share": 84,
    "cp_open_care_share": 3.6,
    "cp_clients_per_social_worker": 29,
    "cp_emergency_placements_rate": 2.6,
    "out_of_home_share": 1.6,
    "psychiatry_clients_share": 4.2,
    "psychiatry_treatment_within_3mo_share": 86,
}
COARSER = {
    "month": ("month", "quarter", "half_year", "year"),
    "quarter": ("quarter", "half_year", "year"),
    "half_year": ("half_year", "year"),
    "year": ("year",),
}
FILE_KEYS = (
    *("source", "file", "encoding", "rows_read", "rows_loaded", "rows_quarantined"),
    *("totals_dropped", "rows_other", "state"),
)
FILES = [
    ("lastensuojelu", "lastensuojelu_2025.csv", "cp1252", 12900, 12900, 100, 100, 0, "loaded"),
    ("lapset_puheeksi", "lapset_puheeksi.csv", "utf-8-sig", 2300, 2300, 0, 0, 0, "loaded"),
    ("esh", "esh_vuosi.xlsx", None, 400, 0, 400, 0, 0, "refused"),
]
CHECKS = [
    ("lastensuojelu", None, "rows (rule:2)", "warning", False, None, 100),
    ("esh", "esh_vuosi.xlsx", "set: erikoisala (rule:1)", "critical", False, None, 400),
    ("lapset_puheeksi", None, "not_null: alue (rule:1)", "critical", True, None, 0),
]
MESSAGES = {
    "lastensuojelu": ("Päätös ennen vireilletuloa.", "Beslut före inledning.", "Too early."),
    "esh": ("Tuntematon erikoisala.", "Okänd specialitet.", "Unknown speciality."),
    "lapset_puheeksi": ("Alue puuttuu.", "Området saknas.", "The area is missing."),
}
QUARANTINE = [
    ("lastensuojelu", "lastensuojelu_2025.csv", "rule:2", 100),
    ("esh", "esh_vuosi.xlsx", "rule:1", 400),
    ("esh", "esh_vuosi.xlsx", "not_integer", 100),
]


def write_instance(folder: Path, plan: str = "") -> Path:
    """Write an instance folder with one release in it; return the release file.

    The statements of `plan` write the release plan and hide what it does not offer. It is made
    once in a process and then copied.
    """
    today = date.today()
    releases = folder / "data" / "releases"
    releases.mkdir(parents=True)
    built = datetime(today.year, today.month, today.day, 6, 15)
    path = releases / f"{built:%Y%m%dT%H%M%SZ}.duckdb"
    path.write_bytes(_written(built, path.stem, plan))
    (releases / POINTER).write_text(path.name + "\n", encoding="utf-8")
    return path


@cache
def _written(built: datetime, name: str, plan: str) -> bytes:
    """Return the release file; analysing takes the most time, and is done once for a plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.duckdb"
        with duckdb.connect(str(path)) as release:
            _write(release, built, name, plan)
        return path.read_bytes()


def _write(release: duckdb.DuckDBPyConnection, built: datetime, stamp: str, plan: str) -> None:
    today = built.date()
    registry = read_registry(ROOT / "indicators.yaml")
    areas = read_areas(ROOT / "data" / "areas.csv")
    areas = areas[areas["area_code"].isin([*CHILDREN, "pohde", "FI"])]
    events = [*read_events(ROOT / "data" / "events.yaml"), _new_level(today)]
    for name, columns in TABLES.items():
        release.execute(f"create table {name} ({columns})")
    _insert(release, "cells", _cells(registry.indicators, today))
    release.execute(plan or "select 1")
    types = dict(zip(areas["area_code"], areas["area_type"], strict=True))
    analyse_cells(release, registry, events, area_types=types)
    _insert(release, "areas", areas)
    release.executemany("insert into indicators values (?,?,?,?,?,?,?,?,?,?,?)", [
        (one.id, n, one.name.fi, one.name.sv, one.name.en, one.kind, one.cadence, one.period,
         one.direction, json.dumps(one.model_dump(mode="json", by_alias=True)), "hash")
        for n, one in enumerate(registry.indicators)
    ])  # fmt: skip
    release.executemany("insert into events values (?,?,?,?,?,?,?,?)", [
        (one.date_from, one.date_to, one.kind, one.text.fi, one.text.sv, one.text.en,
         json.dumps(list(one.indicators)), json.dumps(list(one.areas))) for one in events
    ])  # fmt: skip
    told = [(*one, *MESSAGES[one[0]]) for one in CHECKS]
    release.executemany("insert into checks values (?,?,?,?,?,?,?,?,?,?)", told)
    release.executemany("insert into quarantine_summary values (?,?,?,?)", QUARANTINE)
    files = [dict(zip(FILE_KEYS, one, strict=True)) for one in FILES]
    about = registry.instance.model_dump(mode="json", include={"name", "synthetic", "notice"})
    release.execute(
        "insert into release values (?,?,?,?,?,?,?,?)",
        [stamp, built, json.dumps(about | {"home_area": "kaakkuri"}), "duckdb", "0.1.0",
         "hash", json.dumps({"k_min": 5}), json.dumps(files)],
    )  # fmt: skip


def _new_level(today: date) -> Event:
    told = {"fi": "Uusi taso vahvistettu", "sv": "Ny nivå bekräftad", "en": "New level confirmed"}
    return Event.model_validate(
        {"from": add_months(today.replace(day=1), -30), "kind": "rebase", "text": told}
        | {"indicators": ["cp_notifications_rate"], "areas": ["tuira"]}
    )


def _insert(release: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    release.register("rows_frame", rows)
    release.execute(f"insert into {table} by name select * from rows_frame")
    release.unregister("rows_frame")


def _cells(indicators: tuple[Indicator, ...], today: date) -> pd.DataFrame:
    draw = np.random.default_rng(20260101)
    rows = [row for one in indicators for area in CHILDREN for row in _rows(one, area, today, draw)]
    return pd.DataFrame(rows)


def _rows(
    one: Indicator, area: str, today: date, draw: np.random.Generator
) -> Iterator[dict[str, object]]:
    if area == "yli_ii" and one.id == "lp_trained_staff_share":
        return
    if area not in ("564", "072") and "district" not in one.levels:
        return
    splits = [("all", "all")]
    if one.breakdowns and area in ("564", "kaakkuri"):
        splits += [(one.breakdowns[0].column, each) for each in ("0-12", "13-17")]
    for breakdown, category in splits:
        for grain in COARSER[one.period]:
            last = period_start(grain, add_months(today, -1), one.half_year_anchor)
            if period_end(grain, last) >= today:
                last = period_start(grain, add_months(last, -1), one.half_year_anchor)
            starts = periods_between(grain, date(today.year - 6, 1, 1), last, one.half_year_anchor)
            for n, start in enumerate(starts):
                yield _cell(one, area, grain, start, len(starts) - n, draw) | {
                    "breakdown": breakdown, "category": category}  # fmt: skip


def _cell(
    one: Indicator, area: str, grain: str, start: date, to_end: int, draw: np.random.Generator
) -> dict[str, object]:
    status = _status(one, area, grain, start, to_end)
    key = {"indicator_id": one.id, "area_code": area, "period_type": grain, "period_start": start}
    blank = dict.fromkeys(("numerator", "denominator", "value", "lower95", "upper95"))
    if status != "ok":
        return key | blank | {"status": status}
    return key | blank | _figures(one, area, grain, to_end, draw) | {"status": "ok"}


def _status(one: Indicator, area: str, grain: str, start: date, to_end: int) -> str:
    undelivered = one.id.startswith(("pilot", "pupil")) and grain in ("month", "quarter")
    spring = start.year == date.today().year - 1 and 4 <= start.month <= 6
    if area == "tuira" and undelivered and spring:
        return "x"
    if area == "kiiminki_jaali" and one.id.startswith("lp_d") and to_end == 1:
        return "o"
    if area == "kiiminki_jaali" and one.id == "shl_family_work_rate" and to_end == 5:
        return "u"
    small = {"072": 400, "yli_ii": 160, "tuira": 0}.get(area, 0)
    weight = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[grain]
    hidden = (start.month * 7 + start.year * 3 + len(one.id)) % 97 * weight < small
    return "c" if hidden else "ok"


def _figures(
    one: Indicator, area: str, grain: str, to_end: int, draw: np.random.Generator
) -> dict[str, object]:
    base = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
    many = base[grain] / base[one.period] if one.kind in ("rate", "count") else 1.0
    level = LEVELS[one.id] * many
    notified = one.id.startswith("cp_notifications") and grain == "month"
    if area == "kaakkuri" and notified and to_end <= 9:
        level *= 0.72
    if area == "kaakkuri" and one.id.startswith("network_within") and to_end <= 8:
        level *= 1.22
    if area == "kaakkuri" and one.id == "shl_family_clients_share" and to_end <= 2:
        level *= 1.35
    if one.kind == "median":
        return {"denominator": 40.0, "value": round(draw.normal(level, 1.6), 1)}
    denominator = float(
        CHILDREN[area] if one.kind in ("rate", "distinct_rate") else max(30, CHILDREN[area] // 12)
    )
    numerator = float(draw.poisson(level / one.scale * denominator))
    if one.kind == "proportion":
        numerator = min(numerator, denominator)
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": one.scale * numerator / denominator,
    }
