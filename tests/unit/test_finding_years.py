"""The words of the five-point test of yearly values."""

from dataclasses import replace

import pytest
from findings import NAMES, SHARE, told

from tilannehuone.finding import Evidence, Recent
from tilannehuone.stats.spc_result import Mark

YEARS = [10.0, 11.0, 10.0, 12.0, 11.0, 10.0]


def yearly(rise, fall, lang="fi", names=NAMES, mark=None, values=YEARS, **settings):
    evidence = Evidence(recent=Recent(mark, rise, fall))
    return told(values, lang, names, period_type="year", evidence=evidence, **settings)


def test_five_years_without_a_change():
    assert "Vuosien 2024–2028 luvuissa ei näy merkitsevää muutosta. " in yearly(0.22, -0.31)
    assert yearly(0.22, -0.31).endswith(
        "Noin 22 %:n vuosittainen muutos ylöspäin tai 31 %:n alaspäin "
        "olisi todennäköisesti näkynyt."
    )
    assert yearly(0.22, -0.31, "sv").endswith(
        "I värdena för åren 2024–2028 syns ingen signifikant förändring. "
        "En förändring på ungefär 22 % om året uppåt eller 31 % nedåt hade sannolikt synts."
    )
    assert yearly(0.22, -0.31, "en").endswith(
        "The values for 2024–2028 show no significant change. "
        "A change of about 22% a year upwards or 31% downwards would probably have shown."
    )


@pytest.mark.parametrize(
    ("rise", "fall", "words"),
    [
        (0.2, -0.2, "A change of about 20% a year either way would probably have shown."),
        (0.2, None, "A change of about 20% a year upwards would probably have shown."),
        (None, -0.2, "A change of about 20% a year downwards would probably have shown."),
        (None, None, "In these values chance can hide even a large change."),
    ],
)
def test_a_yearly_change_is_told_as_far_as_it_is_known(rise, fall, words):
    assert yearly(rise, fall, "en").endswith(words)


def test_a_yearly_change_of_a_share_stays_within_the_whole():
    assert "Noin 1,0 prosenttiyksikön vuosittainen muutos ylö" in yearly(0.1, -0.2, names=SHARE)
    steep = yearly(3.0, -0.2, names=SHARE)  # 30 points a year, four times over
    assert steep.endswith("Noin 2,0 prosenttiyksikön vuosittainen muutos alaspäin olisi "
                          "todennäköisesti näkynyt.")  # fmt: skip
    assert yearly(0.1, -0.2, "en", SHARE, values=[0.0] * 6).endswith("even a large change.")


def test_five_years_may_tell_a_direction():
    mark = Mark("recent_trend", "low", "improvement", 5)
    falling = replace(mark, kind="neutral_low")

    assert "Tilanne paranee: vuosien 2024–2028 lasku on suurempi kuin sattuma selittää." in yearly(
        0.2, -0.2, mark=mark, direction="down"
    )
    assert "Läget förbättras: minskningen åren 2024–2028 är större än slumpen kan" in yearly(
        0.2, -0.2, "sv", mark=mark, direction="down"
    )
    assert "The value is falling: the fall over 2024–2028 is more than chance would" in yearly(
        0.2, -0.2, "en", mark=falling, direction="context"
    )
