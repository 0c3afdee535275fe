"""Load, validate and aggregate the bench's instance: `python -m bench.ours FOLDER OUT`."""

import sys
from datetime import date
from pathlib import Path

from pyarrow import parquet

from pipelines.aggregate import aggregate
from pipelines.extracts.unread import unread_columns
from pipelines.load import load
from pipelines.validate import prepare, validate
from pipelines.working import working_database
from tilannehuone.instance import open_instance


def main(folder: Path, out: Path) -> None:
    instance = open_instance(folder)
    with working_database(instance) as working:
        unread = unread_columns(instance.registry.indicators, instance.sources)
        prepare(instance)
        load(working, instance, unread=unread)
        validate(working, instance)
        failed = aggregate(working, instance, date.today())
        if failed:
            raise SystemExit(f"failed: {failed}")
        # the working database may not write there
        cells = working.execute("""
            select indicator_id, area_code, period_type, period_start, breakdown, category,
                numerator, denominator, value from unsafe_cells where status = 'ok' order by all
        """).to_arrow_table()
    parquet.write_table(cells, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
