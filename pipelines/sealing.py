"""From a release and a choice to the rows of a research extract that is safe to hand out.

A subset of a release can tell nothing that the release does not. It is audited all the same, as a
stranger would who has the extract alone, and as one who has the whole release and the kept
earlier ones beside it.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.audit import AuditReport, audit_release
from pipelines.auditing.book import attach
from pipelines.sealing_choice import check_choice
from pipelines.sealing_rows import chosen_rows
from pipelines.writing import Rows, write_file
from tilannehuone.errors import Fault, PublishRefused, SealRefused
from tilannehuone.release import TABLES, age, published_releases
from tilannehuone.sealed import Choice, Chosen, Verdict
from tilannehuone.served import is_whole

AUDITED = ("indicators", "areas", "cells")
"""What the auditor reads of an extract: the rows that numbers can be computed from.

Limits, findings and comparisons follow from the whole series and from all areas of a type, so the
auditor held them against those when their release was built; here they must only be of shown cells.
"""

WHOLE_FAMILIES = """with recursive counted as (
        select distinct area_code from rel.cells
        where indicator_id in (select indicator_id from chosen)
    ),
    up as (
        select area_code, area_type, nullif(parent_code, '') as above, 1 as steps from rel.areas
        union
        select u.area_code, u.area_type, nullif(a.parent_code, ''), u.steps + 1
        from up u join rel.areas a on a.area_code = u.above where u.steps < 20
    ),
    parts_missing as (
        select distinct above, area_type from up join counted using (area_code)
        where area_code not in (select area_code from chosen)
    )
    select * replace (case when (parent_code, area_type) in (from parts_missing) then null
        else parent_code end as parent_code)
    from rows"""
"""Areas as the auditor may add them up: it takes the parts that it is given for all there are."""

TWIN = "select count(*) from rel.release where json_extract_string(instance, '$.twin') = 'true'"

UNDER_HIDDEN = """select
    (select count(*) from chosen where status = 'c'
        and coalesce(numerator, denominator, value, lower95, upper95) is not null)
    + (select count(*) from rel.points join chosen using (indicator_id, area_code, period_type,
        period_start, breakdown, category) where status = 'c')"""


def earlier_than(release: Path) -> list[Path]:
    """Return the kept releases that were published before this one, oldest first."""
    return [one for one in published_releases(release.parent) if age(one) < age(release)]


def chosen(release: Path, earlier: Sequence[Path], choice: Choice) -> Chosen:
    """Return the rows of an extract and the auditor's verdict on them.

    Parameters
    ----------
    release : a release file
    earlier : older releases that readers have seen: vintages are told of them
    choice : what of it; nothing named means all

    Raises
    ------
    SealRefused
        When the choice names what is not there or holds no cell, and when the auditor finds that
        something hidden could be computed.
    PublishRefused
        When a file is no release.
    """
    for one in (*earlier, release):
        if not is_whole(one):
            raise PublishRefused(Fault("not_a_release", file=str(one)))
    with duckdb.connect(":memory:") as reader:
        attach(reader, release, "rel")
        check_choice(reader, choice)
        tables = chosen_rows(reader, earlier, choice)
        if not tables["cells"].num_rows:
            raise SealRefused(Fault("seal_nothing_chosen"))
        if _count(reader, UNDER_HIDDEN):
            raise SealRefused(Fault("seal_number_under_hidden"))
        rows = _as_release(reader, tables)
        is_twin = choice.twin or bool(_count(reader, TWIN))
    report = _audited(rows, release, earlier)
    beside = (*(one.stem for one in earlier), release.stem)
    verdict = Verdict(report.hidden, report.relations, beside)
    return Chosen(replace(choice, twin=is_twin), tables, verdict)


def _as_release(reader: duckdb.DuckDBPyConnection, tables: dict[str, pa.Table]) -> Rows:
    """Return the tables of a release file that holds what the auditor reads, and no more."""
    found: dict[str, tuple[str, pa.Table]] = {}
    for name, columns in TABLES.items():
        reader.execute(f"create or replace temp table one ({columns})")
        if name in AUDITED:
            reader.register("rows", tables[name])
            rows = WHOLE_FAMILIES if name == "areas" else "from rows"
            reader.execute(f"insert into one by name {rows}")
            reader.unregister("rows")
        found[name] = (columns, reader.sql("from one").to_arrow_table())
    return found


def _audited(rows: Rows, release: Path, earlier: Sequence[Path]) -> AuditReport:
    """Return what the auditor tried; refuse whatever it found that readers did not have before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / release.name
        if not write_file(path, rows):
            raise SealRefused(Fault("release_not_whole", {"problem": path.name}))
        report = audit_release(path, against=tuple(earlier), beside=(release,))
    if report.fresh:
        measures = sorted({cell[0] for one in report.fresh for cell in one.cells})
        told = {"count": len(report.fresh), "measures": ", ".join(measures)}
        raise SealRefused(Fault("seal_audit_failed", told))
    return report


def _count(reader: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(str(reader.execute(query).fetchall()[0][0]))
