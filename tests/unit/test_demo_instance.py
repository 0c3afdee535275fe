"""The demo instance's declarations: whole, sound, and true to the invented world."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.bind import bind_faults
from pipelines.demo.world import CODES, PLACES
from tilannehuone.areas import paths
from tilannehuone.events import read_events
from tilannehuone.instance import Instance, open_instance

ROOT = Path(__file__).resolve().parents[2]

MEASURES = [
    "pilot_line_contacts_rate",
    "network_within_14d_share",
    "network_wait_median_days",
    "lp_discussions_rate",
    "lp_council_meetings_rate",
    "pupil_expert_groups_rate",
    "school_support_within_7d_share",
    "shl_family_clients_share",
    "shl_family_work_rate",
    "lp_trained_staff_share",
    "cp_notifications_rate",
    "cp_notified_children_share",
    "cp_assessment_started_7wd_share",
    "cp_assessment_completed_3mo_share",
    "cp_open_care_share",
    "cp_clients_per_social_worker",
    "cp_emergency_placements_rate",
    "out_of_home_share",
    "psychiatry_clients_share",
    "psychiatry_treatment_within_3mo_share",
]


@pytest.fixture(scope="module")
def demo() -> Instance:
    return open_instance(ROOT)


def test_the_declarations_hold_together(demo):
    assert [one.id for one in demo.registry.indicators] == MEASURES
    assert bind_faults(demo) == []


def test_the_demo_says_that_it_is_synthetic(demo):
    assert demo.registry.instance.synthetic
    assert demo.registry.instance.notice.fi == "Synteettinen esimerkkiaineisto"


def test_every_source_is_used_by_some_measure(demo):
    assert demo.used_sources == set(demo.sources)


def test_an_editor_finds_the_schema_from_the_first_line():
    first = (ROOT / "indicators.yaml").read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=docs/schema/indicators.schema.json"


def test_only_the_confirmed_sotkanet_id_is_given(demo):
    given = {one.id: one.sotkanet_id for one in demo.registry.indicators if one.sotkanet_id}

    assert given == {"out_of_home_share": 191}


def test_placements_and_psychiatry_are_protected_more(demo):
    strict = {one.id for one in demo.registry.indicators if one.protect.k_min == 10}

    assert strict == {
        "cp_emergency_placements_rate",
        "out_of_home_share",
        "psychiatry_clients_share",
        "psychiatry_treatment_within_3mo_share",
    }


def test_social_services_break_when_the_counties_began(demo):
    broken = {
        one.id
        for one in demo.registry.indicators
        if any(str(at.date) == "2023-01-01" for at in one.breaks)
    }
    event = next(one for one in demo.events if one.kind == "break")

    assert broken == set(event.indicators)


def test_processing_times_follow_the_half_years_of_their_statistics(demo):
    april = {one.id for one in demo.registry.indicators if one.half_year_anchor == "apr"}

    assert april == {"cp_assessment_started_7wd_share", "cp_assessment_completed_3mo_share"}


def test_names_and_definitions_differ_between_the_languages(demo):
    for one in demo.registry.indicators:
        for text in (one.name, one.definition, one.question):
            assert len({text.fi, text.sv, text.en}) == 3


def test_every_place_of_the_invented_world_is_a_declared_area(demo):
    assert set(CODES) <= set(demo.areas["area_code"])


def test_every_place_belongs_to_the_whole_exactly_once(demo):
    above = paths(demo.areas)
    whole = above[above["ancestor_code"] == "FI"]["area_code"].tolist()

    assert set(CODES) <= set(whole)
    assert len(whole) == len(set(whole))


def test_every_name_that_extracts_write_is_an_area_or_an_alias(demo):
    known = set(demo.areas["area_code"]) | set(demo.areas["name_fi"])
    delivered = {one.name for one in PLACES} | {one.nickname for one in PLACES if one.nickname}
    delivered |= {one.name.replace("–", "-") for one in PLACES}
    aliases = set(demo.sources["oppilaat"].area.aliases)

    assert delivered <= known | aliases


def test_the_line_is_undelivered_in_an_area_until_its_wave(demo):
    gaps = demo.sources["pilottipuhelin"].gaps
    opened = {area: gap.end + timedelta(1) for gap in gaps for area in gap.areas}

    assert opened == {place.code: place.wave for place in PLACES}


def test_events_tell_of_the_break_the_model_and_the_holidays():
    kinds = {one.kind for one in read_events(ROOT / "data" / "events.yaml")}

    assert kinds == {"break", "practice", "holiday", "initiative"}


def test_an_event_that_ends_before_it_begins_is_a_fault(tmp_path):
    from tilannehuone.errors import RegistryError

    path = tmp_path / "events.yaml"
    text = "events:\n  - {from: 2025-02-02, to: 2025-02-01, kind: holiday,"
    path.write_text(text + " text: {fi: a, sv: b, en: c}}\n", encoding="utf-8")

    with pytest.raises(RegistryError) as raised:
        read_events(path)

    assert [(one.key, one.line) for one in raised.value.faults] == [("event_ends_first", 2)]


def test_municipality_codes_keep_three_digits(demo):
    codes = demo.areas.loc[demo.areas["area_type"] == "municipality", "area_code"]

    assert all(re.fullmatch(r"\d{3}", code) for code in codes)
    assert "072" in set(codes)
