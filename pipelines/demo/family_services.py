"""Event rows of the other services: network requests, family-service clients, psychiatry."""

import numpy as np
import pyarrow as pa

from pipelines.demo.child_protection import PLACE_CODES, PLACE_NAMES
from pipelines.demo.draws import (
    Draw,
    ages,
    children_again,
    children_once,
    office_days,
    pseudonyms,
    repeated,
)
from pipelines.demo.world import BAND_OF_AGE, PLACES, SCHOOL_YEAR, along, need, ramp

ASKED_BY = pa.array(["Varhaiskasvatus", "Koulu", "Neuvola", "Perhe", "Muu"])
NUMBERED = pa.array([f"{n:02d} {place.name}" for n, place in enumerate(PLACES, start=1)])

SERVICES = pa.array(["Perhetyö", "Kotipalvelu", "Perheneuvonta", "Tukihenkilö"])
PSYCHIATRY_SHARE = np.array([0.003, 0.012, 0.042, 0.085, 0.075])
"""Share of each age band that is in specialised psychiatric care in a year."""
TREATED_IN_TIME = {2021: 0.90, 2023: 0.80, 2024: 0.82, 2027: 0.93}


def network_requests(draw: Draw) -> pa.Table:
    """Return the month's requests to convene a network; waits shorten after each area's wave."""
    rng = draw.chance()
    yearly = draw.children * ramp(draw.start, 0.012, 0.028, 1.0)
    place = repeated(rng, yearly / 12 * SCHOOL_YEAR[draw.start.month - 1])
    asked = office_days(rng, draw.start, len(place))
    order = np.argsort(asked, kind="stable")
    place, asked = place[order], asked[order]
    in_time = ramp(draw.start, 0.45, 0.83, 1.5)[place]
    quick = rng.random(len(place)) < in_time
    wait = np.where(quick, rng.integers(4, 15, len(place)), 15 + rng.geometric(0.08, len(place)))
    met = draw.known(asked + wait)
    met[rng.random(len(place)) < 0.02] = np.datetime64("NaT")
    number = range(1, len(place) + 1)
    return pa.table(
        {
            "Tunnus": [f"V{draw.start:%Y%m}-{n:04d}" for n in number],
            "Pyyntöpvm": pa.array(asked),
            "Alue": NUMBERED.take(pa.array(place)),
            "Pyytäjä": ASKED_BY.take(pa.array(rng.integers(0, len(ASKED_BY), len(place)))),
            "Kokoontumispvm": pa.array(met),
        }
    )


def family_clients(draw: Draw) -> pa.Table:
    """Return the month's share of the quarter's client list: one row a client and quarter."""
    rng = draw.chance()
    level = need(draw.start, drift=0.03, in_model=0.06)
    place, child = children_once(rng, level * 0.07, draw, months=3, usual=0.015)
    day = office_days(rng, draw.start, len(place))
    order = np.argsort(day, kind="stable")
    place, child, day = place[order], child[order], day[order]
    other = rng.random(len(place)) < 0.01
    task = np.where(other, "Vammaispalvelut", "Lapsiperheiden palvelut")
    return pa.table(
        {
            "Asiakasnro": pseudonyms(child),
            "Palvelutehtävä": pa.array(task),
            "Palvelu": SERVICES.take(pa.array(rng.integers(0, len(SERVICES), len(place)))),
            "Asiakkuuspvm": pa.array(day),
            "Kunta": PLACE_CODES.take(pa.array(place)),
            "Alue": PLACE_NAMES.take(pa.array(place)),
            "Ikä": pa.array(ages(child, draw.start.year)),
        }
    )


def psychiatry(draw: Draw) -> pa.Table:
    """Return the month's psychiatric visits and decisions to treat."""
    rng = draw.chance()
    pool = draw.children * 0.3
    growth = 1.04 ** (draw.start.year - 2020)
    place = repeated(rng, pool * need(draw.start, drift=0.0) * 2.6 / 12)
    child = children_again(rng, place, np.full(len(PLACES), 0.3), draw, usual=0.3)
    age = ages(child, draw.start.year)
    patient = (
        _fraction(child, draw.start.year) < (PSYCHIATRY_SHARE / 0.3 * growth)[BAND_OF_AGE][age]
    )
    place, child, age = place[patient], child[patient], age[patient]
    day = office_days(rng, draw.start, len(place))
    order = np.argsort(day, kind="stable")
    place, child, age, day = place[order], child[order], age[order], day[order]
    decided = rng.random(len(place)) < 0.12
    late = rng.random(len(place)) >= along(draw.start, TREATED_IN_TIME)
    wait = np.where(late, 95 + rng.exponential(40, len(place)), rng.integers(7, 89, len(place)))
    begun = draw.known(day + wait.astype(np.int64))
    begun[~decided] = np.datetime64("NaT")
    return pa.table(
        {
            "Tapahtuma": pa.array(np.where(decided, "Hoitopäätös", "Käynti")),
            "Pvm": pa.array(day),
            "Potilastunnus": pseudonyms(child),
            "Kunta": PLACE_CODES.take(pa.array(place)),
            "Alue": PLACE_NAMES.take(pa.array(place)),
            "Erikoisala": pa.array(np.where(age <= 12, "74", "75")),
            "Ikä": pa.array(age),
            "Hoito_alkanut_pvm": pa.array(begun),
        }
    )


def _fraction(child: np.ndarray, year: int) -> np.ndarray:
    """Return a fixed number in [0, 1) for each child and year."""
    return ((child * 40_503 + year * 30_011) % 65_521) / 65_521
