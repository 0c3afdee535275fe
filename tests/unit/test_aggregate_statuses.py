"""What delivered marks and absent rows make of a cell, where the real publishers' files do it."""

from datetime import date

import pandas as pd
import pytest
from small_world import AREAS, a_source, an_indicator, at, cells_of

TOWNS = AREAS[AREAS["parent_code"] == "north"].assign(parent_code=None)
SOON = date(2024, 2, 10)


def waits(rows, **changes):
    """A monthly source: rows of area, month, service, seen, late; a text is a mark."""
    frame = pd.DataFrame(rows, columns=["area_code", "month", "service", "seen", "late"])
    for one in ("seen", "late"):
        marked = frame[one].map(lambda given: isinstance(given, str))
        frame[f"{one}__status"] = frame[one].where(marked, None).astype("object")
        frame[one] = pd.to_numeric(frame[one].where(~marked), errors="coerce")
    frame["in_time"] = frame["seen"] - frame["late"]
    frame["period_type"] = "month"
    frame["period_start"] = [date(2024, one, 1) for one in frame["month"]]
    frame["file_id"], frame["line"] = 1, range(len(frame))
    entry = {
        "shape": "aggregate",
        "absent_rows": "missing",
        "columns": {
            "month": {"type": "integer"},
            "service": {"type": "category"},
            "seen": {"type": "integer"},
            "late": {"type": "integer"},
        },
        "derived": {"in_time": "seen - late"},
        "area": {"column": "service"},
        "period": {"column": "month", "type": "month"},
        "date": None,
    }
    return frame, a_source(**entry | changes)


def share(**changes):
    entry = {
        "kind": "proportion",
        "numerator": {"from": "waits", "sum": "in_time"},
        "denominator": {"from": "waits", "sum": "seen"},
        "levels": ["town"],
    }
    return an_indicator(**entry | changes)


@pytest.mark.parametrize(
    ("seen", "late", "status"),
    [(10, 3, "ok"), (10, "c", "c"), ("x", 3, "x"), ("c", "x", "c"), ("z", "z", "z"), (0, 0, "z")],
)
def test_a_derived_column_that_is_no_number_says_why_as_its_columns_do(seen, late, status):
    frame, source = waits([("n1", 1, "visit", seen, late), ("n2", 1, "visit", 8, 4)])

    cells, failed = cells_of({"waits": frame}, {"waits": source}, [share()], TOWNS)

    assert failed == []
    cell = at(cells, "n1", "month", date(2024, 1, 1)).iloc[0]
    assert cell["status"] == status
    assert status != "ok" or (cell["numerator"], cell["denominator"]) == (7, 10)


def test_what_does_not_apply_is_not_missing_though_its_denominator_is():
    frame, source = waits([("n1", 1, "visit", "x", "z"), ("n2", 1, "visit", "x", 2)])
    late = share(numerator={"from": "waits", "sum": "late"})

    cells, _ = cells_of({"waits": frame}, {"waits": source}, [late], TOWNS, SOON)

    statuses = dict(zip(cells["area_code"], cells["status"], strict=True))
    assert statuses == {"n1": "z", "n2": "x"}


def test_a_month_delivered_for_other_services_only_leaves_the_quarter_incomplete():
    rows = [("n1", month, "visit", 10, 2) for month in (1, 2, 3)]
    rows += [("n1", month, "call", 5, 1) for month in (1, 3)]
    frame, source = waits(rows)
    calls = an_indicator(
        numerator={"from": "waits", "sum": "seen", "where": "service = 'call'"}, levels=["town"]
    )

    cells, _ = cells_of({"waits": frame}, {"waits": source}, [calls], TOWNS)

    assert at(cells, "n1", "quarter", date(2024, 1, 1))["status"].tolist() == ["x"]
    months = at(cells, "n1", "month", date(2024, 1, 1), date(2024, 3, 1)).sort_values(
        "period_start"
    )
    assert months["status"].tolist() == ["ok", "x", "ok"]


def test_a_town_delivered_for_other_services_only_leaves_its_county_incomplete():
    rows = [("n1", 1, "visit", 10, 2), ("n2", 1, "visit", 9, 2), ("n1", 1, "call", 5, 1)]
    frame, source = waits(rows)
    calls = an_indicator(
        numerator={"from": "waits", "sum": "seen", "where": "service = 'call'"},
        levels=["town", "county"],
    )

    cells, _ = cells_of({"waits": frame}, {"waits": source}, [calls], as_of=SOON)

    months = cells[cells["period_type"] == "month"].set_index("area_code")["status"]
    assert (months["n1"], months["n2"], months["north"]) == ("ok", "x", "x")
