"""The same cells by pandas: files read by its Arrow parser, narrowed one by one, then grouped.

`python -m bench.peers.in_pandas FOLDER OUT`
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from bench.peers.instance_files import (
    ASSESSMENT,
    CELL,
    EVENTS,
    LAST_AGES,
    NOTIFICATION,
    PEOPLE,
    PERSONS,
    climb,
    files,
    leaves,
)

EVENT_COLUMNS = [
    *("Tapahtuma", "Tapahtumapvm", "Asiakastunnus", "Kunta"),
    *("Alue", "Ikä", "Aloitus_arkipv", "Valmispvm"),
]
PEOPLE_COLUMNS = ["Vuosi", "Kunta", "Suuralue", "Ikä", "Väestö_31_12"]
TEXTS = ("Tapahtuma", "Asiakastunnus", "Kunta", "Alue", "Suuralue")
KINDS = pd.CategoricalDtype([ASSESSMENT, *PERSONS])
# a month is its number since 1970, so that what begins a longer period is arithmetic
NOTIFICATION_GRAINS = {"month": (1, 0), "quarter": (3, 0), "half_year": (6, 0), "year": (12, 0)}
DEADLINE_GRAINS = {"half_year": (6, 3), "year": (12, 0)}


def read(path: Path, columns: list[str]) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path, columns=columns, dtype_backend="pyarrow")
    texts = {name: "string[pyarrow]" for name in TEXTS if name in columns}
    return pd.read_csv(
        path, sep=";", engine="pyarrow", usecols=columns, dtype=texts, dtype_backend="pyarrow"
    )


def place(district: pd.Series, municipality: pd.Series, names: dict[str, str]) -> pd.Series:
    """Return the area that a district's name, or else a municipality, means."""
    areas = pd.CategoricalDtype(sorted(set(names.values())))
    known, other = (one.astype("category") for one in (district, municipality))
    known, other = (one.cat.rename_categories(str).map(names) for one in (known, other))
    return known.astype(areas).where(known.notna(), other.astype(areas))


def months(days: pd.Series) -> pd.Series:
    """Return each day's month as a number since 1970."""
    return pd.Series(days.to_numpy("datetime64[M]").astype("int64"), index=days.index)


