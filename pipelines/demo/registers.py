"""States of registers on a day: population, pupils, staff and caseload."""

import numpy as np
import pyarrow as pa

from pipelines.demo.calendars import last_day
from pipelines.demo.draws import Draw
from pipelines.demo.world import (
    BAND_YEARS,
    BANDS,
    IN_MODEL,
    LEVEL,
    PLACES,
    Floats,
    along,
    children,
    need,
)

BAND_SHARE = np.array(BAND_YEARS) * np.array([0.86, 0.94, 1.03, 1.07, 1.05])
BAND_SHARE = BAND_SHARE / BAND_SHARE.sum()
STAFF = {
    "Opettajat ja ohjaajat": 0.048,
    "Varhaiskasvatus": 0.032,
    "Neuvola, oppilashuolto ja perhesosiaalityö": 0.010,
}
CASELOAD = {2021: 33.5, 2022: 33.0, 2023: 32.5, 2024: 30.0, 2025: 28.8, 2027: 27.5}
TRAINED = {2020: 0.26, 2021: 0.30, 2024: 0.58, 2026: 0.68, 2028: 0.72}


def spread(*keys: object) -> list[np.ndarray]:
    """Return index columns of every combination of the keys, the last turning fastest."""
    sizes = [len(key) for key in keys]  # type: ignore[arg-type]
    return [index.ravel() for index in np.indices(sizes)]


def population(draw: Draw) -> pa.Table:
    """Return the year's population by area and age band."""
    total = children(draw.start.year)
    share = np.floor(total[:, None] * BAND_SHARE[None, :])
    share[:, 2] += total - share.sum(axis=1)
    place, band = spread(PLACES, BANDS)
    named = [
        "" if one.is_municipality else f"{n:02d} {one.name}"
        for n, one in enumerate(PLACES, start=1)
    ]
    return pa.table(
        {
            "Vuosi": np.full(len(place), draw.start.year),
            "Kunta": np.array([one.municipality for one in PLACES])[place],
            "Suuralue": np.array(named)[place],
            "Ikä": np.array(BANDS)[band],
            "Väestö_31_12": share.astype(np.int64).ravel(),
        }
    )


def pupils(draw: Draw) -> pa.Table:
    """Return the pupils of every area on 20 September."""
    return pa.table(
        {
            "Vuosi": np.full(len(PLACES), draw.start.year),
            "Koulualue": school_names(),
            "Oppilaita 20.9.": pupil_counts(draw).astype(np.int64),
        }
    )


def trained_staff(draw: Draw) -> pa.Table:
    """Return staff and trained staff on the last day of the half-year, by area and group."""
    day = last_day(draw.start, 6)
    staff = np.maximum(2, np.round(np.outer(draw.children, list(STAFF.values()))))
    share = along(day, TRAINED) * np.where(IN_MODEL, 1.12, 0.94 + 0.06 * LEVEL)
    wobble = draw.chance().normal(0, 0.01, staff.shape)
    trained = np.round(staff * np.clip(share[:, None] + wobble, 0, 0.97))
    place, group = spread(PLACES, STAFF)
    return pa.table(
        {
            "Poikkileikkauspvm": pa.array([day] * len(place)),
            "Alue": np.array([one.name for one in PLACES])[place],
            "Henkilöstöryhmä": np.array(list(STAFF))[group],
            "Koulutettu_lkm": trained.astype(np.int64).ravel(),
            "Henkilöstö_lkm": staff.astype(np.int64).ravel(),
        }
    )


def caseload(draw: Draw) -> pa.Table:
    """Return clients and social workers (full-time equivalents) of municipalities and regions."""
    day = last_day(draw.start, 6)
    clients = draw.children * need(day, drift=-0.01) * 0.028
    by_unit: dict[str, float] = {}
    for place, count in zip(PLACES, clients, strict=True):
        unit = place.name if place.code.startswith("network") else place.municipality.lstrip("0")
        by_unit[unit] = by_unit.get(unit, 0.0) + float(count)
    count = np.round(list(by_unit.values()))
    wobble = draw.chance().normal(1, 0.02, len(count))
    workers = np.maximum(0.1, np.round(count / (along(day, CASELOAD) * wobble), 1))
    return pa.table(
        {
            "Tarkastelupäivä": pa.array([day] * len(count)),
            "Kunta tai alue": list(by_unit),
            "Asiakkaita": count.astype(np.int64),
            "Sosiaalityöntekijöitä": workers,
        }
    )


def pupil_counts(draw: Draw) -> Floats:
    """Return the pupils of every place."""
    return np.round(draw.children * 0.575)


def school_names() -> list[str]:
    """Return the places as schools call them, without the long dash."""
    return [(one.nickname or one.name).replace("–", "-") for one in PLACES]
