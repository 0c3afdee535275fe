"""A measure names the official one that is its context; that says nothing of what it counts."""

import json

import pytest
from small_instance import make_instance

from pipelines.earlier import counting_digest
from pipelines.passport import definition_of
from tilannehuone.errors import RegistryError
from tilannehuone.instance import open_instance
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line


def with_benchmark(folder, named):
    make_instance(folder)
    path = folder / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    line = f"    kind: rate\n    benchmark: {named}\n" if named else "    kind: rate\n"
    path.write_text(text.replace("    kind: rate\n", line), encoding="utf-8")
    return folder


@pytest.mark.parametrize("named", ["unheard_of", "visits_rate"])
def test_a_benchmark_is_another_measure_of_the_instance(tmp_path, named):
    with pytest.raises(RegistryError) as refused:
        open_instance(with_benchmark(tmp_path, named))
    (fault,) = refused.value.faults
    for lang in LANGUAGES:
        line = fault_line(fault, lang)
        assert named in line
        assert "benchmark" in line
        assert "\n" not in line


def test_the_benchmark_is_published_but_is_no_part_of_the_definition(tmp_path):
    told = []
    for number, named in enumerate(("", "people")):
        instance = open_instance(with_benchmark(tmp_path / str(number), named))
        one = next(one for one in instance.registry.indicators if one.id == "visits_rate")
        told.append(definition_of(one, instance.sources))

    (plain, own), (beside, same) = told
    assert own == same
    assert json.loads(plain)["benchmark"] is None
    assert json.loads(beside)["benchmark"] == "people"
    assert counting_digest(plain) == counting_digest(beside)
