"""The auditor for any table: a CSV file and a structure file that says what adds up."""

from pathlib import Path

import numpy as np
from scipy.sparse import coo_array, csr_array

from pipelines.audit import AuditFinding, AuditReport
from pipelines.auditing.structure_file import (
    Structure,
    Table,
    read_structure,
    read_table,
    unknown_codes,
)
from tilannehuone.disclosure.audit import COVER, FREE, Puzzle, Ranges, audit
from tilannehuone.errors import RegistryError

Sum = tuple[int, tuple[int, ...], str, bool]
"""A total, its parts, what it is in words, and whether all parts are in the table."""

NEAR = 1e-6


def audit_table(path: Path, structure_path: Path) -> AuditReport:
    """Try to compute the hidden numbers of a table from the numbers that it shows.

    Parameters
    ----------
    path : a CSV file, one row a number
    structure_path : what the columns are and what adds up; see `docs/audit.md`

    Raises
    ------
    RegistryError, ExtractRejected
        With every fault of the structure file or of the table, at its place.
    """
    structure = read_structure(structure_path)
    table = read_table(path, structure)
    faults = unknown_codes(structure, table, structure_path)
    if faults:
        raise RegistryError(faults)
    numbers = np.array(table.numbers)
    sums, wrong = _holding(_sums(structure, table), numbers)
    puzzle, rows = _puzzle(structure, numbers, sums)
    ranges = audit(puzzle)
    findings = [
        AuditFinding("small_number_shown", (key,))
        for key, one in zip(table.keys, table.numbers, strict=True)
        if 0 < one < structure.k or (one == 0 and not structure.show_zero)
    ]
    findings += _computed(table, puzzle, ranges, rows)
    return AuditReport(
        release=path.stem,
        findings=tuple(findings),
        hidden=int(np.isnan(numbers).sum()),
        relations=len(sums),
        contradictions=wrong + int(ranges.dropped.sum()),
    )


def _sums(structure: Structure, table: Table) -> list[Sum]:
    """Return every sum that the structure declares and the table has a total of."""
    at = {key: row for row, key in enumerate(table.keys)}
    found: list[Sum] = []
    for place, column in enumerate(structure.keys):
        for total, parts in structure.splits(column, {key[place] for key in table.keys}):
            for key, row in at.items():
                if key[place] != total:
                    continue
                below = [(*key[:place], one, *key[place + 1 :]) for one in parts]
                inside = tuple(at[one] for one in below if one in at)
                if inside:
                    word = f"{column}: {total}"
                    found.append((row, inside, word, len(inside) == len(parts)))
    return found


def _holding(sums: list[Sum], numbers: np.ndarray) -> tuple[list[Sum], int]:
    """Return the sums that what is shown does not contradict, and how many it does."""
    held = []
    for total, parts, word, whole in sums:
        shown, known = numbers[total], numbers[list(parts)]
        rest = shown - np.nansum(known)
        near = NEAR * max(1.0, abs(shown)) if shown == shown else 0.0
        exact = whole and not np.isnan(known).any()
        if np.isnan(shown) or (rest >= -near and not (exact and rest > near)):
            held.append((total, parts, word, whole))
    return held, len(sums) - len(held)


def _puzzle(structure: Structure, numbers: np.ndarray, sums: list[Sum]) -> tuple[Puzzle, list[str]]:
    """Return the puzzle and the words of its rows; a sum with parts missing is only a limit."""
    ordered = [one for one in sums if one[3]] + [one for one in sums if not one[3]]
    whole = sum(one[3] for one in sums)
    size = len(numbers)
    entries = [
        (sign, row, one)
        for row, (total, parts, _, _) in enumerate(ordered)
        for sign, one in ((-1.0, total), *((1.0, part) for part in parts))
    ]
    sign, row, one = (np.array(part) for part in zip(*entries, strict=True)) if entries else (
        np.empty(0), np.empty(0, int), np.empty(0, int))  # fmt: skip
    matrix = csr_array(coo_array((sign, (row, one)), shape=(len(ordered), size)))
    puzzle = Puzzle(
        csr_array(matrix[:whole]),
        np.zeros(whole),
        csr_array(matrix[whole:]),
        np.zeros(len(ordered) - whole),
        np.full(size, float(structure.k)),
        np.where(np.isnan(numbers), COVER, FREE),
        numbers,
    )
    return puzzle, [one[2] for one in ordered]


def _computed(table: Table, puzzle: Puzzle, ranges: Ranges, rows: list[str]) -> list[AuditFinding]:
    """Return a finding for each number whose range is too narrow, or not settled."""
    every = [csr_array(puzzle.equal.T), csr_array(puzzle.most.T)]
    first = puzzle.equal.shape[0]
    findings = []
    for one in np.flatnonzero(~ranges.proven):
        equal, most = (part.indices[part.indptr[one] : part.indptr[one + 1]] for part in every)
        words = sorted({rows[row] for row in (*equal, *(first + most))})
        width = round(max(float(ranges.high[one] - ranges.low[one]), 0.0), 3)
        kind = "computable" if ranges.exact[one] else "unproven"
        findings.append(AuditFinding(kind, (table.keys[one],), tuple(words), width))
    return findings
