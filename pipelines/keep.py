"""What a measure that could not be computed keeps showing: its last cells, marked late."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from tilannehuone.release import TABLES

HAS_PLAN = """select 1 from duckdb_tables()
    where database_name = 'previous' and table_name = 'plan'"""


def keep_last_cells(
    working: duckdb.DuckDBPyConnection, previous: Path | None, indicator_ids: Sequence[str]
) -> None:
    """Add the measures' cells of the previous release to `cells`; open ones become late (o).

    Their curves stay offered as they were.

    Hidden cells stay hidden and hold no number. Without a previous release nothing is kept.
    """
    if previous is None or not indicator_ids:
        return
    columns = [one.split()[0] for one in TABLES["cells"].replace("\n", " ").split(", ")]
    kept = ", ".join(f"case when status = 'ok' then 'o' else status end as {one}"
                     if one == "status" else one for one in columns)  # fmt: skip
    cursor = working.cursor()
    cursor.execute("attach ? as previous (read_only)", [str(previous)])
    try:
        cursor.execute(
            f"insert into cells by name select {kept} from previous.cells "  # noqa: S608
            "where list_contains($ids, indicator_id)",
            {"ids": list(indicator_ids)},
        )
        if cursor.execute(HAS_PLAN).fetchall():
            cursor.execute(
                "insert into plan by name select * from previous.plan "
                "where list_contains($ids, indicator_id)",
                {"ids": list(indicator_ids)},
            )
    finally:
        cursor.execute("detach previous")
