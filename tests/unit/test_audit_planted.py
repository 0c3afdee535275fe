"""Every sum a stranger can subtract: the planted leak is found, its protected twin passes."""

import pytest
from written import Written, cell, measure, months, part, place, places

from pipelines.audit import audit_release

TREE = places({"C": ["A", "B", "D"]})


def found(tmp_path, written, **more):
    return audit_release(written.to(tmp_path / "20250101T000000Z.duckdb"), **more)


def over_areas(hidden):
    values = {"C": 41, "A": 20, "B": 18, "D": 3}
    return Written([cell(one, value, hidden=one in hidden) for one, value in values.items()], TREE)


def over_categories(hidden):
    cells = [cell("A", 41)] + [
        cell("A", value, split="age", category=name, hidden=name in hidden)
        for name, value in {"0-6": 20, "7-12": 18, "13-17": 3}.items()
    ]
    return Written(cells, TREE)


def over_periods(upper, lower, starts, values, first, hidden):
    cells = [cell("A", sum(values), period=upper, start=first)]
    cells += [
        cell("A", value, period=lower, start=start, hidden=at in hidden)
        for at, (start, value) in enumerate(zip(starts, values, strict=True))
    ]
    return Written(cells, TREE)


PERIODS = {
    "months of a quarter": ("quarter", "month", ["2024-01-01", "2024-02-01", "2024-03-01"],
                            [7, 3, 9], "2024-01-01"),
    "quarters of a half": ("half_year", "quarter", ["2024-01-01", "2024-04-01"], [9, 3],
                           "2024-01-01"),
    "quarters of an April half": ("half_year", "quarter", ["2024-04-01", "2024-07-01"], [9, 3],
                                  "2024-04-01"),
    "quarters of a winter half": ("half_year", "quarter", ["2023-10-01", "2024-01-01"], [9, 3],
                                  "2023-10-01"),
    "halves of a year": ("year", "half_year", ["2024-01-01", "2024-07-01"], [9, 3], "2024-01-01"),
    "months of a window": ("rolling3", "month", ["2024-02-01", "2024-03-01", "2024-04-01"],
                           [7, 3, 9], "2024-02-01"),
    "a window of a quarter": ("quarter", "rolling3", ["2024-01-01"], [9], "2024-01-01"),
}  # fmt: skip


@pytest.mark.parametrize(("hidden", "leaks"), [("D", True), ("BD", False)])
@pytest.mark.parametrize("build", [over_areas, over_categories])
def test_one_hidden_part_is_subtracted_and_two_are_not(tmp_path, build, hidden, leaks):
    names = {"D": "13-17", "B": "7-12"} if build is over_categories else {}
    report = found(tmp_path, build([names.get(one, one) for one in hidden]))

    kinds = [one.kind for one in report.findings]
    assert kinds == (["computable"] if leaks else [])
    assert all(one.width == 0 for one in report.findings)


@pytest.mark.parametrize("what", PERIODS)
def test_a_hidden_period_is_subtracted_from_a_longer_one(tmp_path, what):
    upper, lower, starts, values, first = PERIODS[what]
    small = values.index(min(values))
    report = found(tmp_path, over_periods(upper, lower, starts, values, first, [small]))

    assert [one.kind for one in report.findings] == ["computable"]
    assert f"time: {upper} of {lower}" in report.findings[0].relations


@pytest.mark.parametrize("what", [one for one, told in PERIODS.items() if len(told[2]) > 1])
def test_two_hidden_periods_protect_each_other(tmp_path, what):
    upper, lower, starts, values, first = PERIODS[what]
    hidden = [values.index(min(values)), values.index(max(values))]

    assert found(tmp_path, over_periods(upper, lower, starts, values, first, hidden)).ok


def test_both_halves_of_a_year_are_taken_from_january_and_from_april(tmp_path):
    """Four quarters: the halves from January and the one from April share two of them."""
    starts = ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"]
    values = [30, 3, 8, 30]
    cells = [cell("A", v, period="quarter", start=s, hidden=v < 10)
             for v, s in zip(values, starts, strict=True)]  # fmt: skip
    april = cell("A", 11, period="half_year", start="2024-04-01")
    january = cell("A", 33, period="half_year", start="2024-01-01")

    assert found(tmp_path, Written([*cells, april], TREE)).ok
    report = audit_release(
        Written([*cells, april, january], TREE).to(tmp_path / "20250102T000000Z.duckdb")
    )
    assert {one.cells[0][3] for one in report.findings} == {"2024-04-01", "2024-07-01"}


