"""Numbers told by another measure, another area or the parts of a rate; each beside its twin."""

import pytest
from written import Written, cell, measure, part, place, places

from pipelines.audit import audit_release

TREE = places({"C": ["A", "B"]})
SAME = part("register", where="kind = 'x'")


def kinds(tmp_path, written):
    path = tmp_path / "20250101T000000Z.duckdb"
    path.unlink(missing_ok=True)
    return [one.kind for one in audit_release(written.to(path)).findings]


def two_measures(numerator, *, hidden=True):
    count = measure("a", numerator=SAME)
    ratio = measure("b", "rate", numerator=numerator, denominator=part("people"))
    cells = [cell("A", 12, hidden=hidden), cell("A", 12, of="b", whole=900)]
    return Written(cells, TREE, [count, ratio])


def test_a_measure_that_counts_the_same_tells_the_hidden_number(tmp_path):
    assert kinds(tmp_path, two_measures(SAME)) == ["told_by_another_measure"]
    assert kinds(tmp_path, two_measures(part("other"))) == []
    assert kinds(tmp_path, two_measures(SAME, hidden=False)) == []


def test_the_whole_of_a_ratio_tells_the_hidden_number(tmp_path):
    visits = measure("a", numerator=SAME)
    early = measure("b", "proportion", numerator=part("early"), denominator=SAME)
    cells = [cell("A", 0, hidden=True), cell("A", 40, of="b", whole=80)]

    assert kinds(tmp_path, Written(cells, TREE, [visits, early])) == ["told_by_another_measure"]
    early["denominator"] = part("other")
    assert kinds(tmp_path, Written(cells, TREE, [visits, early])) == []


def test_what_two_measures_hide_apart_is_subtracted_together(tmp_path):
    """One hides A and B, the other that counts the same shows B: then A is known too."""
    both = [measure("a", numerator=SAME), measure("b", numerator=SAME)]
    cells = [cell("C", 30), cell("A", 9, hidden=True), cell("B", 21, hidden=True)]
    cells += [cell("B", 21, of="b")]

    assert set(kinds(tmp_path, Written(cells, TREE, both))) == {
        "told_by_another_measure", "computable",
    }  # fmt: skip


def test_a_whole_shown_elsewhere_bounds_both_sides_of_a_hidden_share(tmp_path):
    everyone = measure("w", numerator=part("w"))
    share = measure("s", "proportion", numerator=part("x"), denominator=part("w"))

    def told(whole):
        cells = [cell("A", whole, of="w"), cell("A", 3, of="s", whole=whole, hidden=True)]
        return kinds(tmp_path, Written(cells, TREE, [everyone, share]))

    assert told(40) == []
    small = measure("s", "proportion", numerator=part("x"), denominator=part("w"))
    small["protect"] = {"k_min": 10}
    share.update(small)
    assert set(told(9)) == {"computable"}


def nested(parent, child, **more):
    outer, inner = measure("shl"), measure("work", subset_of="shl", **more)
    cells = [cell("A", parent, of="shl"), cell("A", child, of="work")]
    return Written(cells, TREE, [outer, inner])


@pytest.mark.parametrize(
    ("parent", "child", "leaks"), [(40, 38, True), (40, 40, False), (12, 12, True), (40, 30, False)]
)
def test_a_part_of_a_measure_may_not_leave_a_few_over(tmp_path, parent, child, leaks):
    expected = ["small_difference_shown"] if leaks else []

    assert kinds(tmp_path, nested(parent, child)) == expected


def test_a_hidden_part_is_no_larger_than_the_measure_it_is_part_of(tmp_path):
    """k is 10 for the part: of 9 clients no more than 9 can have had it."""

    def told(total):
        written = nested(total, 3, protect={"k_min": 10})
        written.cells[1] = cell("A", 3, of="work", hidden=True)
        return kinds(tmp_path, written)

    assert told(9) == ["computable"]
    assert told(30) == []


def twins(values, other):
    areas = [place("A", "district", name="Kaukovainio"), place("X", "centre", name="Kaukovainio")]
    days = [f"2024-{month:02d}-01" for month in range(1, 6)]
    cells = [cell("A", v, start=d, hidden=v is None) for v, d in zip(values, days, strict=True)]
    cells += [cell("X", v, start=d) for v, d in zip(other, days, strict=True)]
    return Written(cells, areas)


def test_areas_of_one_name_that_always_agree_tell_of_each_other(tmp_path):
    assert kinds(tmp_path, twins([9, 8, 7, 6, None], [9, 8, 7, 6, 12])) == [
        "told_by_another_measure"
    ]
    assert kinds(tmp_path, twins([9, 8, 7, 6, None], [9, 8, 7, 16, 12])) == []


def test_a_rate_is_not_shown_without_its_parts(tmp_path):
    """0.9 per 1 000 of 3 300 is three: a value alone gives the count away."""
    rate = measure("a", "rate", denominator=part("people"), scale=1000)
    bare = cell("A", None, whole=3300) | {"value": 0.9}

    assert kinds(tmp_path, Written([bare], TREE, [rate])) == ["value_without_parts"]
    assert kinds(tmp_path, Written([cell("A", 30, whole=3300)], TREE, [rate])) == []


def test_a_rounded_share_is_not_shown_without_its_parts(tmp_path):
    """67 % of few is two of three or four of six, and little else."""
    share = measure("a", "proportion", denominator=part("all"), scale=100)
    bare = cell("A", None) | {"value": 67.0}

    assert kinds(tmp_path, Written([bare], TREE, [share])) == ["value_without_parts"]


def test_a_value_of_any_status_is_read(tmp_path):
    for status in ("o", "u", "k"):
        late = cell("A", 3) | {"status": status}

        assert kinds(tmp_path, Written([late], TREE)) == ["small_number_shown"]
