"""The data steward's list of what the auditor refused: a local CSV, for a spreadsheet."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.auditing.faults import KEY
from tilannehuone.texts import DEFAULT_LANGUAGE, text

if TYPE_CHECKING:
    from pipelines.audit import AuditFinding

FILE_NAME = "audit.csv"


def write_audit_csv(
    findings: Sequence["AuditFinding"], folder: Path, lang: str = DEFAULT_LANGUAGE
) -> Path | None:
    """Write the findings to `folder`/audit.csv; None, and no file, when there are none.

    One row a cell: what is wrong in words, the cell's keys, the sums that give it away. No number
    stands there, neither of a cell nor of its range. The file never enters a release. UTF-8 with
    a byte order mark, semicolons: opens in a Finnish spreadsheet as it is.
    """
    path = folder / FILE_NAME
    if not findings:
        path.unlink(missing_ok=True)  # the last refusal's list would mislead
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        keys = KEY.split(", ")
        writer.writerow(["finding", *keys, "sums"])
        for one in findings:
            words = text(f"cli.audit_{one.kind}", lang)
            for cell in one.cells:
                place = [*cell, *[""] * len(keys)][: len(keys)]  # a count of rows has no six keys
                writer.writerow([words, *place, ", ".join(one.relations)])
    return path
