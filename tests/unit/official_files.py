"""A table as statistics services hand it out, its declaration, and what must come of it."""

import json
from datetime import date

from loading import load_text, make_areas

PLACES = make_areas(
    ("564", "municipality", "Oulu", "Uleåborg"),
    ("091", "municipality", "Helsinki", "Helsingfors"),
    ("17", "county", "Pohjois-Pohjanmaan hyvinvointialue"),
    ("FI", "country", "Koko maa"),
)
DECLARED = {
    "files": "*.*",
    "shape": "aggregate",
    "absent_rows": "missing",
    "area": {"column": "alue", "aliases": {"SSS": "FI"}},
    "period": {"column": "vuosi"},
    "columns": {
        "alue": {"type": "category", "pattern": "^(?:KU)?(.+)$"},
        "vuosi": {"header": ["year", "Jakso"], "type": "category"},
        "tieto": {"header": "Tiedot_label", "type": "category", "optional": True},
        "lkm": {"header": "value", "type": "decimal"},
    },
}
ALL = "select area_code, period_start, lkm, lkm__status, line from raw_lahde order by line"
YEARS = (date(2022, 1, 1), date(2023, 1, 1))


def dataset(**changed):
    """A table as PxWeb writes it: areas, contents and years; the last runs first."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Väestö muuttujina Alue, Tiedot ja Vuosi",
        "source": "Tilastokeskus",
        "updated": "2024-04-01T06:00:00Z",
        "id": ["Alue", "Tiedot", "Vuosi"],
        "size": [2, 1, 2],
        "dimension": {
            "Alue": {
                "label": "Alue",
                "category": {
                    "index": {"SSS": 0, "KU564": 1},
                    "label": {"SSS": "KOKO MAA", "KU564": "Oulu"},
                },
            },
            "Tiedot": {
                "label": "Tiedot",
                "category": {
                    "index": {"vaesto": 0},
                    "label": {"vaesto": "Väestö 31.12."},
                    "unit": {"vaesto": {"base": "lukumäärä", "decimals": 0}},
                },
            },
            "Vuosi": {"label": "Vuosi", "category": {"index": ["2022", "2023"]}},
        },
        "value": [5563970, 5603851, 211848, 214633],
        "role": {"time": ["Vuosi"], "metric": ["Tiedot"]},
        "extension": {"px": {"tableid": "11ra", "decimals": 0}},
    } | changed


WHOLE = [
    ("FI", YEARS[0], 5563970, None, 1),
    ("FI", YEARS[1], 5603851, None, 2),
    ("564", YEARS[0], 211848, None, 3),
    ("564", YEARS[1], 214633, None, 4),
]


def load_json(tmp_path, document, declared=DECLARED, name="a.json", areas=PLACES):
    content = document if isinstance(document, str | bytes) else json.dumps(document)
    return load_text(tmp_path, content, declared, name, areas)


def with_category(dimension, category):
    one = dataset()
    one["dimension"][dimension]["category"] = category
    return one
