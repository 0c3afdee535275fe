"""The disclosure auditor: tries to compute what a release hides, from the release alone.

It shares no code with the step that protects, only the release's tables: the sums are found anew
(in SQL), the rules are read from the published definitions, and every hidden number is solved for
by linear programming. It runs inside `build`, and by hand on any release: `tilannehuone audit`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb

from pipelines.auditing.across import find_ties
from pipelines.auditing.before import newest_first, seen_before, told_before, told_beside
from pipelines.auditing.book import opened_book
from pipelines.auditing.derived import not_following
from pipelines.auditing.faults import seen_at_once
from pipelines.auditing.quality import small_counts
from pipelines.auditing.rounded import narrow_rounded
from pipelines.auditing.solving import Solved, solve
from pipelines.auditing.sums import find_sums

KEYS = """select id, indicator_id, area_code, period_type, cast(period_start as varchar),
    breakdown, category from book where list_contains($ids, id)"""

GIVEN = ("shown_before", "shown_before_redefined", "computable_before")
"""What readers have had in their hands already: no new release can take it back."""


COMPUTED = ("computable", "computable_together")
NEAR = 1e-6


@dataclass(frozen=True)
class AuditFinding:
    """One thing that gives hidden numbers away.

    Attributes
    ----------
    kind : what is wrong; `computable` when sums give the cell, `unproven` when that could be
        neither shown nor ruled out within the auditor's effort
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
    hidden: int  # numbers that were solved for
    relations: int  # sums that were tried
    contradictions: int  # sums left out, because what is shown contradicts them
    beliefs: tuple[str, ...] = ()  # families of sums that do not simply add up, and what they do

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def fresh(self) -> tuple[AuditFinding, ...]:
        """The findings that this release itself adds: all but what readers were given before."""
        return tuple(one for one in self.findings if one.kind not in GIVEN)

    def to_json(self) -> str:
        """Return the report for machines; no number of a hidden cell stands in it."""
        return json.dumps(asdict(self) | {"ok": self.ok}, ensure_ascii=False, indent=1)


def audit_release(
    path: Path, against: Sequence[Path] = (), beside: Sequence[Path] = ()
) -> AuditReport:
    """Try to compute the hidden cells of a release, and look for numbers where none may be.

    Parameters
    ----------
    path : a release file
    against : older releases that readers have seen
    beside : releases of overlapping areas that readers see at the same time

    Raises
    ------
    PublishRefused
        When a file is no release.
    """
    with opened_book(path) as reader:
        _find(reader)
        sights, seen = seen_at_once(reader) | not_following(reader), {}
        if against:
            sights |= told_before(reader, against)
            seen = seen_before(reader)
        if beside:
            sights |= told_beside(reader, beside)
        findings = [AuditFinding(kind, (key,)) for kind, found in sights.items() for key in found]
        findings += [AuditFinding("small_count_told", (one,)) for one in small_counts(reader)]
        solved = solve(reader)
        findings += _computed(reader, solved, seen)
        tried, beliefs = _count(reader), _beliefs(reader)
    together = [*newest_first(against), *beside]
    if together:
        findings += _together(path, together, {one.cells[0] for one in findings})
    if against and any(one.kind in COMPUTED for one in findings):
        findings = _told_already(path, newest_first(against), findings)
    return AuditReport(
        release=path.stem,
        findings=tuple(findings),
        hidden=solved.tried,
        relations=tried,
        contradictions=solved.dropped,
        beliefs=beliefs,
    )


def _find(reader: duckdb.DuckDBPyConnection) -> None:
    find_sums(reader)
    find_ties(reader)


def _together(path: Path, others: Sequence[Path], told: set[tuple[str, ...]]) -> list[AuditFinding]:
    """Return the cells that only all releases together give away."""
    with opened_book(path, others) as reader:
        _find(reader)
        found = _computed(reader, solve(reader), {}, suffix="_together")
    return [one for one in found if one.cells[0] not in told]


def _told_already(
    path: Path, older: Sequence[Path], findings: Sequence[AuditFinding]
) -> list[AuditFinding]:
    """Return the findings, those marked that older releases alone tell as narrowly.

    A measure whose k was raised shows numbers that were wide enough for the smaller one. What
    readers computed from them stays known, whatever a new release hides.
    """
    with opened_book(path, older, unread=True) as reader:
        _find(reader)
        before = _widths(_computed(reader, solve(reader), {}))
    now = _widths(findings)
    known = {
        key
        for key, widths in now.items()
        if len(before.get(key, [])) >= len(widths) and max(before[key]) <= min(widths) + NEAR
    }
    return [
        replace(one, kind="computable_before")
        if one.kind in COMPUTED and one.cells[0] in known
        else one
        for one in findings
    ]


def _widths(findings: Sequence[AuditFinding]) -> dict[tuple[str, ...], list[float]]:
    """Return the ranges of each cell that was computed."""
    found: dict[tuple[str, ...], list[float]] = {}
    for one in findings:
        if one.kind in COMPUTED and one.width is not None:
            found.setdefault(one.cells[0], []).append(one.width)
    return found


def _computed(
    reader: duckdb.DuckDBPyConnection,
    solved: Solved,
    seen: Mapping[int, float],
    suffix: str = "",
) -> list[AuditFinding]:
    """Return the finding of each number that was computed.

    Of what was `seen` before, a range that holds the number readers saw tells nothing more.
    """
    keys = _keys(reader, solved.ids)
    found = [
        AuditFinding("computable" + suffix, (key,), ("rounding",), round(max(width, 0.0), 3))
        for key, width in narrow_rounded(reader)
    ]
    for at, one in enumerate(solved.ids):
        old = seen.get(solved.nodes[at])
        kind = "unproven" if solved.is_open[at] else "computable"
        if old is not None and solved.low[at] - NEAR <= old <= solved.high[at] + NEAR:
            kind = "computable_before"
        width = round(max(solved.widths[at], 0.0), 3)
        found.append(AuditFinding(kind + suffix, (keys[one],), solved.relations[at], width))
    return found


def _keys(reader: duckdb.DuckDBPyConnection, ids: list[int]) -> dict[int, tuple[str, ...]]:
    rows = reader.execute(KEYS, {"ids": ids}).fetchall()
    return {int(str(row[0])): tuple(str(part) for part in row[1:]) for row in rows}


def _count(reader: duckdb.DuckDBPyConnection) -> int:
    return int(str(reader.execute("select count(*) from relations").fetchall()[0][0]))


def _beliefs(reader: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    query = """select indicator_id || ', ' || dimension || ', ' || what || ': ' || belief
        from beliefs where belief <> 'sum' and side = 'counted' order by all"""
    return tuple(str(row[0]) for row in reader.execute(query).fetchall())
