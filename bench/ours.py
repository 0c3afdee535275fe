"""Load, validate and aggregate the bench's instance: `python -m bench.ours FOLDER OUT`."""

import sys
from datetime import date
from pathlib import Path

from pipelines.aggregate import aggregate
from pipelines.load import load
from pipelines.validate import validate
from pipelines.working import working_database
from tilannehuone.instance import open_instance


def main(folder: Path, out: Path) -> None:
    instance = open_instance(folder)
    with working_database(instance) as working:
        load(working, instance)
        validate(working, instance)
        failed = aggregate(working, instance, date.today())
        if failed:
            raise SystemExit(f"failed: {failed}")
        working.execute(f"""copy (
            select indicator_id, area_code, period_type, period_start, breakdown, category,
                numerator, denominator, value from unsafe_cells where status = 'ok' order by all
        ) to '{out}' (format parquet)""")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
