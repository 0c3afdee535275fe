"""Real series to forecast, from ../shared/data: attendances, benefits and dog licences by area."""

from pathlib import Path

import pandas as pd

SHARED = Path(__file__).parents[2] / "shared/data"

AREAS = 40
"""Areas of Calgary, from the one with most licences on."""


def real_panel() -> pd.DataFrame:
    """Return series, cadence, period and value of the real series, by month and by quarter."""
    if not SHARED.exists():
        raise SystemExit(f"{SHARED} is absent: name a file instead")
    months = pd.concat([_attendances(), _recipients(), _licences()], ignore_index=True)
    months = pd.concat([rows for _, rows in months.groupby("series") if _is_whole(rows)])
    return pd.concat([months.assign(cadence="month"), _quarters(months)], ignore_index=True)


def _is_whole(rows: pd.DataFrame) -> bool:
    """Tell whether a series has three years or more without a gap."""
    months = rows["period"].dt.year * 12 + rows["period"].dt.month
    return len(rows) >= 36 and int(months.max() - months.min()) == len(rows) - 1


def _attendances() -> pd.DataFrame:
    """Return emergency attendances by provider."""
    table = pd.read_csv(SHARED / "england_nhs/ae_attendances.csv", parse_dates=["period"])
    sums = table.groupby(["org_code", "period"])["attendances"].sum().reset_index()
    return _named(sums, "attendances", "org_code", "attendances")


def _recipients() -> pd.DataFrame:
    """Return new and all recipients of social assistance by maakunta."""
    file = SHARED / "finnish/kela_weekly_monthly/saajat_toimeentulotuki_maakunta_kuva.csv"
    table = pd.read_csv(file, sep=";", encoding="utf-8-sig", decimal=",")
    table = table[table["type"] == "Saajat"].rename(columns={"paiva": "period"})
    table["period"] = pd.to_datetime(table["period"])
    table["name"] = table["alue"] + ", " + table["variable"]
    return _named(table.dropna(subset=["val"]), "recipients", "name", "val")


def _licences() -> pd.DataFrame:
    """Return dog licences by community; a month without a row is unknown, an area's a zero."""
    table = pd.read_csv(SHARED / "calgary_monthly_small_area/pets.csv.gz", parse_dates=["date"])
    dogs = table[table["animal"] == "DOGS"].rename(columns={"date": "period"})
    largest = dogs.groupby("community_code")["license_volume"].sum().nlargest(AREAS).index
    wide = dogs.pivot_table(
        index="period", columns="community_code", values="license_volume", aggfunc="sum"
    )
    months = pd.Series(wide.index).dt
    apart = (months.year * 12 + months.month).to_list()
    breaks = [at for at in range(1, len(apart)) if apart[at] - apart[at - 1] > 1]
    unbroken = wide.iloc[breaks[-1] if breaks else 0 :]
    long = unbroken[largest].fillna(0).melt(ignore_index=False, value_name="count").reset_index()
    return _named(long, "licences", "community_code", "count")


def _named(table: pd.DataFrame, subject: str, area: str, value: str) -> pd.DataFrame:
    names = subject + ", " + table[area].astype(str)
    return pd.DataFrame({"series": names, "period": table["period"], "value": table[value]})


def _quarters(months: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the full quarters, of series that have five years of them or more."""
    start = months["period"].dt.to_period("Q").dt.to_timestamp()
    found = months.groupby(["series", start])["value"].agg(["sum", "size"]).reset_index()
    full = found[found["size"] == 3]
    full = full[full.groupby("series")["sum"].transform("size") >= 16]
    return full.rename(columns={"sum": "value"}).drop(columns="size").assign(cadence="quarter")
