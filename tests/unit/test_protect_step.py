"""The step: every cell comes out once, hidden ones empty, and what it cannot judge is refused."""

import json

import numpy as np
import pandas as pd
import pytest
from lattice import lattice
from released import PLACES, registry, working

from pipelines.protect import protect_cells
from tilannehuone.errors import PublishRefused


@pytest.fixture
def table():
    draw = np.random.default_rng(3)
    return lattice(draw.poisson(7.0, (5, 6, 2)), PLACES, ("month", "quarter", "half_year"))


def test_every_cell_comes_out_once_and_hidden_ones_hold_no_number(table):
    connection = working(table.cells)

    told = protect_cells(connection, registry(), table.areas)

    cells = connection.execute("from cells").df()
    hidden = cells["status"] == "c"
    assert len(cells) == len(table.cells)
    assert hidden.sum() == told["hidden"] == told["primary"] + told["complementary"]
    numbers = ["numerator", "denominator", "value", "lower95", "upper95"]
    assert cells.loc[hidden, numbers].isna().all(axis=None)
    assert cells.loc[~hidden, "value"].ge(5).all()


def test_the_report_tells_totals_and_k(table):
    told = protect_cells(working(table.cells), registry(k_min=7), table.areas)

    assert told["k"] == {"a": 7}
    assert told["proven"] is True
    json.dumps(told)


def test_an_open_cell_without_its_number_refuses_the_release(table):
    cells = table.cells.assign(numerator=table.cells["numerator"].where(table.cells.index > 0))

    with pytest.raises(PublishRefused, match="protect_without_number"):
        protect_cells(working(cells), registry(), table.areas)


def test_a_measure_without_a_rule_refuses_the_release(table):
    with pytest.raises(PublishRefused, match="protect_no_rule"):
        protect_cells(working(table.cells.assign(indicator_id="b")), registry(), table.areas)


def test_an_unknown_status_refuses_the_release(table):
    with pytest.raises(PublishRefused, match="protect_unknown_status"):
        protect_cells(working(table.cells.assign(status="?")), registry(), table.areas)


def test_nothing_to_measure_is_hidden_like_any_small_number(table):
    share = table.cells.assign(denominator=table.cells["numerator"] * 2)
    empty = share["area_code"] == "m1"
    share.loc[empty, ["numerator", "denominator", "value"]] = np.nan
    share.loc[empty, "status"] = "z"
    connection = working(share)

    protect_cells(connection, registry(kind="proportion"), table.areas)

    status = connection.execute("select distinct status from cells where area_code = 'm1'")
    assert status.fetchall() == [("c",)]


def test_an_area_that_did_not_exist_stays_not_applicable(table):
    share = table.cells.assign(denominator=table.cells["numerator"] * 2)
    empty = share["area_code"] == "m1"
    share.loc[empty, ["numerator", "denominator", "value"]] = np.nan
    share.loc[empty, "status"] = "z"
    areas = table.areas.copy()
    areas.loc[areas["area_code"] == "m1", "valid_to"] = pd.Timestamp("2023-12-31")
    connection = working(share)

    protect_cells(connection, registry(kind="proportion"), areas)

    status = connection.execute("select distinct status from cells where area_code = 'm1'")
    assert status.fetchall() == [("z",)]
