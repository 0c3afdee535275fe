"""What a reader who keeps old releases, or reads a second page beside the first, can compute."""

import pytest
from written import Written, cell, measure, part, place, places

from pipelines.audit import audit_release

TREE = places({"C": ["A", "B", "D"]})
NEW, OLD, OLDEST = (f"2025010{day}T000000Z.duckdb" for day in (3, 2, 1))


def table(**values):
    """Cells of one month; a None is hidden."""
    return Written([cell(one, n or 0, hidden=n is None) for one, n in values.items()], TREE)


def kinds(tmp_path, now, *earlier, beside=(), folder="releases"):
    where = tmp_path / folder
    where.mkdir()
    names = (OLD, OLDEST)
    old = [one.to(where / name) for one, name in zip(earlier, names, strict=False)]
    others = [one.to(where / f"page{at}.duckdb") for at, one in enumerate(beside)]
    report = audit_release(now.to(where / NEW), against=old, beside=others)
    return [(one.kind, one.cells[0][1]) for one in report.findings]


def test_a_release_beside_its_own_copy_tells_nothing_more(tmp_path):
    now = table(C=41, A=None, B=18, D=None)

    assert kinds(tmp_path, now, now) == []


def test_a_number_that_was_shown_is_found(tmp_path):
    found = kinds(tmp_path, table(C=41, A=None, B=18, D=None), table(C=41, A=20, B=18, D=None))

    assert ("shown_before", "A") in found


def test_what_was_shown_before_is_subtracted_from_what_is_shown_now(tmp_path):
    """A was shown, now it hides with D: the total less A and B leaves D."""
    found = kinds(tmp_path, table(C=41, A=None, B=18, D=None), table(C=41, A=20, B=None, D=None))

    assert ("computable_together", "D") in found


def test_readers_were_given_what_no_release_can_take_back(tmp_path):
    now, then = table(A=None, B=18), table(A=20, B=18)
    report = audit_release(now.to(tmp_path / NEW), against=[then.to(tmp_path / OLD)])

    assert [one.kind for one in report.findings] == ["shown_before"]
    assert report.fresh == ()
    assert not report.ok


@pytest.mark.parametrize(("change", "leaks"), [(1, True), (-4, True), (5, False), (0, False)])
def test_a_late_row_changes_a_month_by_a_few_people(tmp_path, change, leaks):
    found = kinds(tmp_path, table(A=20 + change), table(A=20))

    assert found == ([("small_revision", "A")] if leaks else [])


def test_the_rest_of_a_share_may_not_change_by_a_few_either(tmp_path):
    share = measure("a", "proportion", denominator=part("all"))
    now, then = (Written([cell("A", 40, whole=whole)], TREE, [share]) for whole in (62, 60))

    assert kinds(tmp_path, now, then) == [("small_revision", "A")]


def test_only_the_last_number_that_readers_saw_counts(tmp_path):
    """20, then 26, now 21: six came and five were taken away, which tells of nobody."""
    assert kinds(tmp_path, table(A=21), table(A=26), table(A=20)) == []


def test_a_total_that_changes_more_than_its_shown_parts_tells_of_the_hidden_ones(tmp_path):
    """The county grows by seven, B by five: two more among the hidden ones."""
    then, now = table(C=41, A=None, B=18, D=None), table(C=48, A=None, B=23, D=None)
    assert kinds(tmp_path, now, then) == [("small_change_left", "C")]

    then, now = table(C=41, A=None, B=18, D=None), table(C=48, A=None, B=18, D=None)
    assert kinds(tmp_path, now, then, folder="again") == []


def test_a_raised_k_does_not_take_back_what_was_shown(tmp_path):
    strict = [measure(protect={"k_min": 10})]
    now = Written([cell("A", 7, hidden=True), cell("B", 7, hidden=True)], TREE, strict)

    assert kinds(tmp_path, now, table(A=7, B=7)) == [("shown_before", "A"), ("shown_before", "B")]


def strict(k, **values):
    """The same cells under a raised k."""
    return Written(table(**values).cells, TREE, [measure(protect={"k_min": k})])


def test_sums_that_give_the_number_readers_saw_tell_nothing_more(tmp_path):
    """A was 17, and 81 - 38 - 26 is 17 still: known since, and no new release can help it."""
    then = table(C=81, A=17, B=38, D=26)

    found = kinds(tmp_path, strict(18, C=81, A=None, B=38, D=26), then)
    assert found == [("shown_before", "A"), ("computable_before", "A")]


def test_sums_that_give_another_number_than_readers_saw_are_found(tmp_path):
    """A was 17, and is 10 now: 74 - 38 - 26."""
    then = table(C=81, A=17, B=38, D=26)

    assert ("computable", "A") in kinds(tmp_path, strict(18, C=74, A=None, B=38, D=26), then)


def test_a_range_that_older_releases_tell_is_not_this_ones(tmp_path):
    """23 are left for two: wide enough for k 5, too narrow for 30, and no wider for hiding B."""
    then = table(C=61, A=None, B=38, D=None)

    found = kinds(tmp_path, strict(30, C=61, A=None, B=38, D=None), then)
    assert found == [("computable_before", "A"), ("computable_before", "D")]


def test_a_range_that_is_narrower_than_before_is_this_ones(tmp_path):
    """81 were left for three, 23 are for two."""
    then = table(C=81, A=None, B=None, D=None)

    found = kinds(tmp_path, strict(50, C=81, A=None, B=58, D=None), then)
    assert [one for one in found if one[0] == "computable"] == [
        ("computable", "A"),
        ("computable", "D"),
    ]


def test_another_definition_is_told_apart(tmp_path):
    now = Written([cell("A", 7, hidden=True)], TREE, [measure(numerator=part("other"))])

    assert kinds(tmp_path, now, table(A=7)) == [("shown_before_redefined", "A")]
    changed = Written([cell("A", 9)], TREE, [measure(numerator=part("other"))])
    assert kinds(tmp_path, changed, table(A=7), folder="again") == []


def test_a_page_of_the_region_shows_what_the_city_hides(tmp_path):
    city, region = table(C=41, A=None, B=18, D=None), table(C=41, A=20)

    found = kinds(tmp_path, city, beside=[region])

    assert ("shown_beside", "A") in found
    assert ("computable_together", "D") in found


def test_a_page_of_the_region_shows_nothing_that_the_city_hides(tmp_path):
    assert kinds(tmp_path, table(C=41, A=None, B=18, D=None), beside=[table(C=41, B=18)]) == []


def test_a_total_that_only_the_other_page_has_is_subtracted(tmp_path):
    """The city shows B alone; the region has the total of A and B."""
    region = Written([cell("C", 21)], places({"C": ["A", "B"]}))
    city = Written([cell("A", 3, hidden=True), cell("B", 18)], [place("A", "town"),
                                                               place("B", "town")])  # fmt: skip

    assert kinds(tmp_path, city, beside=[region]) == [("computable_together", "A")]


def test_a_folder_may_have_any_name(tmp_path):
    now = table(A=20)

    assert kinds(tmp_path, now, now, beside=[now], folder="Vaasa's page; drop") == []
