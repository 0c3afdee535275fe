"""Aggregate rows: what services, schools and registers deliver as counts by area and period."""

import numpy as np
import pyarrow as pa

from pipelines.demo.draws import Draw
from pipelines.demo.registers import BAND_SHARE, pupil_counts, school_names, spread
from pipelines.demo.world import (
    BANDS,
    CODES,
    IN_MODEL,
    LEVEL,
    LP_RISE,
    PLACES,
    SCHOOL_YEAR,
    along,
    need,
    ramp,
    reached,
    years_since,
)

CALLERS = {
    "Päiväkoti": 0.22,
    "Koulu": 0.34,
    "Neuvola": 0.16,
    "Oppilashuolto ja kouluterveydenhuolto": 0.14,
    "3. sektori, vapaa-aika, nuorisotyö": 0.04,
    "Vanhempi": 0.10,
}
OUTCOMES = {
    "Neuvonta": 0.45,
    "Konsultaatio": 0.25,
    "Verkosto kutsuttu": 0.2,
    "Ohjattu muualle": 0.1,
}
PLACES_OF_TALK = {
    "Varhaiskasvatus": 0.46,
    "Esi- ja perusopetus": 0.44,
    "Neuvola ja perhepalvelut": 0.10,
}
VISITS = {
    "Perhetyö": 105.0,
    "Lapsiperheiden kotipalvelu": 52.0,
    "Kasvatus- ja perheneuvonta": 38.0,
    "Tukihenkilö tai -perhe": 22.0,
}
SUPPORT_IN_TIME = {2022: 0.94, 2023: 0.89, 2024: 0.91, 2027: 0.97}


def pilot_line(draw: Draw) -> pa.Table:
    """Return the month's contacts by area, caller and outcome; only rows that hold some."""
    season = max(0.15, SCHOOL_YEAR[draw.start.month - 1])
    rate = ramp(draw.start, 11.0, 26.0, 2.5) / 1000 / 12 * season * LEVEL
    expected = draw.children * rate * reached(draw.start)
    by = np.outer(list(CALLERS.values()), list(OUTCOMES.values()))
    contacts = draw.chance().poisson(expected[:, None, None] * by[None]).ravel()
    place, caller, outcome = spread(PLACES, CALLERS, OUTCOMES)
    some = contacts > 0
    return pa.table(
        {
            "Vuosi": np.full(int(some.sum()), draw.start.year),
            "Kuukausi": np.full(int(some.sum()), draw.start.month),
            "Alue": np.array([one.name for one in PLACES])[place[some]],
            "Soittajaryhmä": np.array(list(CALLERS))[caller[some]],
            "Lopputulos": np.array(list(OUTCOMES))[outcome[some]],
            "Yhteydenotot_lkm": contacts[some],
        }
    )


def lets_talk(draw: Draw) -> pa.Table:
    """Return the quarter's Let's Talk discussions and meetings by area and environment."""
    rng = draw.chance()
    yearly = 42.0 * 1.04 ** years_since(LP_RISE.replace(2021), draw.start) * LEVEL / 1000
    yearly = yearly * np.where(IN_MODEL, 1.35, 1.0)
    yearly[CODES.index("kiiminki_jaali")] *= 2.2 if draw.start >= LP_RISE else 1.0
    quarter = [1.12, 1.0, 0.72, 1.16][(draw.start.month - 1) // 3]
    expected = np.outer(draw.children * yearly / 4 * quarter, list(PLACES_OF_TALK.values()))
    discussions = rng.poisson(expected).ravel()
    meetings = rng.poisson(expected * 0.11).ravel()
    place, where = spread(PLACES, PLACES_OF_TALK)
    return pa.table(
        {
            "Vuosi": np.full(len(place), draw.start.year),
            "Kvartaali": np.full(len(place), f"Q{_quarter(draw)}"),
            "Alue": np.array([one.name for one in PLACES])[place],
            "Ympäristö": np.array(list(PLACES_OF_TALK))[where],
            "LP_keskustelut_lkm": discussions,
            "LP_neuvonpidot_lkm": meetings,
            "Lapset_eri_lkm": discussions - rng.binomial(discussions, 0.06),
        }
    )


def pupil_welfare(draw: Draw) -> pa.Table:
    """Return the quarter's expert groups and requests for a talk, by school area."""
    rng = draw.chance()
    quarter = [1.1, 0.9, 0.75, 1.25][(draw.start.month - 1) // 3]
    base = pupil_counts(draw) / 1000 * quarter * LEVEL
    requests = rng.poisson(base * 42)
    form = "{q}. neljännes {y}" if draw.start.toordinal() >= NEW_FORM else "Q{q}/{y}"
    period = form.format(q=_quarter(draw), y=draw.start.year)
    return pa.table(
        {
            "Jakso": np.full(len(PLACES), period),
            "Koulualue": school_names(),
            "Asiantuntijaryhmät_lkm": rng.poisson(base * 10),
            "Yhteydenotot_lkm": requests,
            "Määräajassa_7tp_lkm": rng.binomial(requests, along(draw.start, SUPPORT_IN_TIME)),
        }
    )


def family_visits(draw: Draw) -> pa.Table:
    """Return the quarter's visits by service, area and age band: some families have many."""
    rng = draw.chance()
    level = draw.children * need(draw.start, drift=0.02, in_model=0.05) / 1000
    expected = (
        np.array(list(VISITS.values()))[:, None, None]
        * level[None, :, None]
        * BAND_SHARE[None, None]
    )
    visits = rng.poisson(expected * rng.gamma(12, 1 / 12, expected.shape)).ravel()
    service, place, band = spread(VISITS, PLACES, BANDS)
    return pa.table(
        {
            "Jakso": np.full(len(place), f"{draw.start.year}/Q{_quarter(draw)}"),
            "Palvelu": np.array(list(VISITS))[service],
            "Kunta": np.array([one.municipality for one in PLACES])[place],
            "Alue": np.array(["" if one.is_municipality else one.name for one in PLACES])[place],
            "Ikäryhmä": np.array([band.replace("–", "-") for band in BANDS])[band],
            "Suoritteet_lkm": visits,
            "Asiakkaat_eri_lkm": np.ceil(visits / 7).astype(np.int64),
        }
    )


NEW_FORM = LP_RISE.replace(2024, 10).toordinal()
"""From this quarter the pupil-welfare report writes its periods in another form."""


def _quarter(draw: Draw) -> int:
    return (draw.start.month + 2) // 3
