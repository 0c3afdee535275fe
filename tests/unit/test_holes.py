"""The deliverer's own holes: hidden numbers that follow from what is shown beside them."""

from datetime import date
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest
from small_world import AREAS, an_indicator

from pipelines.quality.holes import check_holes
from tilannehuone.areas import paths

KEYS = ["area_code", "breakdown", "category", "status"]


def found_in(cells):
    frame = pd.DataFrame(cells, columns=KEYS).assign(
        indicator_id="visits", period_type="year", period_start=date(2024, 1, 1)
    )
    working = duckdb.connect(":memory:")
    working.register("frame", frame)
    working.execute("create table unsafe_cells as select * from frame")
    working.register("reaches", paths(AREAS))
    working.execute("create table area_paths as select * from reaches")
    check_holes(working, SimpleNamespace(indicators=[an_indicator()]))
    return working.execute("select success, observed, unexpected_count from checks").fetchall()


def towns(*statuses):
    codes = ["n1", "n2", "s1", "north", "south", "fi"]
    return [(code, "all", "all", one) for code, one in zip(codes, statuses, strict=True)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (towns("ok", "ok", "ok", "ok", "ok", "ok"), []),
        (towns("c", "ok", "ok", "ok", "ok", "ok"), [(False, "1/1", 1)]),
        (towns("c", "ok", "ok", "c", "ok", "ok"), [(False, "2/2", 2)]),
        (towns("c", "c", "ok", "ok", "ok", "ok"), [(True, "0/2", 0)]),
        (towns("c", "x", "ok", "ok", "ok", "ok"), [(True, "0/1", 0)]),
        (towns("c", "ok", "c", "c", "c", "ok"), [(True, "0/4", 0)]),
    ],
)
def test_a_hidden_area_alone_under_a_shown_one_is_a_hole(cells, expected):
    assert found_in(cells) == expected


def test_a_hidden_category_alone_beside_shown_ones_is_a_hole():
    cells = [
        ("n1", "all", "all", "ok"),
        ("n1", "sex", "girls", "c"),
        ("n1", "sex", "boys", "ok"),
        ("n2", "all", "all", "ok"),
        ("n2", "sex", "girls", "c"),
        ("n2", "sex", "boys", "c"),
    ]
    assert found_in(cells) == [(False, "1/3", 1)]
