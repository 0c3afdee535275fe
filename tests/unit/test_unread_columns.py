"""Columns that nothing reads are not stored; what any condition names, is."""

import duckdb
import pytest
from loading import EVENTS, rows, tiny
from small_instance import make_instance

from pipelines.extracts.unread import unread_columns
from pipelines.load import load
from tilannehuone.instance import open_instance
from tilannehuone.registry import Indicator
from tilannehuone.sources import Source

DERIVED = {"paikka": "coalesce(alue, '')", "Pitkä": "kesto > 5"}
CHECKS = [{"rows": "KESTO < 0", "severity": "info", "message": {"fi": "a", "sv": "b", "en": "c"}}]


@pytest.fixture
def measure(tmp_path):
    """Return a measure of the source `lahde` that nothing is named in yet."""
    one = open_instance(make_instance(tmp_path / "instance")).registry.indicators[0]
    bare = {"count": "rows", "sum": None, "distinct": None, "median": None, "date": None}
    part = one.numerator.model_copy(update={"source": "lahde", "where": None, **bare})
    told = {"numerator": part, "denominator": None, "breakdowns": ()}
    return one.model_copy(update=told)


def unread(measure: Indicator, **declared: object) -> set[str]:
    source = Source.model_validate({**EVENTS, "derived": DERIVED, **declared})
    return set(unread_columns([measure], {"lahde": source})["lahde"])


def test_what_no_measure_check_or_key_names_is_unread(measure):
    assert unread(measure) == {"alue", "asiakas", "palvelu", "kesto", "paikka", "Pitkä"}


def test_conditions_checks_and_keys_name_columns_in_any_case(measure):
    where = measure.numerator.model_copy(update={"where": "pitkä AND palvelu = 'x'"})
    named = measure.model_copy(update={"numerator": where})

    assert unread(named) == {"alue", "asiakas", "kesto", "paikka"}
    assert unread(measure, checks=CHECKS) == {"alue", "asiakas", "palvelu", "paikka", "Pitkä"}
    assert "asiakas" not in unread(measure, key=["asiakas"])


def test_measures_of_other_sources_and_aggregates_do_not_count(measure):
    counted = measure.numerator.model_copy(update={"source": "muu", "where": "kesto > 1"})
    other = measure.model_copy(update={"numerator": counted})

    assert "kesto" in unread(other)


def test_an_unread_column_is_not_there_and_the_derived_ones_are(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    (folder / "a.csv").write_text("alue;pvm;palvelu;kesto\nTuira;1.2.2024;neuvola;7\n")
    instance = tiny(folder, {**EVENTS, "derived": {"nimi": "upper(palvelu)"}})
    working = duckdb.connect()

    load(working, instance, unread={"lahde": {"palvelu", "alue"}})

    assert rows(working, "select area_code, nimi, kesto from raw_lahde") == [
        ("tuira", "NEUVOLA", 7)
    ]
    there = {name for name, *_ in rows(working, "describe raw_lahde")}
    assert not {"palvelu", "alue"} & there