def narrow(told: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return a file's events, of which only what is counted is kept."""
    day = told["Tapahtumapvm"].astype("datetime64[s]")
    done = told["Valmispvm"].astype("datetime64[s]")
    ages = pd.cut(told["Ikä"].to_numpy("int8"), [-1, *LAST_AGES], labels=[*LAST_AGES.values()])
    events = pd.DataFrame({
        "kind": told["Tapahtuma"].astype(KINDS),
        "m": months(day).astype("int16"),
        "due": months(day + pd.Timedelta(days=14)).astype("int16"),
        "person": told["Asiakastunnus"],
        "leaf": place(told["Alue"], told["Kunta"], names),
        "age": ages,
        "is_started": told["Aloitus_arkipv"].le(7).fillna(False).astype(bool),
        "done": months(done.fillna(pd.Timestamp(1900, 1, 1))).astype("int16"),
        "is_done": done <= day + pd.DateOffset(months=3),
    })  # fmt: skip
    return events[events["leaf"].notna()]


def population_of(folder: Path, names: dict[str, str], up: pd.DataFrame) -> pd.DataFrame:
    told = pd.concat([read(path, PEOPLE_COLUMNS) for path in files(folder, PEOPLE)])
    district = told["Suuralue"].str.replace("^[0-9]+ ", "", regex=True)
    people = pd.DataFrame({
        "y": told["Vuosi"].astype("int64"),
        "leaf": place(district, told["Kunta"], names),
        "age": told["Ikä"].str.replace("–", "-").astype("str"),
        "denominator": told["Väestö_31_12"].astype("int64"),
    })  # fmt: skip
    return both_ages(people.merge(up, on="leaf"), "denominator", "area", "y")


def both_ages(rows: pd.DataFrame, counted: str, *keys: str) -> pd.DataFrame:
    """Return a sum by age and of all ages."""
    by_age = rows.groupby([*keys, "age"], as_index=False)[counted].sum()
    every = by_age.groupby([*keys], as_index=False)[counted].sum()
    return pd.concat([by_age, every.assign(age="all")], ignore_index=True)


def by_grain(
    rows: pd.DataFrame, grains: dict[str, tuple[int, int]], keys: list[str], counted: list[str]
) -> pd.DataFrame:
    """Return what months hold, summed to each grain: so many months, counted from one of them."""
    parts = [
        rows.assign(m=rows["m"] - (rows["m"] + first) % length, period_type=name)
        for name, (length, first) in grains.items()
    ]
    return pd.concat(parts).groupby([*keys, "period_type", "m"], as_index=False)[counted].sum()


def notifications(events: pd.DataFrame, people: pd.DataFrame, up: pd.DataFrame) -> pd.DataFrame:
    mine = events[events["kind"] == NOTIFICATION]
    counted = mine.groupby(["leaf", "m", "age"], observed=True).size().reset_index(name="numerator")
    counted = counted.astype({"age": "str", "leaf": "str", "m": "int64"}).merge(up, on="leaf")
    rows = both_ages(counted, "numerator", "area", "m")
    cells = by_grain(rows, NOTIFICATION_GRAINS, ["area", "age"], ["numerator"])
    cells["y"] = cells["m"] // 12 + 1970
    before = people.assign(y=people["y"] + 1).rename(columns={"denominator": "before"})
    cells = cells.merge(people, how="left").merge(before, how="left")
    cells["denominator"] = cells["denominator"].fillna(cells["before"])
    return cells.assign(indicator_id="cp_notifications_rate")


def deadlines(events: pd.DataFrame, up: pd.DataFrame) -> pd.DataFrame:
    mine = events[events["kind"] == ASSESSMENT]
    finished = mine[mine["done"] >= 0]
    parts = [
        rows.groupby(["leaf", month], observed=True)[met]
        .agg(["sum", "size"])
        .set_axis(["numerator", "denominator"], axis=1)
        .rename_axis(["leaf", "m"])
        .reset_index()
        .assign(indicator_id=name)
        for name, rows, month, met in (
            ("cp_assessment_started", mine, "due", "is_started"),
            ("cp_assessment_done", finished, "done", "is_done"),
        )
    ]
    rows = pd.concat(parts).astype({"leaf": "str", "m": "int64"}).merge(up, on="leaf")
    keys = ["indicator_id", "area"]
    cells = by_grain(rows, DEADLINE_GRAINS, keys, ["numerator", "denominator"])
    return cells.assign(age="all")


def persons(
    events: pd.DataFrame, kind: str, people: pd.DataFrame, up: pd.DataFrame, ages: list[str]
) -> pd.DataFrame:
    """Return how many persons had an event in each half-year and year."""
    mine = events.loc[events["kind"] == kind, ["person", "leaf", "m", *ages]]
    halves = mine.assign(h=mine["m"] // 6).drop(columns="m").drop_duplicates()
    wide = halves.merge(up, on="leaf").drop(columns="leaf")
    wide = wide.drop_duplicates().assign(y=lambda one: one["h"] // 2 + 1970)
    half = (
        wide.groupby(["area", "y", "h", *ages], observed=True).size().reset_index(name="numerator")
    )
    year = wide.drop(columns="h").drop_duplicates()
    year = year.groupby(["area", "y", *ages], observed=True).size().reset_index(name="numerator")
    # a half-year in which nobody of the year was counted is a cell too: nought
    halves_of_years = pd.concat([
        year.drop(columns="numerator").assign(h=(year["y"] - 1970) * 2 + second)
        for second in (0, 1)
    ])  # fmt: skip
    half = halves_of_years.merge(half, how="left").fillna({"numerator": 0})
    cells = pd.concat([
        half.assign(period_type="half_year", m=half["h"] * 6),
        year.assign(period_type="year", m=(year["y"] - 1970) * 12),
    ])  # fmt: skip
    cells["age"] = cells["age"].astype("str") if ages else "all"
    return cells.merge(people, how="left").assign(indicator_id=f"persons {kind}")


def all_cells(folder: Path) -> Iterator[pd.DataFrame]:
    names = leaves(folder)
    up = pd.DataFrame(climb(folder), columns=["leaf", "area"])
    people = population_of(folder, names, up.astype("str"))
    events = pd.concat(
        [narrow(read(path, EVENT_COLUMNS), names) for path in files(folder, EVENTS)],
        ignore_index=True,
    )
    events["person"] = pd.factorize(events["person"])[0]
    yield notifications(events, people, up)
    yield deadlines(events, up)
    narrow_up = up[up["leaf"].isin(events["leaf"].cat.categories)]
    narrow_up = narrow_up.astype({"leaf": events["leaf"].dtype, "area": "category"})
    for kind, has_ages in PERSONS.items():
        for ages in ([], ["age"]) if has_ages else ([],):
            yield persons(events, kind, people, narrow_up, ages)


def main(folder: Path, out: Path) -> None:
    cells = pd.concat([one.astype({"area": "str"}) for one in all_cells(folder)])
    cells["period_start"] = cells["m"].to_numpy("datetime64[M]").astype("datetime64[s]")
    cells = cells.rename(columns={"area": "area_code", "age": "category"})
    counts = {"numerator": "Int64", "denominator": "Int64"}
    cells[[*CELL]].astype(counts).sort_values([*CELL]).to_parquet(out, index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
