"""Declarations that are small and would never end are refused in one line, with their place."""

import pytest

from tilannehuone import declared
from tilannehuone.areas import read_areas
from tilannehuone.declared import place, read_yaml
from tilannehuone.errors import RegistryError
from tilannehuone.texts.faults import fault_line

BILLION = "\n".join(
    [f"a0: &a0 [{'x, ' * 9}x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
)
BOMBS = {
    "aliases_of_aliases": (BILLION, "yaml_too_large"),
    "an_alias_of_itself": ("a: &a\n  - *a\n", None),
    "deep_flow": ("a: " + "[" * 120 + "]" * 120, "yaml_too_large"),
    "deeper_flow": ("a: " + "[" * 20_000, "yaml_too_large"),
    "lists_of_lists": ("a:\n  " + "- " * 20_000, "yaml_too_large"),
    "deep_indents": ("\n".join(f"{' ' * n}a:" for n in range(1_500)), "yaml_too_large"),
    "a_control_sign": ("a: 1\nb: \x10\n", "not_yaml"),
    "a_python_object": ("a: !!python/object/apply:os.system ['true']\n", None),
    "no_mapping": ("- 1\n", "not_a_mapping"),
    "a_key_that_is_a_list": ("? [1, 2]\n: 3\n", None),
    "not_a_whole_number": ("a: 0x\nb: !!int z\n", "not_yaml"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_one_line(tmp_path, name):
    text, key = BOMBS[name]
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    if key is None:
        read_yaml(path)  # read as data: nothing of it is run
        return
    with pytest.raises(RegistryError) as refused:
        read_yaml(path)
    (fault,) = refused.value.faults

    assert (fault.key, fault.file) == (key, str(path))
    assert all(len(fault_line(fault, lang).splitlines()) == 1 for lang in ("fi", "sv", "en"))


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(declared, "MOST_BYTES", 10)
    path = tmp_path / "sources.yaml"
    path.write_text("a: 1234567890\n")
    with pytest.raises(RegistryError) as refused:
        read_yaml(path)

    assert refused.value.faults[0].key == "yaml_too_large"


def test_aliases_in_their_measure_are_read(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text("a: &a {b: 1}\nc: *a\nd: *a\n")

    assert read_yaml(path)["d"] == {"b": 1}


def test_an_anchor_that_is_there_twice_is_refused_where_it_stands_again(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text("a: &one {b: 1}\nc:\n  d: &one {b: 2}\ne: *one\n")
    with pytest.raises(RegistryError) as refused:
        read_yaml(path)
    (fault,) = refused.value.faults

    assert (fault.key, fault.line, fault.column) == ("not_yaml", 3, 6)
    assert "duplicate anchor 'one'" in fault_line(fault, "en")


@pytest.mark.parametrize(
    ("text", "path", "where"),
    [
        ("a: !!own\n  - {b: 1}\n  - {b: 2}\n", ("a", 1), (1, 1)),
        ("a: !!own\n  - {b: 1}\n  - {b: 2}\n", ("a", 1, "b"), (3, 6)),
        ("a: !own\n  b: {c: 1}\n", ("a", "b", "c"), (2, 7)),
        ("a: &one {b: {c: 1}}\nd:\n  <<: *one\n", ("d", "b"), (2, 1)),
        ("a: &one {b: {c: 1}}\nd:\n  <<: *one\n", ("d", "b", "c"), (1, 14)),
    ],
)
def test_a_place_that_is_not_known_is_told_by_what_holds_it(tmp_path, text, path, where):
    file = tmp_path / "sources.yaml"
    file.write_text(text)

    assert place(read_yaml(file), path) == where


HEAD = "area_code,area_type,parent_code,name_fi,name_sv,name_en,valid_from,valid_to\n"


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        ((HEAD + "A,town,,a,a,a,,\nB,town,,a,a,a,,,,,\n").encode(), "areas_not_csv", 3),
        ((HEAD + "Å,town,,a,a,a,,\n").encode("latin-1"), "not_utf8", 1),
        (b"", "areas_not_csv", 1),
        ((HEAD + 'A,town,"a\n').encode(), "areas_not_csv", 1),
    ],
)
def test_areas_that_are_no_table_are_refused_in_one_line(tmp_path, content, key, line):
    path = tmp_path / "areas.csv"
    path.write_bytes(content)
    with pytest.raises(RegistryError) as refused:
        read_areas(path)
    (fault,) = refused.value.faults

    assert (fault.key, fault.line) == (key, line)
