"""What the releases in the folder have told readers: the last word on every cell.

All of them count, the one that is served and those gone back from: whoever read one keeps it.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tilannehuone.disclosure.recall import MEASURES, PLAN, WORDS, Earlier
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.hindered import insist
from tilannehuone.release import CELL_KEYS, published_releases

COUNTED = ("kind", "numerator", "denominator", "cohort_days")
"""Declared things that decide what is counted. Names, labels, targets, levels and the like do not,
nor do the rules of protection: correcting a spelling must not make readers forget."""

KEYS = ", ".join(CELL_KEYS)
NEEDED = {"cells", "indicators"}

EMPTY = f"""create table word ({", ".join(f"{one} varchar" for one in CELL_KEYS)},
    numerator double, denominator double, value double,
    shown boolean, hidden boolean, stands boolean, empty boolean)""".replace(
    "period_start varchar", "period_start date"
)

TOLD = f"""create or replace temp table told as
    select {KEYS}, numerator, denominator, value, status = 'c' as hid, status = 'z' as emp,
        status <> 'c' and coalesce(numerator, denominator, value) is not null as sho
    from rel.cells where list_contains($same, indicator_id)"""  # noqa: S608

MERGED = f"""create or replace table word as
    select {KEYS},
        case when t.sho then t.numerator else w.numerator end as numerator,
        case when t.sho then t.denominator else w.denominator end as denominator,
        case when t.sho then t.value else w.value end as value,
        coalesce(w.shown, false) or coalesce(t.sho, false) as shown,
        case when t.sho then false else coalesce(w.hidden, false) or coalesce(t.hid, false)
            end as hidden,
        case when t.sho then true
            else coalesce(w.stands, false) and ($holding or not coalesce(t.hid, false))
            end as stands,
        case when t.sho or t.hid then false when t.emp then not coalesce(w.shown, false)
            else coalesce(w.empty, false) end as empty
    from word w full join told t using ({KEYS})"""  # noqa: S608

PLANNED = """create or replace table planned as
    with latest as (from rel.plan where list_contains($same, indicator_id))
    from latest union all by name
    select p.* from planned p anti join latest n
        using (indicator_id, area_code, period_type, breakdown, category, year)"""

NO_PLAN = """create table planned (indicator_id varchar, area_code varchar, period_type varchar,
    breakdown varchar, category varchar, year integer, offered boolean, instead varchar)"""


def counting_digest(definition: str | Mapping[str, Any]) -> str:
    """Return a digest of what decides the numbers of a measure.

    Parameters
    ----------
    definition : the entry as published (`indicators.definition`), as JSON or as a mapping

    Notes
    -----
    The scale counts only for a median: elsewhere the parts are published beside the value. A
    rounded measure prints other numbers than one that hides.

    Examples
    --------
    >>> one = {"kind": "count", "numerator": {"from": "s", "count": "rows"}, "owner": "a"}
    >>> counting_digest(one) == counting_digest(one | {"owner": "b", "protect": {"k_min": 9}})
    True
    >>> counting_digest(one) == counting_digest(one | {"cohort_days": 30})
    False
    """
    whole = json.loads(definition) if isinstance(definition, str) else dict(definition)
    part = {name: _told(whole.get(name)) for name in COUNTED}
    if whole.get("kind") == "median":
        part["scale"] = whole.get("scale")
    protect = whole.get("protect") or {}
    if protect.get("method", "suppression") != "suppression":
        part["method"] = [protect["method"], protect.get("base")]
    text = json.dumps(part, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _told(given: Any) -> Any:
    """Return what is declared, without what is left empty: a later format has more keys."""
    if isinstance(given, Mapping):
        return {name: one for name, one in given.items() if one is not None}
    return given or None


def read_earlier(releases: Path, definitions: Mapping[str, str]) -> Earlier:
    """Return what the releases of a folder have told under the present definitions.

    Parameters
    ----------
    releases : the folder; without any release in it, nothing was told
    definitions : indicator -> its present definition as published (`passport.definition_of`)

    Raises
    ------
    ReleaseMissing
        When a file there is no release: what readers have seen would then be unknown.

    Notes
    -----
    Works through the releases one by one and keeps one row a cell, so memory does not grow with
    their number. A release without the table `plan` tells of no plan. Whether the number of a cell
    hidden later still stands in the sums is known from the release that hid it: one made under the
    rule says how many revisions it held back.
    """
    digests = {name: counting_digest(one) for name, one in definitions.items()}
    measures: list[pd.DataFrame] = []
    with duckdb.connect(":memory:") as reader:
        reader.execute(EMPTY)
        reader.execute(NO_PLAN)
        for path in published_releases(releases):
            try:
                measures.append(_take_up(reader, path, digests))
            except duckdb.Error as error:
                insist(error)
                raise ReleaseMissing(Fault("not_a_release", file=str(path))) from None
        words = reader.execute("from word where shown or hidden or empty").df()
        plan = reader.execute("from planned order by all").df()
    every = pd.concat(measures) if measures else pd.DataFrame(columns=MEASURES)
    last = every.drop_duplicates("indicator_id", keep="last")
    return Earlier(
        words=words[WORDS],
        plan=plan[PLAN],
        measures=every.reset_index(drop=True),
        releases=tuple(path.stem for path in published_releases(releases)),
        redefined=frozenset(last.loc[last["same"].eq(False), "indicator_id"]) & set(definitions),
    )


def _take_up(
    reader: duckdb.DuckDBPyConnection, path: Path, digests: Mapping[str, str]
) -> pd.DataFrame:
    """Add what one release told, and return its measures."""
    reader.execute("attach ? as rel (read_only)", [str(path)])
    try:
        tables = {
            str(row[0])
            for row in reader.execute(
                "select table_name from duckdb_tables() where database_name = 'rel'"
            ).fetchall()
        }
        if not tables >= NEEDED:
            raise ReleaseMissing(Fault("not_a_release", file=str(path)))
        measures = _measures(reader, path.stem, digests)
        same = measures.loc[measures["same"], "indicator_id"].tolist()
        reader.execute(TOLD, {"same": same})
        reader.execute(MERGED, {"holding": _holding(reader, tables)})
        if "plan" in tables:
            reader.execute(PLANNED, {"same": same})
        return measures
    finally:
        reader.execute("drop table if exists told")
        reader.execute("detach rel")


def _measures(
    reader: duckdb.DuckDBPyConnection, release: str, digests: Mapping[str, str]
) -> pd.DataFrame:
    """Return kind, k and digest of every measure of the attached release."""
    rows = []
    for name, kind, text in reader.execute(
        "select indicator_id, kind, definition from rel.indicators order by indicator_id"
    ).fetchall():
        definition = json.loads(text) if text else {}
        protect = definition.get("protect") or {}
        digest = counting_digest(definition | {"kind": definition.get("kind", kind)})
        k = protect.get("n_min", 10) if kind in ("mean", "median") else protect.get("k_min", 5)
        rows.append((release, name, kind, k, digest, digests.get(name) == digest))
    return pd.DataFrame(rows, columns=MEASURES).astype({"same": bool})


def _holding(reader: duckdb.DuckDBPyConnection, tables: set[str]) -> bool:
    """Return whether the attached release was made under the rule of revisions."""
    if "release" not in tables:
        return False
    rows = reader.execute("select protection from rel.release").fetchall()
    report = json.loads(rows[0][0]) if rows and rows[0][0] else {}
    return "held_back" in report
