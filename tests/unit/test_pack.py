"""A frozen pack is the same bytes for the same meeting, and tells later what has changed."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from packing import pack_of, records, rows, shown

from tilannehuone.meeting.pack import opened, verify
from tilannehuone.meeting.pack_content import cells_of
from tilannehuone.meeting.pack_state import differences, pack_state, without_withdrawn

VALUES = [12.0, 14.0, 13.0, 15.0, 12.5, 14.5, 13.5, 12.25]


def state_of(pack, *today):
    """Return how a pack stands when these series are published today."""
    content = opened(pack)
    return pack_state(content, {one.key: one for one in today})


def test_a_pack_is_named_by_the_hash_of_its_content():
    pack = pack_of(shown(VALUES))

    assert pack.id == hashlib.sha256(pack.content.encode("utf-8")).hexdigest()
    assert verify(pack)
    assert not verify(replace(pack, content=pack.content.replace("12.25", "12.26")))


def test_another_process_makes_the_same_bytes():
    made = subprocess.run(
        [sys.executable, "packing.py"],
        cwd=Path(__file__).parent,
        capture_output=True,
        check=True,
        env={
            "PYTHONHASHSEED": "123",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONUTF8": "1",
        },
    )

    mine = pack_of(shown([12.0, 0.1 + 0.2, ("c", 3.0)])).content
    assert made.stdout.decode("utf-8").rstrip("\n") == mine
    assert "0.30000000000000004" in mine


def test_the_order_in_which_things_are_given_does_not_matter():
    one, other = shown(VALUES), shown(VALUES, "calls")

    assert pack_of(one, other) == pack_of(other, one, said=records()[::-1])


def test_what_a_pack_holds_is_read_back_as_it_was():
    pack = pack_of(shown(VALUES), shown([("c", 1.0)], "calls"))

    assert opened(pack).to_json() == pack.content


def test_a_line_ends_in_one_way_whatever_it_was_typed_on():
    typed = [pack_of(staff_message=f"Hei.{newline}Kiitos.") for newline in ("\r\n", "\r", "\n")]

    assert len({one.id for one in typed}) == 1


def test_packs_of_releases_that_differ_in_hidden_numbers_only_are_equal():
    one = pack_of(shown([12.0, ("c", 3.0), ("x", 7.0), ("u", 1.0), ("z", 2.0)]))
    other = pack_of(shown([12.0, ("c", 4.0), ("x", 8.0), ("u", 2.0), ("z", 0.0)]))

    assert one == other
    assert [each.value for each in opened(one).series[0].cells] == [12.0, None, None, None, None]


def test_nothing_of_a_hidden_cell_stands_in_a_pack():
    (cell,) = cells_of(rows([("c", 3.0)]))

    assert (cell.value, cell.lower95, cell.upper95, cell.kind) == (None, None, None, None)


def test_of_feedback_only_the_counts_are_kept_and_of_writers_nothing():
    pack = pack_of()

    assert opened(pack).feedback == {"1": 1, "2": 0, "3": 1}
    assert "feedback" not in opened(pack).records
    assert "kirjuri" not in pack.content


def test_closing_does_not_change_what_is_frozen():
    closed = pack_of(shown(VALUES), state="closed", pack_id="x")

    assert closed == pack_of(shown(VALUES))


def test_three_changed_cells_are_told_and_no_other():
    pack = pack_of(shown(VALUES), shown(VALUES, "calls"))
    before = pack.id
    later = [12.0, 14.0, 99.0, 15.0, ("o", 12.5), 14.5, 13.5, 12.5]
    content = opened(pack)
    now = {one.key: one for one in (shown([*later, 16.0]), shown(VALUES, "calls"))}

    found = list(differences(content, now))

    assert [(key[0], one.period.month, one.old, one.new) for key, one in found] == [
        ("visits", 3, 13.0, 99.0),
        ("visits", 5, 12.5, 12.5),
        ("visits", 8, 12.25, 12.5),
    ]
    assert [one.new_status for _, one in found] == ["ok", "o", "ok"]
    assert pack_state(content, now).state == "newer"
    assert [one.added for one in pack_state(content, now).series] == [0, 1]
    assert pack.id == before
    assert verify(pack)


def test_a_pack_nothing_of_which_has_changed_is_current():
    assert state_of(pack_of(shown(VALUES)), shown(VALUES)).state == "current"


def test_a_changed_definition_is_told_part_by_part():
    state = state_of(
        pack_of(shown(VALUES)), shown(VALUES, definition="Käynnit, joihin saavuttiin.")
    )

    assert state.state == "definition_changed"
    assert [(one.part, one.old["fi"]) for one in state.series[0].redefined] == [
        ("definition", "Käynnit yhteensä.")
    ]


def test_a_number_that_is_hidden_now_is_not_told_again():
    pack = pack_of(shown(VALUES))
    today = shown([("c", 0.0), 14.0, 77.0, *VALUES[3:]])

    state = state_of(pack, today)

    assert state.state == "withdrawn"
    hidden, changed = state.series[0].changed
    assert (hidden.is_withdrawn, hidden.old, hidden.new) == (True, None, None)
    assert (changed.old, changed.new) == (None, 77.0)


def test_what_is_withdrawn_is_in_nothing_that_is_shown_of_the_pack():
    said = records("Luku oli 12,0 ja nyt 14.")
    pack = pack_of(
        shown(VALUES), shown(VALUES, "calls"), said=said, staff_message="Käyntejä oli 12."
    )
    today = (shown([("c", 0.0), *VALUES[1:]]), shown(VALUES, "calls"))

    bare = without_withdrawn(opened(pack), state_of(pack, *today))

    kept = {one.indicator_id: one for one in bare.series}
    assert {one.value for one in kept["visits"].cells} == {None}
    assert {one.centre for one in kept["visits"].cells} == {None}
    assert kept["calls"].cells[0].value == 12.0
    assert bare.records["interpretation"][0]["text"] == ""
    assert bare.records["interpretation"][0]["judgement"] == "same"
    assert bare.meeting["staff_message"] == ""
    assert bare.records["decision"][0]["text"] == "Jatketaan."


def test_a_measure_that_is_gone_is_withdrawn_whole():
    pack = pack_of(shown(VALUES))
    state = state_of(pack)

    assert (state.state, state.series[0].is_gone) == ("withdrawn", True)
    bare = without_withdrawn(opened(pack), state)
    assert not [one for one in bare.series[0].cells if one.value is not None]


def test_every_series_of_a_measure_is_held_back_when_one_of_them_was_withdrawn():
    months, elsewhere = shown(VALUES), shown(VALUES, area_code="tuira")
    state = state_of(pack_of(months, elsewhere), shown([("c", 0.0), *VALUES[1:]]), elsewhere)

    assert [one.is_withheld for one in state.series] == [True, True]


def test_the_worst_is_told_first():
    withdrawn, redefined = shown([("c", 0.0), *VALUES[1:]]), shown(VALUES, "calls", "Toinen.")
    state = state_of(pack_of(shown(VALUES), shown(VALUES, "calls")), withdrawn, redefined)

    assert state.state == "withdrawn"
    assert {one.state for one in state.series} == {"withdrawn", "definition_changed"}


def test_the_content_is_json_with_sorted_keys():
    content = pack_of(shown(VALUES)).content

    assert content == json.dumps(
        json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
