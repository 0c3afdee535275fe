"""The trend page, redrawn for another area, as a share of its first drawing in the same process.

`python -m bench.trend` runs the page over the demo's current release, without a browser.
"""

import os
import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]
AREAS = ("tuira", "564", "pateniemi", "oulunsalo", "pohde", "kiiminki_jaali", "maikkula", "244")
ROUNDS = 3


def main() -> None:
    os.environ["TILANNEHUONE_INSTANCE"] = str(ROOT)
    page = AppTest.from_file(str(ROOT / "pages/trend.py"), default_timeout=60)
    page.query_params["area"] = "kaakkuri"
    page.query_params["indicator"] = "cp_notifications_rate"
    start = time.perf_counter()
    page.run()
    first = time.perf_counter() - start
    print("| redrawn for another area | median | worst | median to first drawing |")
    print("|---|---|---|---|")
    for number in range(1, ROUNDS + 1):
        seconds = []
        for area in AREAS:
            start = time.perf_counter()
            page.selectbox(key="pick.area").select(area).run()
            seconds.append(time.perf_counter() - start)
            if page.exception:
                raise SystemExit(f"{area}: {page.exception}")
        middle = statistics.median(seconds)
        print(
            f"| round {number} | {1000 * middle:.0f} ms | {1000 * max(seconds):.0f} ms "
            f"| {middle / first:.3f} |"
        )


if __name__ == "__main__":
    main()
