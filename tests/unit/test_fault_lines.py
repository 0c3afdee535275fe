"""A fault is one line that a person reads, whatever somebody wrote where it was found."""

import pytest

from tilannehuone.errors import Fault
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import MOST_TOLD, fault_line


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\n", "\x1b", "\r\n", "\x0c"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_breaks_the_line(sign, lang):
    told = fault_line(Fault("unknown_key", {"key": f"a{sign}b"}, f"x{sign}y.yaml", 1, 2), lang)

    assert told.startswith("x y.yaml:1:2: ")
    assert "a b" in told
    assert len(told.splitlines()) == 1


def test_of_a_long_value_the_beginning_is_told():
    told = fault_line(Fault("unknown_key", {"key": "k" * 5000}), "en")

    assert "k" * (MOST_TOLD - 1) + "…" in told
    assert len(told) < MOST_TOLD + 200
