"""Aggregation against a naive oracle, and the traps of the domain one by one."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from naive_cells import naive_value, spans_of
from small_world import (
    FIRST,
    LAST,
    NAME,
    UNDER,
    a_source,
    an_indicator,
    at,
    cells_of,
    some_events,
    yearly,
)

from pipelines.cells.spans import published_types

PARTS = {
    "count": {"numerator": {"from": "visits", "count": "rows", "where": "service = 'visit'"}},
    "sum": {"numerator": {"from": "visits", "sum": "days"}},
    "distinct": {
        "kind": "distinct_rate",
        "numerator": {"from": "visits", "distinct": "person"},
        "denominator": {"from": "visits", "count": "rows"},
    },
    "median": {"kind": "median", "numerator": {"from": "visits", "median": "days"}},
}


@pytest.mark.parametrize("anchor", ["jan", "apr"])
@pytest.mark.parametrize("aggregate_name", PARTS)
def test_every_cell_agrees_with_plain_loops(aggregate_name, anchor):
    events = some_events()
    indicator = an_indicator(
        **PARTS[aggregate_name],
        half_year_anchor=anchor,
        breakdowns=[{"column": "service", "name": NAME}],
    )

    cells, failed = cells_of({"visits": events}, {"visits": a_source()}, [indicator])

    assert failed == []
    found = cells.set_index(["area_code", "period_type", "period_start", "breakdown", "category"])
    rows = events.to_dict("records")
    spans = spans_of(published_types(indicator), anchor, FIRST, LAST)
    splits = [("all", "all"), ("service", "visit"), ("service", "call")]
    if aggregate_name == "count":
        splits = splits[:2]
    for area, inside in UNDER.items():
        for kind, start, end in spans:
            for breakdown, category in splits:
                only = {} if breakdown == "all" else {breakdown: category}
                value, count = naive_value(rows, indicator, inside, start, end, only)
                cell = found.loc[(area, kind, pd.Timestamp(start), breakdown, category)]
                number = cell["value"] if aggregate_name == "median" else cell["numerator"]
                if count or aggregate_name in ("count", "sum"):
                    assert cell["status"] == "ok"
                    assert number == value
                else:
                    assert cell["status"] == "z"
    assert len(found) >= len(UNDER) * len(spans) * len(splits)
    assert not found.index.duplicated().any()


def test_a_rolling_window_is_the_sum_of_its_months():
    events = some_events()
    cells, _ = cells_of(
        {"visits": events}, {"visits": a_source()}, [an_indicator(rolling=3), an_indicator(id="m")]
    )

    rolling = cells[cells["indicator_id"] == "visits"]
    window = at(rolling, "n1", "rolling3", "2024-03-01")
    months = at(cells[cells["indicator_id"] == "m"], "n1", "month", "2024-03-01", "2024-05-01")

    assert window["value"].item() == months["value"].sum()
    assert "month" not in set(rolling["period_type"])


def test_a_quiet_month_inside_a_file_is_zero_but_a_month_without_a_file_is_missing():
    events = some_events()
    july = events["day"].map(lambda day: (day.year, day.month) == (2024, 7))
    quiet = events[~july]
    two_files = quiet.assign(file_id=np.where(quiet["day"] < date(2024, 7, 1), 1, 2))

    one, _ = cells_of({"visits": quiet}, {"visits": a_source()}, [an_indicator()])
    two, _ = cells_of({"visits": two_files}, {"visits": a_source()}, [an_indicator()])

    month, quarter = ("n1", "month", "2024-07-01"), ("n1", "quarter", "2024-07-01")
    assert at(one, *month)[["status", "value"]].to_numpy().tolist() == [["ok", 0.0]]
    assert at(two, *month)["status"].item() == "x"
    assert at(two, *quarter)["status"].item() == "x"


def test_what_was_due_and_did_not_come_is_late_and_what_is_not_due_is_absent():
    cells, _ = cells_of(
        {"visits": some_events()}, {"visits": a_source()}, [an_indicator(lag_days=5)],
        as_of=date(2025, 3, 20),
    )  # fmt: skip

    months = cells.query("area_code == 'n1' and period_type == 'month'")
    status = months.set_index("period_start")["status"]
    assert status.loc["2024-12-01"] == "ok"
    assert status.loc["2025-01-01":].tolist() == ["o", "o"]


def test_a_cohort_counts_when_its_window_closes_and_only_whole_cohorts_count():
    events = some_events()
    cells, _ = cells_of({"visits": events}, {"visits": a_source()}, [an_indicator(cohort_days=14)])

    month = cells.query("area_code == 'fi' and period_type == 'month'").set_index("period_start")
    window = events["day"].between(date(2024, 2, 16), date(2024, 3, 17))
    assert month.loc["2024-03-01", "value"] == window.sum()
    assert str(month.index.min().date()) == "2023-02-01"
    assert str(month.index.max().date()) == "2024-12-01"


def test_an_area_never_delivered_is_not_available_and_neither_is_its_parent():
    events = some_events().query("area_code == 'n1'")
    cells, _ = cells_of({"visits": events}, {"visits": a_source()}, [an_indicator()])

    status = cells.query("period_type == 'year'").groupby("area_code")["status"].unique().str[0]
    assert status.to_dict() == {
        "n1": "ok", "n2": "x", "s1": "x", "north": "x", "south": "x", "fi": "x",
    }  # fmt: skip


def test_each_year_has_its_own_population_and_the_next_year_borrows_the_last():
    people, source = yearly(
        [(area, 2023, n) for area, n in (("n1", 1000), ("n2", 500), ("s1", 200))]
    )
    rate = an_indicator(
        kind="rate", scale=1000, denominator={"from": "people", "sum": "people", "carry_years": 1}
    )
    tables = {"visits": some_events(), "people": people}
    cells, failed = cells_of(tables, {"visits": a_source(), "people": source}, [rate])

    assert failed == []
    months = cells.query("area_code == 'north' and period_type == 'month'")
    assert set(months["denominator"]) == {1500.0}
    one = months.iloc[0]
    assert one["value"] == pytest.approx(1000 * one["numerator"] / 1500)


def test_a_hidden_child_hides_its_parent_and_a_missing_child_makes_it_incomplete():
    people, source = yearly(
        [("n1", 2022, 10.0), ("n2", 2022, None), ("s1", 2022, 5.0), ("n1", 2023, 10.0),
         ("s1", 2023, 6.0), ("n1", 2024, 1.0), ("n2", 2024, 2.0), ("s1", 2024, 3.0)]
    )  # fmt: skip
    count = an_indicator(numerator={"from": "people", "sum": "people"}, period="year",
                         cadence="years")  # fmt: skip
    cells, failed = cells_of({"people": people}, {"people": source}, [count])

    assert failed == []
    status = cells.pivot_table(
        index="area_code", columns="period_start", values="status", aggfunc="first"
    )
    status.columns = [one.year for one in status.columns]
    assert status.loc["n2"].tolist() == ["c", "x", "ok"]
    assert status.loc["north"].tolist() == ["c", "x", "ok"]
    assert status.loc["south"].tolist() == ["ok", "ok", "ok"]
    assert status.loc["fi"].tolist() == ["c", "x", "ok"]


def test_an_area_and_its_parent_in_one_extract_stop_the_measure_instead_of_counting_twice():
    people, source = yearly([("n1", 2023, 10), ("north", 2023, 25)])
    count = an_indicator(numerator={"from": "people", "sum": "people"}, period="year",
                         cadence="years")  # fmt: skip
    cells, failed = cells_of(
        {"people": people},
        {"people": source},
        [
            count,
        ],
    )

    assert cells.empty
    assert [one.fault.key for one in failed] == ["parent_and_child"]


def test_delivered_levels_are_used_as_delivered():
    people, source = yearly(
        [("n1", 2023, 10), ("north", 2023, 25)],
        area={"column": "year", "roll_up": False},
    )
    count = an_indicator(numerator={"from": "people", "sum": "people"}, period="year",
                         cadence="years")  # fmt: skip
    cells, _ = cells_of({"people": people}, {"people": source}, [count])

    cells = cells[cells["status"] != "o"]
    values = cells.set_index("area_code")["value"]
    assert (values["n1"], values["north"]) == (10, 25)
    assert cells.set_index("area_code").loc["fi", "status"] == "x"


def test_one_measures_broken_predicate_stops_no_other():
    broken = an_indicator(
        id="broken", numerator={"from": "visits", "count": "rows",
                                "where": "cast(service as integer) = 1"},
    )  # fmt: skip
    cells, failed = cells_of(
        {"visits": some_events()}, {"visits": a_source()}, [broken, an_indicator()]
    )

    assert [one.indicator_id for one in failed] == ["broken"]
    assert set(cells["indicator_id"]) == {"visits"}


def test_a_part_greater_than_its_whole_is_unreliable_and_never_a_number():
    share = an_indicator(
        kind="proportion",
        numerator={"from": "visits", "sum": "days"},
        denominator={"from": "visits", "count": "rows"},
    )
    cells, _ = cells_of({"visits": some_events()}, {"visits": a_source()}, [share])

    assert set(cells["status"]) == {"u"}
    assert cells["value"].isna().all()
