"""Measures of the same people are rounded alike, or none is: else one narrows another's numbers."""

import pytest
from small_instance import MEASURE, make_instance

from tilannehuone.errors import RegistryError
from tilannehuone.instance import open_instance
from tilannehuone.registry import read_registry
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

PART = f"""\
  - id: some_visits{MEASURE}
    kind: count
    cadence: month
    numerator: {{from: visits, count: rows, where: "client > 'p5'"}}
    subset_of: visits
    protect: PROTECT
  - id: visits{MEASURE}
    kind: count
    cadence: month
    numerator: {{from: visits, count: rows, where: "client > 'p1'"}}
    protect: WHOLE
"""
HIDES, TENS = "{}", "{method: rounding}"
TWELVES, TENS_OF_FOUR = "{method: rounding, base: 12}", "{method: rounding, k_min: 4, base: 10}"


@pytest.fixture
def declared(tmp_path):
    """Return a function that gives the instance with a part and a whole protected so."""

    def instance(part, whole):
        path = make_instance(tmp_path) / "indicators.yaml"
        told = PART.replace("PROTECT", part).replace("WHOLE", whole)
        path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")
        return tmp_path

    return instance


@pytest.mark.parametrize(
    ("part", "whole"),
    [(TENS, HIDES), (HIDES, TENS), (TENS, TWELVES)],
    ids=["a rounded part", "a rounded whole", "two bases"],
)
def test_a_part_not_rounded_like_its_whole_is_refused_at_its_line(part, whole, declared):
    folder = declared(part, whole)

    with pytest.raises(RegistryError) as refused:
        open_instance(folder)

    (fault,) = refused.value.faults
    lines = (folder / "indicators.yaml").read_text(encoding="utf-8").splitlines()
    assert fault.key == "subset_rounded_apart"
    assert lines[fault.line - 1][fault.column - 1 :] == "subset_of: visits"
    for lang in LANGUAGES:
        words = fault_line(fault, lang)
        assert words.startswith(f"{folder / 'indicators.yaml'}:{fault.line}:{fault.column}: ")
        assert "some_visits" in words
        assert "method" in words
        assert "\n" not in words


@pytest.mark.parametrize(
    ("part", "whole"), [(HIDES, HIDES), ("{k_min: 10}", HIDES), (TENS, TENS), (TENS_OF_FOUR, TENS)]
)
def test_a_part_protected_like_its_whole_is_sound(part, whole, declared):
    assert open_instance(declared(part, whole)).registry.indicators


def test_an_unknown_whole_is_one_fault_only(declared):
    folder = declared(TENS, HIDES)
    path = folder / "indicators.yaml"
    path.write_text(path.read_text().replace("subset_of: visits", "subset_of: visit"))

    with pytest.raises(RegistryError) as refused:
        read_registry(path)

    assert [one.key for one in refused.value.faults] == ["subset_of_unknown"]


SAME = f"""\
  - id: visits{MEASURE}
    kind: KIND
    cadence: month
    PARTS
    protect: {{k_min: 6}}
  - id: visits_told{MEASURE}
    kind: count
    cadence: month
    numerator: {{from: visits, count: rows, where: "service  = 'x'"}}
    protect: {{method: rounding, base: 12}}
"""
SHARE = """numerator: {from: visits, count: rows, where: "service = 'x' and town = 'y'"}
    denominator: {from: visits, count: rows, where: "service = 'x'"}"""


@pytest.mark.parametrize(
    ("kind", "parts"),
    [("count", """numerator: {from: visits, count: rows, where: "service = 'x'"}"""),
     ("proportion", SHARE)],
    ids=["the same count", "the whole of a share"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["{k_min: 6}", "{method: rounding}"])
def test_the_same_number_under_two_measures_is_rounded_alike(kind, parts, method, tmp_path):
    path = make_instance(tmp_path) / "indicators.yaml"
    told = SAME.replace("KIND", kind).replace("PARTS", parts).replace("{k_min: 6}", method)
    path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")

    with pytest.raises(RegistryError) as refused:
        open_instance(tmp_path)

    (fault,) = refused.value.faults
    line = path.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert fault.key == "same_rounded_apart"
    assert line.strip() == "protect: {method: rounding, base: 12}"
    assert all("visits_told" in fault_line(fault, lang) for lang in LANGUAGES)


def test_a_public_population_ties_no_measures(tmp_path):
    path = make_instance(tmp_path) / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    rate = "denominator: {from: people, sum: people}\n"
    path.write_text(text.replace(rate, f"{rate}    protect: {{method: rounding}}\n", 1))

    assert open_instance(tmp_path).registry.indicators[0].protect.rounds
