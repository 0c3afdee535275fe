"""Delivered files with clearly fewer rows than in the last release: told to the steward.

A file whose transfer was cut between two rows is a sound file. Nothing in it tells that rows are
lacking; the last release does, where the same name had more. That may be right (rows were taken
back, or a file of the running year began anew), so it is a warning and no refusal.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.account import digest_key, keyed
from pipelines.hundreds import FULL, hundreds
from pipelines.quality.results import Recorder, create_tables, told
from tilannehuone import store
from tilannehuone.errors import ReleaseMissing
from tilannehuone.hindered import insist
from tilannehuone.instance import Placed

EXPECTATION = "file_has_not_shrunk"

LEAST = 300
"""Rows under which a file is too small for a tenth of it to say anything."""

LOADED = "select source, name, rows_read, sha256 from files where state = 'loaded' order by all"


@dataclass(frozen=True, slots=True)
class Before:
    """A loaded file as the last release tells it."""

    rows: int  # in full hundreds, upwards
    digest: str | None
    was_told: bool  # to have shrunk already then


def files_before(release: Path | None) -> dict[tuple[str, str], Before]:
    """Return the loaded files of a release by source and name; none where it tells of none.

    What is wrong with a release that cannot be read is said by those who cannot do without it.
    """
    if release is None:
        return {}
    try:
        with store.open_release(release) as opened:
            files = store.fetch(opened, store.FACTS).iloc[0].get("sources")
            checks = store.fetch(opened, store.CHECKS)
    except (ReleaseMissing, duckdb.Error) as error:
        insist(error)
        return {}
    of_this = checks[checks["expectation"].eq(EXPECTATION)]
    shrunk = set(zip(of_this["source"], of_this["file"], strict=True))
    found = json.loads(files) if isinstance(files, str) else []
    known = [one for one in found if one.get("state") == "loaded" and _rows(one)]
    places = [(one["source"], one["file"]) for one in known]
    return {
        place: Before(_rows(one), _digest(one), place in shrunk)
        for place, one in zip(places, known, strict=True)
    }


def check_shrunk(
    working: duckdb.DuckDBPyConnection,
    instance: Placed,
    before: Mapping[tuple[str, str], Before],
) -> None:
    """Enter in `checks` each loaded file that has clearly fewer rows than `before`.

    A file that was told to have shrunk is told again as long as it is the same one: the release
    that it is compared with holds no more rows than it does, and still it may have been cut.
    """
    create_tables(working)
    if not before:
        return
    key = digest_key(instance.work)
    for source, file, rows, sha256 in working.execute(LOADED).fetchall():
        then = before.get((source, file))
        if then is None:
            continue
        still = then.was_told and then.digest == keyed(sha256, key)
        if still or has_shrunk(then.rows, hundreds(rows, even_none=True)):
            message = told("check_shrunk", file=file)
            Recorder(working, source).record(EXPECTATION, "warning", False, message, file=file)


def has_shrunk(then: int, now: int) -> bool:
    """Tell whether at least a tenth of a file's rows is gone, whatever the hundreds stand for.

    Both are rows in full hundreds, upwards: what is told of a file follows from what its two
    releases tell of it anyway. Of 901 … 1 000 rows at least 901 were there.

    >>> has_shrunk(1_000, 900), has_shrunk(1_000, 800), has_shrunk(300, 100)
    (False, True, False)
    """
    least = then - FULL + 1
    return least >= LEAST and 10 * now < 9 * least


def _rows(file: Mapping[str, Any]) -> int:
    rows = file.get("rows_read")
    return rows if isinstance(rows, int) else 0


def _digest(file: Mapping[str, Any]) -> str | None:
    digest = file.get("digest")
    return digest.get("value") if isinstance(digest, dict) else None
