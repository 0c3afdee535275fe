"""What a choice for an extract names and the release does not have, one line each."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import duckdb

from pipelines.auditing.book import attach
from tilannehuone.errors import Fault, SealRefused
from tilannehuone.sealed import Choice

MOST_NAMED = 8
"""So many known names are told where none is near the one that was asked for."""

KNOWN = {
    "measure": """select indicator_id, indicator_id || '|' || name_fi || '|' || name_sv || '|' ||
        name_en from rel.indicators where indicator_id in (select indicator_id from rel.cells)
        order by position""",
    "area": """select area_code, any_value(area_code || '|' || name_fi || '|' || name_sv || '|' ||
        name_en) from rel.areas where area_code in (select area_code from rel.cells)
        group by area_code order by min(rowid)""",
    "breakdown": "select distinct breakdown, breakdown from rel.cells order by all",
    "period": "select distinct period_type, period_type from rel.cells order by all",
}
"""What the attached release has of each: the id, and the words somebody may have meant it by."""


def check_choice(reader: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    """Refuse a choice that names what the release attached as `rel` does not have.

    Raises
    ------
    SealRefused
        With one fault for every unknown name, and for a range of days that ends before it begins.
    """
    asked = {
        "measure": choice.measures,
        "area": choice.areas,
        "breakdown": choice.breakdowns,
        "period": choice.periods,
    }
    faults = []
    for kind, names in asked.items():
        known = _known(reader, kind) if names else {}
        faults += [
            Fault(f"seal_unknown_{kind}", {"name": one, "near": near(one, known)})
            for one in names
            if one not in known
        ]
    if choice.first and choice.last and choice.last < choice.first:
        told = {"first": choice.first.isoformat(), "last": choice.last.isoformat()}
        faults.append(Fault("seal_days_crossed", told))
    if faults:
        raise SealRefused(faults)


def areas_with_cells(release: Path) -> frozenset[str]:
    """Return the codes of the areas that a release has cells of.

    Raises
    ------
    PublishRefused
        When the file is no release.
    """
    with duckdb.connect(":memory:") as reader:
        attach(reader, release, "rel")
        found = reader.execute("select distinct area_code from rel.cells").fetchall()
    return frozenset(str(code) for (code,) in found)


def near(name: str, known: Mapping[str, Sequence[str]]) -> str:
    """Return the ids that `name` may be meant for: by id or by name; else the first known ones.

    >>> near("tiura", {"tuira": ["tuira", "Tuira"], "564": ["564", "Oulu"]})
    'tuira'
    >>> near("x", {"month": ["month"], "year": ["year"]})
    'month, year'
    """
    words = {word.casefold(): one for one, told in known.items() for word in told if word}
    close = get_close_matches(name.casefold(), words, n=3)
    found = list(dict.fromkeys(words[one] for one in close))
    if found:
        return ", ".join(found)
    more = ", …" if len(known) > MOST_NAMED else ""
    return ", ".join(list(known)[:MOST_NAMED]) + more


def _known(reader: duckdb.DuckDBPyConnection, kind: str) -> dict[str, list[str]]:
    rows = reader.execute(KNOWN[kind]).fetchall()
    return {str(one): str(words or one).split("|") for one, words in rows}