def test_overlapping_windows_are_taken_from_each_other(tmp_path):
    """Twelve windows of three months over hidden months: one empty month gives them all."""
    values = [9, 0, 12, 8, 11, 9, 10, 12]
    windows = [
        cell("A", sum(values[at : at + 3]), period="rolling3", start=f"2024-{at + 1:02d}-01")
        for at in range(6)
    ]
    quarter = cell("A", 9, period="quarter", start="2024-01-01", hidden=True)

    report = found(tmp_path, Written([*windows[1:], quarter], TREE))
    assert report.ok
    told = audit_release(
        Written([*windows, quarter], TREE).to(tmp_path / "20250102T000000Z.duckdb")
    )
    assert ("a", "A", "quarter", "2024-01-01", "all", "all") in [f.cells[0] for f in told.findings]


def circle(shown):
    """Three hidden towns, and centres that each serve two of them."""
    towns = {"A": 5, "B": 4, "D": 5}
    pairs = {"AB": 9, "BD": 9, "AD": 10}
    cells = [cell(one, value, hidden=True) for one, value in towns.items()]
    cells += [cell(one, pairs[one]) for one in shown]
    areas = [place(one, "centre") for one in shown]
    return Written(cells, areas + [place(town, "town", one) for one in shown for town in one])


def test_sums_that_are_safe_one_by_one_are_solved_together(tmp_path):
    assert found(tmp_path, circle(["AB", "BD"])).ok
    report = audit_release(circle(["AB", "BD", "AD"]).to(tmp_path / "20250102T000000Z.duckdb"))

    assert [one.kind for one in report.findings] == ["computable"] * 3
    assert {one.width for one in report.findings} == {0.0}
    assert {len(one.relations) for one in report.findings} == {2}


def test_areas_that_overlap_are_subtracted_while_they_are_valid(tmp_path):
    """One town changes county in 2024: only there and then it is the difference."""
    areas = [
        place("C", "county"), place("E", "county"), place("A", "town", "C"),
        place("B", "town", "C", until="2023-12-31"), place("B", "town", "E", since="2024-01-01"),
    ]  # fmt: skip
    year = {"2023-01-01": 29, "2024-01-01": 9}
    cells = [cell("C", value, start=start) for start, value in year.items()]
    cells += [cell("A", 9, start=start) for start in year]
    cells += [cell("B", 20, start=start, hidden=True) for start in year]

    report = found(tmp_path, Written(cells, areas))

    assert [one.cells[0][3] for one in report.findings] == ["2023-01-01"]


def test_neither_side_of_a_share_is_subtracted(tmp_path):
    share = measure(kind="proportion", denominator=part("w"))
    values = {"C": (60, 72), "A": (40, 48), "B": (20, 24)}

    def shares(hidden):
        cells = [cell(one, top, whole=whole, hidden=one in hidden)
                 for one, (top, whole) in values.items()]  # fmt: skip
        return Written(cells, places({"C": ["A", "B"]}), [share])

    assert not found(tmp_path, shares(["B"])).ok
    assert audit_release(shares("CAB").to(tmp_path / "20250102T000000Z.duckdb")).ok


def test_months_that_are_all_hidden_but_one_tell_nothing(tmp_path):
    cells = months("A", [9, 3, 9], hidden=(0, 1)) + [cell("A", 21, period="quarter")]

    assert found(tmp_path, Written(cells, TREE)).ok


def test_a_share_that_was_not_delivered_has_no_rest(tmp_path):
    """Nothing is shown of the county: of its one hidden town nothing follows."""
    share = measure(kind="proportion", denominator=part("w"))
    town = cell("A", 3, hidden=True)
    county = cell("C", None) | {"status": "x"}

    assert found(tmp_path, Written([county, town], places({"C": ["A"]}), [share])).ok
