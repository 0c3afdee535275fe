"""What a release tells of what was delivered: its files, the checks made, the rows rejected.

Nothing here may count people: rows are told in hundreds (`pipelines.hundreds`), and one file is
told from another by a digest under the instance's own key. A plain digest of a small file could be
undone by trying the few numbers that it can hold.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

import duckdb

from pipelines.hundreds import hundreds, observed
from tilannehuone.instance import Instance
from tilannehuone.sources import Source

ROWS = ("rows_read", "rows_loaded", "rows_quarantined", "totals_dropped", "rows_other")

COUNTED_BY = ("rows_read", "rows_loaded", "rows_other")
"""Rows that people are counted by: here, or (the other rows) by another source of the file."""

FILES = f"""select source, name as file, sha256, encoding, {", ".join(ROWS)}, state
    from files order by source, name"""  # noqa: S608

CHECKS = """select source, file, expectation, severity, success, observed, unexpected_count,
    message_fi, message_sv, message_en from checks order by all"""

REJECTED = """select q.source, f.name, q.reason, count(*) from quarantine q
    join files f using (file_id) group by all order by all"""

ENCODING = "encoding"
KEY_FILE = "digest.key"
ALGORITHM = "hmac-sha256"


def told_files(working: duckdb.DuckDBPyConnection, instance: Instance) -> list[dict[str, Any]]:
    """Return every delivered file: its digest, its encoding, and where its rows went."""
    found = working.cursor().execute(FILES)
    names = [one[0] for one in found.description or ()]
    key = digest_key(instance.work)
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [_file(row, instance.sources[row["source"]], key) for row in rows]


def told_checks(working: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return the rows of the release's table `checks`."""
    return [
        (
            *(source, file, expectation, severity, success),
            seen if expectation == ENCODING else observed(seen),
            None if count is None else hundreds(count),
            *messages,
        )
        for source, file, expectation, severity, success, seen, count, *messages in (
            working.cursor().execute(CHECKS).fetchall()
        )
    ]


def told_rejected(working: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return the rows of the release's table `quarantine_summary`."""
    found = working.cursor().execute(REJECTED).fetchall()
    return [(*where, hundreds(count)) for *where, count in found]


def _file(row: dict[str, Any], source: Source, key: bytes) -> dict[str, Any]:
    plain = row.pop("sha256")
    counting = COUNTED_BY if source.where else COUNTED_BY[:2]
    loaded = row["state"] == "loaded"
    rows = {one: hundreds(row[one] or 0, even_none=loaded and one in counting) for one in ROWS}
    return {
        **row,
        **rows,
        "digest": {"algorithm": ALGORITHM, "value": keyed(plain, key)},
        "title": source.title.model_dump() if source.title else None,
    }


def keyed(sha256: str, key: bytes) -> str:
    """Return the digest of a file as published: of its SHA-256 in hexadecimal, under `key`.

    Whoever has both the key and a file can tell whether it is the one; nobody else can.
    """
    return hmac.new(key, sha256.encode(), hashlib.sha256).hexdigest()


def digest_key(folder: Path) -> bytes:
    """Return the instance's key for digests, made once in its working folder for its owner alone.

    In a new working folder files get other digests; nothing else depends on the key.
    """
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fresh, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
    return bytes.fromhex(path.read_text(encoding="ascii"))
