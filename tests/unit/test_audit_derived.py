"""Figures made from cells: one that needs a hidden cell is found, and an honest one is not."""

import json

from written import Written, cell, measure, part, places

from pipelines.audit import audit_release

WEIGHTS = {"young": 1.0, "old": 3.0}


def standardised(value, hide=False):
    rate = measure(
        "a", "rate", denominator=part("people"), scale=1000,
        standard={"by": "age", "weights": WEIGHTS},
    )  # fmt: skip
    cells = [cell("A", 60, whole=3000, hidden=hide)]
    cells += [
        cell("A", 20, whole=1000, split="age", category="young", hidden=hide),
        cell("A", 40, whole=2000, split="age", category="old"),
    ]
    row = {"indicator_id": "a", "area_code": "A", "period_type": "month",
           "period_start": "2024-01-01", "value": value}  # fmt: skip
    return Written(cells, places({"C": ["A"]}), [rate], {"standardised": [row]})


def test_a_standardised_rate_follows_from_its_categories(tmp_path):
    path = tmp_path / "20250101T000000Z.duckdb"

    assert audit_release(standardised(20.0).to(path)).ok
    path.unlink()
    wrong = audit_release(standardised(22.0).to(path))
    assert [one.kind for one in wrong.findings] == ["standardised_does_not_follow"]
    path.unlink()
    hidden = audit_release(standardised(20.0, hide=True).to(path))
    assert {one.kind for one in hidden.findings} == {
        "standardised_does_not_follow", "standardised_of_hidden_cell",
    }  # fmt: skip


def told(tmp_path, **rows):
    written = Written([cell("A", 20)], places({"C": ["A"]}), rows=rows)
    path = tmp_path / "20250101T000000Z.duckdb"
    path.unlink(missing_ok=True)
    return [one.cells[0] for one in audit_release(written.to(path)).findings]


def test_rejected_rows_are_not_counted_one_by_one(tmp_path):
    rows = [{"source": "s", "file": "f", "reason": "not_date", "row_count": n} for n in (1, 4, 5)]

    assert told(tmp_path, quarantine_summary=rows[:1]) == [
        ("quarantine_summary", "s", "f", "not_date")
    ]
    assert len(told(tmp_path, quarantine_summary=rows)) == 2
    assert told(tmp_path, quarantine_summary=rows[2:]) == []


def test_checks_do_not_count_a_few_rows(tmp_path):
    few = {"source": "s", "expectation": "rule:1", "observed": "3/6644", "unexpected_count": 3}
    total = few | {"expectation": "total_rows:alue"}
    blank = few | {"observed": None, "unexpected_count": None}

    assert told(tmp_path, checks=[few]) == [("checks", "s", "", "rule:1")]
    assert told(tmp_path, checks=[few | {"unexpected_count": None}]) != []
    assert told(tmp_path, checks=[total, blank, few | {"observed": "9/20", "unexpected_count": 9}
                                  ]) == []  # fmt: skip


def files(**counts):
    row = {"source": "s", "file": "f", "rows_read": 900, "rows_loaded": 900,
           "rows_quarantined": 0, "totals_dropped": 0, "rows_other": 0}  # fmt: skip
    return [{"release_id": "r", "sources": json.dumps([row | counts])}]


def test_the_row_counts_of_a_file_tell_of_no_few(tmp_path):
    assert told(tmp_path, release=files()) == []
    assert told(tmp_path, release=files(rows_loaded=897, rows_quarantined=3)) == [
        ("sources", "s", "f", "rows_quarantined")
    ]


def test_a_blank_count_is_not_given_by_the_others_of_its_file(tmp_path):
    told_by_rest = files(rows_loaded=897, rows_quarantined=None)
    both_blank = files(rows_loaded=None, rows_quarantined=None)

    assert told(tmp_path, release=told_by_rest) == [("sources", "s", "f", "rows_quarantined")]
    assert told(tmp_path, release=both_blank) == []
