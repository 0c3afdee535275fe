"""Counting, moving and listing bad rows, without Great Expectations."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from working_tables import load_rows, rows, source, working

from pipelines.quality.counting import Tally, tally
from pipelines.quality.listing import write_quarantine_csv
from pipelines.quality.quarantine import hide_values, move_bad_rows, move_repeated_keys
from pipelines.quality.repeats import count_repeats, every_value, repeated_hashes
from pipelines.quality.results import Recorder, create_tables
from pipelines.quality.rules import rules_of
from pipelines.quality.verdicts import Opinion, record_rules
from tilannehuone.texts import LANGUAGES, catalogue

values = st.one_of(st.none(), st.integers(0, 4))
delivered = st.lists(st.tuples(values, values), max_size=12)


def loaded(pairs):
    connection = working()
    listed = ", ".join(
        f"({line}, {a if a is not None else 'null'}, {b if b is not None else 'null'})"
        for line, (a, b) in enumerate([(None, None), *pairs])
    )
    load_rows(
        connection,
        "visits",
        f"select line, a::bigint as a, b::bigint as b from (values {listed}) t(line, a, b)"
        " where line > 0",
    )
    return connection


@settings(deadline=None, max_examples=40)
@given(delivered, st.integers(0, 4), st.integers(0, 4))
def test_what_stays_and_what_leaves_is_what_a_naive_reading_says(pairs, most, least):
    one = source(
        {"a": "integer", "b": "integer"},
        key=["a", "b"],
        checks=[
            {
                "expect": "expect_column_values_to_be_between",
                "with": {"column": "a", "max_value": most},
            },
            {"rows": f"b < {least}", "severity": "critical"},
            {"rows": "a = b", "severity": "info"},
        ],
    )
    connection = loaded(pairs)
    doubled = move_repeated_keys(connection, "visits", one)
    rules = rules_of(one)
    moved = move_bad_rows(connection, "visits", rules, tally(connection, "raw_visits", rules))

    seen, stays = set(), []
    for line, pair in enumerate(pairs, start=1):
        is_repeat = pair in seen and pair != (None, None)
        seen.add(pair)
        a, b = pair
        is_bad = (a is not None and a > most) or (b is not None and b < least)
        if not is_repeat and not is_bad:
            stays.append(line)
    assert [
        line for (line,) in rows(connection, "select line from raw_visits order by line")
    ] == stays
    assert doubled + moved == len(pairs) - len(stays)
    assert rows(connection, "select rows_read, rows_loaded, rows_quarantined from files") == [
        (len(pairs), len(stays), len(pairs) - len(stays))
    ]
    assert rows(connection, "select count(distinct line), count(*) from quarantine") == [
        (len(pairs) - len(stays),) * 2
    ]


@settings(deadline=None, max_examples=40)
@given(delivered)
def test_repeats_are_those_that_grouping_finds(pairs):
    connection = loaded(pairs)
    by_hand = [pair for pair in pairs if None not in pair and pairs.count(pair) > 1]

    assert count_repeats(connection, "raw_visits", ["a", "b"]) == len(by_hand)


def test_repeats_are_found_in_parts_as_in_one(monkeypatch):
    connection = duckdb.connect()
    connection.execute("create table t as select i % 70 as a from range(100) t(i)")
    whole = repeated_hashes(connection, "t", ["a"], every_value(["a"]))
    monkeypatch.setattr("pipelines.quality.repeats.ROWS_AT_ONCE", 9)

    assert sorted(repeated_hashes(connection, "t", ["a"], every_value(["a"]))) == sorted(whole)
    assert len(whole) == 30


def test_a_disagreement_fails_the_check_whatever_both_say_of_it():
    connection = working()
    create_tables(connection)
    (rule,) = rules_of(source({"a": "integer"}, checks=[{"rows": "a > 3", "severity": "critical"}]))
    recorder = Recorder(connection, "visits")
    recorder.begin()
    fine = {1: Tally(considered=10, unexpected=0)}
    record_rules(recorder, [rule], fine, fine, {1: Opinion(success=False, unexpected=1)})

    ((success, message),) = rows(connection, "select success, message_en from checks")
    assert not success
    assert "two different counts" in message
    assert rows(connection, "select ok from source_state") == [(False,)]


def test_a_check_without_an_opinion_has_failed():
    connection = working()
    create_tables(connection)
    (rule,) = rules_of(source({"a": "integer"}, checks=[{"rows": "a > 3"}]))
    fine = {1: Tally(considered=10, unexpected=0)}
    record_rules(Recorder(connection, "visits"), [rule], fine, fine, {})

    ((success, message),) = rows(connection, "select success, message_en from checks")
    assert not success
    assert "could not be run" in message


def quarantined(*entries):
    connection = working()
    create_tables(connection)
    load_rows(connection, "visits", "select 1 as line, 1 as n")
    for entry in entries:
        connection.execute("insert into quarantine values ('visits', 1, ?, ?, ?, ?)", entry)
    return connection


def test_values_of_persons_and_of_free_text_never_stay_in_quarantine():
    connection = quarantined(
        [1, "n", "not_integer", "5 kpl"],
        [2, "who", "rule:1", "H-1"],
        [3, "note", "rule:2", "Maija"],
        [4, "place", "unknown_area", "Ouluu"],
        [5, None, "too_many_fields", "Maija;5"],
        [6, "n, note", "rule:3", "5, Maija"],
    )
    columns = {"n": "integer", "who": "person", "note": "text", "place": "text"}
    hide_values(connection, "visits", source(columns, area={"column": "place"}))

    kept = rows(connection, "select line, value from quarantine where value is not null")
    assert kept == [(1, "5 kpl"), (4, "Ouluu")]


def test_the_stewards_list_opens_in_a_spreadsheet_and_says_why(tmp_path):
    connection = quarantined(
        [7, "n", "not_integer", "=1+1"],
        [5, "n", "rule:1", "-5"],
        [9, None, "something_new", None],
    )
    connection.execute(
        "insert into rules values ('visits', 'rule:1', 'Liian pieni', 'För liten', 'Too small')"
    )
    path = write_quarantine_csv(connection, tmp_path / "work", "sv")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "Fil;Rad;Kolumn;Orsak;Värde",
        "visits_1.csv;5;n;För liten;-5",
        "visits_1.csv;7;n;Är inte ett heltal;'=1+1",
        "visits_1.csv;9;;something_new;",
    ]


def test_without_rejected_rows_there_is_no_list_and_an_old_one_goes(tmp_path):
    (tmp_path / "quarantine.csv").write_text("old")

    assert write_quarantine_csv(quarantined(), tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_every_reason_the_loader_gives_has_its_words():
    reasons = [
        "not_integer",
        "not_number",
        "not_date",
        "not_period",
        "unknown_area",
        "area_not_valid",
        "ambiguous_area",
        "duplicate_key",
        "too_few_fields",
        "too_many_fields",
    ]

    for lang in LANGUAGES:
        assert {f"faults.reason_{one}" for one in reasons} <= set(catalogue(lang))
