"""The data steward's list of rejected rows: a local CSV, made to be opened in a spreadsheet."""

import csv
from pathlib import Path

import duckdb

from pipelines.quality.faults import has_table
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, catalogue, text

FILE_NAME = "quarantine.csv"
COLUMNS = ("file", "line", "column", "reason", "value")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_quarantine_csv(
    working: duckdb.DuckDBPyConnection, folder: Path, lang: str = DEFAULT_LANGUAGE
) -> Path | None:
    """Write the rejected rows to `folder`/quarantine.csv; None, and no file, when there are none.

    UTF-8 with a byte order mark, semicolons: opens in a Finnish spreadsheet as it is. A value
    stands only where the loader or a rule let it, which they do for no column that can be
    personal. The file never enters a release.
    """
    path = folder / FILE_NAME
    rows = _rows(working, lang)
    if not rows:
        path.unlink(missing_ok=True)  # last run's list would mislead
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([text(f"faults.quarantine_{one}", lang) for one in COLUMNS])
        writer.writerows(
            [file_name, line, column, _reason(reason, message, lang), _inert(value)]
            for file_name, line, column, reason, message, value in rows
        )
    return path


def _rows(working: duckdb.DuckDBPyConnection, lang: str) -> list[tuple[object, ...]]:
    words = f"rules.message_{lang}" if lang in LANGUAGES and has_table(working, "rules") else "null"
    join = "left join rules using (source, reason)" if words != "null" else ""
    return working.execute(
        f"""select files.name, line, column_name, reason, {words}, value
            from quarantine left join files using (source, file_id) {join}
            order by files.name, line, column_name"""  # noqa: S608
    ).fetchall()


def _reason(code: object, message: object, lang: str) -> str:
    """Return a reason in words: the rule's own, the catalogue's, or the code as it is."""
    return str(message or catalogue(lang).get(f"faults.reason_{code}") or code)


def _inert(value: object) -> str:
    """Return a value that no spreadsheet runs as a formula; a negative number stays one."""
    shown = "" if value is None else str(value)
    is_number = shown.lstrip("+-").replace(",", "").replace(".", "").isdigit()
    return f"'{shown}" if shown.startswith(FORMULA_SIGNS) and not is_number else shown
