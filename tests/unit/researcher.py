"""A study as a researcher writes it on a twin: did a new practice change the visits of its area?

    python researcher.py PATH

PATH is a release, an instance's folder, or a sealed extract as folder or zip.
"""

# ruff: noqa: T201, PD010 — a script prints; a pivot of cells that stand once each

import json
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd

import tilannehuone as th
from tilannehuone.stats.interrupted import interrupted_series
from tilannehuone.stats.trend_segmented import segmented_trend

MEASURE = "visits_rate"
KINDS = {"string": "str", "number": "float64", "integer": "Int64", "boolean": "boolean"}
DAYS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M:%SZ"}

path = Path(sys.argv[1])


def by_schema(content, schema):
    """Read a CSV as its Table Schema says, whatever happens to stand in it."""
    types = {field["name"]: field["type"] for field in schema["fields"]}
    frame = pd.read_csv(
        BytesIO(content),
        dtype={name: KINDS.get(kind, "str") for name, kind in types.items()},
        keep_default_na=False,
        na_values=schema["missingValues"],
    )
    for name, kind in types.items():
        if kind in DAYS:
            frame[name] = pd.to_datetime(frame[name], format=DAYS[kind])
        elif kind in ("array", "object"):
            frame[name] = frame[name].map(json.loads, na_action="ignore").astype("object")
    return frame


def trend_of(values):
    """Return the yearly change of a series in per cent, and how often it bends."""
    try:
        found = segmented_trend(values.where(values > 0), periods_per_year=12)
    except ValueError:  # too few known months
        return None, None
    return found.average.apc, len(found.joinpoints)


def change_of(area, start):
    """Return the change of an area after a month against where it was going, in per cent."""
    try:
        found = interrupted_series(
            counts[area],
            start=counts.index.get_loc(start),
            exposures=people[area],
            with_slope=False,
        )
    except ValueError:  # too few known months or events around the start
        return None, None, None
    return found.average.percent, found.average.percent_lower, found.average.percent_upper


with th.open_release(path) as release:
    measures, places, events = release.indicators, release.areas, release.events
    cells = release.cells(MEASURE)
    everything = release.cells(period_type="*", breakdown="*")
    one = release.series(MEASURE, places.loc[places["area_type"] == "town", "area_code"].iloc[0])
    found = release.findings(MEASURE)
    said = [release.sentence(MEASURE, code, lang="en") for code in found["area_code"]]
    cited, unit = release.citation("en"), release.definition(MEASURE)["unit"]["en"]

# the panel: a row an area and month, with what the area is and what is above it
places = places.drop_duplicates("area_code", keep="last")
above = places.set_index("area_code")["name_en"]
panel = (
    cells.merge(places[["area_code", "area_type", "parent_code", "name_en"]], on="area_code")
    .assign(parent=lambda rows: rows["parent_code"].map(above))
    .assign(month=lambda rows: rows["period_start"].dt.to_period("M"))
    .assign(hidden=lambda rows: rows["status"] == "c")
)
counts, people, rates = (
    panel.pivot(index="period_start", columns="area_code", values=name)
    for name in ("numerator", "denominator", "value")
)

# events meet the areas that they concern; one that names none concerns all
exploded = events.assign(
    area_code=[listed or places["area_code"].tolist() for listed in events["areas"]]
).explode("area_code")
concerned = exploded[[not listed or MEASURE in listed for listed in exploded["indicators"]]]
begun = (
    concerned.groupby("area_code", as_index=False)["date_from"].min().astype({"area_code": "str"})
)
panel = panel.merge(begun, on="area_code", how="left").assign(
    after=lambda rows: rows["period_start"] >= rows["date_from"]
)

rows = []
for area, start in begun.itertuples(index=False):
    percent, low, high = change_of(area, start)
    yearly, bends = trend_of(rates[area])
    rows.append((area, start, yearly, bends, percent, low, high))
names = ["area_code", "start", "yearly", "bends", "change", "low", "high"]
results = pd.DataFrame(rows, columns=names).astype(
    dict.fromkeys(names[2:], "float64") | {"bends": "Int64"}
)
results = results.merge(places[["area_code", "name_en"]], on="area_code")

# an extract can be read without this program too, as its datapackage.json tells
tables, parquet = {}, {}
root = zipfile.Path(path) if path.suffix == ".zip" else path
if path.suffix == ".duckdb" or (path / "indicators.yaml").is_file():
    root = None
if root is not None:
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (root / resource["path"]).read_bytes()
        if resource["format"] == "csv":
            tables[resource["name"]] = by_schema(content, resource["schema"])
        else:
            parquet[resource["name"].removesuffix("-parquet")] = pd.read_parquet(BytesIO(content))
    shown = tables["cells"].query("status == 'ok'")
    with_limits = shown.merge(
        tables["points"], on=["indicator_id", "area_code", "period_type", "period_start",
                              "breakdown", "category"], how="left",
    )  # fmt: skip

print(cited)
print(f"{measures['indicator_id'].nunique()} measures, {len(everything)} cells; {MEASURE}: {unit}")
print(results.to_string(index=False, float_format="{:.1f}".format, na_rep="-"))
