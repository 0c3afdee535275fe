"""The invented world: areas with their numbers of children, and what happens there over time.

Rates follow the magnitudes of public statistics; area populations and all changes are invented.
Every rule is a function of the calendar, never of the asked window, so that a longer window
repeats the older months.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MODEL_START = date(2022, 8, 1)
"""The everyday model begins in Kaakkuri and Tuira."""
LP_RISE = date(2025, 1, 1)
"""Let's Talk discussions double in Kiiminki-Jääli: the planted clear signal."""

SCHOOL_YEAR = np.array([1.05, 1.05, 1.08, 1.05, 1.05, 0.85, 0.4, 0.95, 1.2, 1.2, 1.2, 0.85])
"""Weight of each month in school-year services; July is quiet, autumn is busy."""

BANDS = ("0–2", "3–6", "7–12", "13–15", "16–17")
BAND_YEARS = (3, 4, 6, 3, 2)
BAND_OF_AGE = np.repeat(np.arange(5), BAND_YEARS)


@dataclass(frozen=True, slots=True)
class Place:
    """One area that extracts name: a district of Oulu, a municipality or a network region."""

    code: str
    name: str
    children: int  # aged 0–17 at the end of 2024
    municipality: str  # its code, or empty
    nickname: str = ""  # how the school system calls it
    wave: date = date(2024, 8, 1)  # when the one-contact line and the network practice came

    @property
    def is_municipality(self) -> bool:
        """Whether the area is a whole municipality, which extracts name by code."""
        return self.code == self.municipality


OULU_WAVE = date(2023, 8, 1)


def _oulu(code: str, name: str, children: int, nickname: str = "") -> Place:
    wave = MODEL_START if code in ("kaakkuri", "tuira") else OULU_WAVE
    return Place(code, name, children, "564", nickname, wave)


def _municipality(code: str, name: str, children: int) -> Place:
    return Place(code, name, children, code)


def _region(code: str, name: str, children: int, municipality: str = "") -> Place:
    return Place(code, name, children, municipality, wave=MODEL_START)


PLACES: tuple[Place, ...] = (
    _oulu("keskusta", "Keskusta", 1500),
    _oulu("hoyhtya", "Höyhtyä", 1300),
    _oulu("oulunsuu_kaukovainio", "Oulunsuu–Kaukovainio", 2300),
    _oulu("kaakkuri", "Kaakkuri", 3300),
    _oulu("maikkula", "Maikkula", 1900),
    _oulu("tuira", "Tuira", 1200),
    _oulu("puolivalinkangas_koskela", "Puolivälinkangas–Koskela", 2700),
    _oulu("pateniemi", "Pateniemi", 3100),
    _oulu("kaijonharju", "Kaijonharju", 2300),
    _oulu("ritaharju", "Ritaharju", 2700),
    _oulu("myllyoja_korvensuora", "Myllyoja–Korvensuora", 4000),
    _oulu("hiukkavaara", "Hiukkavaara", 2300),
    _oulu("haukipudas_kello", "Haukipudas–Kello", 5400, "Haukiputaan alue"),
    _oulu("kiiminki_jaali", "Kiiminki–Jääli", 4500, "Kiimingin alue"),
    _oulu("oulunsalo", "Oulunsalo", 2800),
    _oulu("ylikiiminki", "Ylikiiminki", 800),
    _oulu("yli_ii", "Yli-Ii", 450),
    _municipality("072", "Hailuoto", 160),
    _municipality("139", "Ii", 2600),
    _municipality("244", "Kempele", 5500),
    _municipality("305", "Kuusamo", 2600),
    _municipality("436", "Lumijoki", 650),
    _municipality("615", "Pudasjärvi", 1300),
    _municipality("751", "Simo", 480),
    _municipality("785", "Vaala", 420),
    _municipality("832", "Taivalkoski", 640),
    _municipality("859", "Tyrnävä", 2300),
    _municipality("889", "Utajärvi", 430),
    _region("network_tampere", "Koillinen alue", 7800, "837"),
    _region("network_pohjois_karjala", "Pohjois-Karjala", 27500),
    _region("network_keski_pohjanmaa", "Keski-Pohjanmaa", 14200),
    _municipality("851", "Tornio", 4300),
)

CODES = tuple(place.code for place in PLACES)
IN_MODEL = np.isin(CODES, ["kaakkuri", "tuira"])
LEVEL = 0.85 + 0.3 * ((np.arange(len(PLACES)) * 7) % 11) / 10
"""How much more or less than the mean is needed in each area, the same for every service."""


def children(year: int) -> Floats:
    """Return the 0–17 population of every place at the end of `year`; it falls 1 % a year."""
    base = np.array([place.children for place in PLACES], dtype=float)
    return np.round(base * 0.99 ** (year - 2024))


def years_since(start: date, day: date) -> float:
    """Return the years from `start` to `day`, 0 before it."""
    return max(0.0, (day - start).days / 365.25)


def need(day: date, *, drift: float, in_model: float | None = None) -> Floats:
    """Return each place's level of need at `day`, 1 for the mean of 2020.

    It drifts by `drift` a year; in the model's areas by `in_model` from the model's start on.
    """
    early = (1 + drift) ** years_since(date(2020, 1, 1), min(day, MODEL_START))
    later = years_since(MODEL_START, day)
    elsewhere = (1 + drift) ** later
    inside = elsewhere if in_model is None else (1 + in_model) ** later
    return LEVEL * early * np.where(IN_MODEL, inside, elsewhere)


def along(day: date, points: dict[int, float]) -> float:
    """Return the value at `day` on the line through `points` (year -> value on 1 January)."""
    at = day.year + (day.timetuple().tm_yday - 1) / 365.25
    return float(np.interp(at, list(points), list(points.values())))


def ramp(day: date, low: float, high: float, years: float) -> Floats:
    """Return low before each place's wave, and from it a rise to high within `years`."""
    since = np.array([years_since(place.wave, day) for place in PLACES])
    return low + (high - low) * np.minimum(since / years, 1.0)


def reached(day: date) -> NDArray[np.bool_]:
    """Tell which places the one-contact line had reached by `day`."""
    return np.array([place.wave <= day for place in PLACES])
