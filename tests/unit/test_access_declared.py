"""`data/access.yaml`: who is meant, what a role gives where, and what is wrong, with its line."""

import re
from pathlib import Path

import pytest

from tilannehuone.access import RIGHTS, areas_with, may, may_anywhere, require, role_in
from tilannehuone.access_declared import access_faults, read_access
from tilannehuone.errors import AccessDenied
from tilannehuone.texts.faults import fault_line

ROOT = Path(__file__).resolve().parents[2]
AREAS = """area_code,area_type,parent_code,name_fi,name_sv,name_en,valid_from,valid_to
land,country,,Maa,Land,Country,,
town,municipality,land,Kunta,Kommun,Town,,
north,district,town,Pohjoinen,Norra,North,,
south,district,town,Eteläinen,Södra,South,,
other,municipality,land,Toinen,Annan,Other,,
"""


@pytest.fixture
def declared(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "areas.csv").write_text(AREAS, encoding="utf-8")

    def written(rules, head=""):
        text = f"{head}\npeople:\n" + "\n".join(f"  - {{{one}}}" for one in rules) + "\n"
        (tmp_path / "data" / "access.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return written


def person(folder, **claims):
    return read_access(folder).person(claims)


def test_without_a_file_nothing_is_declared(tmp_path):
    assert read_access(tmp_path) is None
    assert access_faults(tmp_path) == []


def test_an_area_covers_those_below_it_and_nothing_beside_or_above(declared):
    folder = declared(["email: a@example.org, role: member, areas: town"])
    one = person(folder, email="A@Example.org", name="A")

    assert one.open_areas == {"town", "north", "south"}
    assert one.above == {"land"}
    assert one.readable == {"land", "town", "north", "south"}
    assert may(one, "promise", "north")
    assert not may(one, "view", "land")
    assert not may(one, "write", "north")
    with pytest.raises(AccessDenied):
        require(one, "view", "other")


def test_two_roles_do_not_lend_each_other_their_areas(declared):
    folder = declared(
        [
            "email: a@example.org, role: chair, areas: north",
            "claim: groups, value: readers, role: viewer, areas: all",
        ]
    )
    both = person(folder, email="a@example.org", groups=["readers", "others"])

    assert both.open_areas is None
    assert areas_with(both, "write") == {"north"}
    assert role_in(both, "write", "north") == "chair"
    assert role_in(both, "view", "south") == "viewer"
    assert not may(both, "write", "south")


@pytest.mark.parametrize(
    ("rule", "claims", "is_meant"),
    [
        ("email: a@example.org", {"email": "a@example.org", "email_verified": True}, True),
        ("email: a@example.org", {"email": "a@example.org", "email_verified": False}, False),
        ("email: a@example.org", {"email": "b@example.org"}, False),
        ("email: a@example.org", {}, False),
        ("subject: s-1", {"sub": "s-1"}, True),
        ("subject: s-1", {"sub": "s-11"}, False),
        ("claim: groups, value: g", {"groups": ["f", "g"]}, True),
        ("claim: groups, value: g", {"groups": "g"}, True),
        ("claim: groups, value: g", {"groups": "gg"}, False),
        ("claim: groups, value: g", {}, False),
    ],
)
def test_a_rule_means_whom_it_names(declared, rule, claims, is_meant):
    folder = declared([f"{rule}, role: viewer, areas: all"])

    assert (person(folder, **claims) is not None) == is_meant


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("email: a@example.org, role: king, areas: all", "not_one_of"),
        ("email: a@example.org, role: viewer, areas: nowhere", "unknown_area_code"),
        ("email: a@example.org, role: viewer, areas: all, extra: 1", "unknown_key"),
        ("email: a@example.org, role: viewer", "missing_key"),
        ("role: viewer, areas: all", "access_who"),
        ("email: a@example.org, subject: s, role: viewer, areas: all", "access_who"),
        ("claim: groups, role: viewer, areas: all", "access_who"),
    ],
)
def test_a_fault_is_told_with_its_line(declared, rule, key):
    folder = declared(["email: b@example.org, role: viewer, areas: all", rule])
    (fault,) = access_faults(folder)

    assert (fault.key, fault.line) == (key, 4)
    for lang in ("fi", "sv", "en"):
        assert "access.yaml:4" in fault_line(fault, lang)


def test_a_session_has_sensible_limits(declared):
    folder = declared(
        ["subject: s, role: viewer, areas: all"], "session: {idle_minutes: 0, absolute_minutes: 5}"
    )

    assert [one.key for one in access_faults(folder)] == ["out_of_range"]


def test_a_changed_file_counts_at_once(declared):
    declared(["subject: s, role: viewer, areas: north"])
    folder = declared(["subject: s, role: viewer, areas: [north, south]"])

    assert person(folder, sub="s").open_areas == {"north", "south"}


def test_every_role_has_rights_and_only_the_admin_all():
    everything = frozenset().union(*RIGHTS.values())

    assert [role for role, rights in RIGHTS.items() if rights == everything] == ["admin"]
    assert all("view" in rights for rights in RIGHTS.values())


def test_a_right_without_areas_is_no_right(declared):
    one = person(declared(["subject: s, role: admin, areas: []"]), sub="s")

    assert one.open_areas == frozenset()
    assert not may_anywhere(one, "view")


def test_the_documented_table_is_the_one_that_counts():
    told = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|", told, re.MULTILINE)

    assert {role: set(re.findall(r"`(\w+)`", rights)) for role, rights in rows} == {
        role: set(rights) for role, rights in RIGHTS.items()
    }
