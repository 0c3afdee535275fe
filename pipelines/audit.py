"""The disclosure auditor: tries to compute what a release hides, from the release alone.

It shares no code with the step that protects, only the release's tables: the sums are found anew
(in SQL), the rules are read from the published definitions, and every hidden number is solved for
by linear programming. It runs inside `build`, and by hand on any release: `tilannehuone audit`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipelines.auditing.book import opened_book
from pipelines.auditing.faults import seen_at_once, seen_before
from pipelines.auditing.solving import solve_side
from pipelines.auditing.sums import find_sums

KEY = """select indicator_id, area_code, period_type, cast(period_start as varchar), breakdown,
    category from book where id = ?"""


@dataclass(frozen=True)
class AuditFinding:
    """One thing that gives hidden numbers away.

    Attributes
    ----------
    kind : what is wrong; `computable` when sums give the cell
    cells : keys (indicator, area, period type, period start, breakdown, category)
    relations : the sums that give it away
    width : how wide the range of the number is; the number itself is never told
    """

    kind: str
    cells: tuple[tuple[str, ...], ...]
    relations: tuple[str, ...] = ()
    width: float | None = None


@dataclass(frozen=True)
class AuditReport:
    """What the auditor found in a release, and what it tried."""

    release: str
    findings: tuple[AuditFinding, ...]
    hidden: int  # cells that were solved for
    relations: int  # sums that were tried
    contradictions: int  # sums left out, because what is shown contradicts them
    beliefs: tuple[str, ...]  # families of sums that do not simply add up, and what they do

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def to_json(self) -> str:
        """Return the report for machines; no number of a hidden cell stands in it."""
        return json.dumps(asdict(self) | {"ok": self.ok}, ensure_ascii=False, indent=1)


def audit_release(path: Path, against: Sequence[Path] = ()) -> AuditReport:
    """Try to compute the hidden cells of a release, and look for numbers where none may be.

    Parameters
    ----------
    path : a release file
    against : older releases that readers have seen

    Raises
    ------
    PublishRefused
        When a file is no release.
    """
    with opened_book(path) as reader:
        find_sums(reader)
        findings = [
            AuditFinding(kind, (key,))
            for kind, keys in seen_at_once(reader).items()
            for key in keys
        ]
        findings += [
            AuditFinding("shown_before", (key,))
            for older in against
            for key in seen_before(reader, older)
        ]
        hidden = contradictions = 0
        for side in ("counted", "rest"):
            solved = solve_side(reader, side)
            hidden, contradictions = hidden + solved.tried, contradictions + solved.dropped
            findings += [
                AuditFinding("computable", (_key(reader, one),), told, round(max(width, 0.0), 3))
                for one, width, told in zip(
                    solved.ids, solved.widths, solved.relations, strict=True
                )
            ]
        return AuditReport(
            release=path.stem,
            findings=tuple(findings),
            hidden=hidden,
            relations=_count(reader),
            contradictions=contradictions,
            beliefs=_beliefs(reader),
        )


def _key(reader: duckdb.DuckDBPyConnection, number: int) -> tuple[str, ...]:
    row = reader.execute(KEY, [number]).fetchone()
    return tuple(str(part) for part in row or ())


def _count(reader: duckdb.DuckDBPyConnection) -> int:
    return int(str(reader.execute("select count(*) from relations").fetchall()[0][0]))


def _beliefs(reader: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    query = """select indicator_id || ', ' || dimension || ', ' || what || ': ' || belief
        from beliefs where belief <> 'sum' and side = 'counted' order by all"""
    return tuple(str(row[0]) for row in reader.execute(query).fetchall())
