"""Funnels against reference figures, and what they say of areas that stand out or are hidden."""

import math

import numpy as np
import pytest
from scipy import stats

from tilannehuone.stats.comparison import adjusted_limits, funnel, funnel_limits

NAN = math.nan
KINDS = ("proportion", "rate")

COUNTS, POPULATIONS = [12, 30, 9, 70, 22, 5, 44], [200, 400, 180, 500, 390, 60, 610]

# FunnelPlotR's formulas of φ and τ² (type 7 quantiles) on untransformed z-scores, run in R 4.2.2
WORKED = {
    "proportion": (
        (0.082051282051282051, 1.610576188655904, 0.00020816233439572735),
        (-1.1363103085506336, 4.7214667851581851, 0.036185045832490416),
        (-0.91189796868063633, 3.0592683305146386, 0.033512935696259877),
        (0.034655937267282763, 0.04492560758955523, 0.0070720453192897048),
        (0.15677848457579541, 0.14058652020608958, 0.20026940313343097),
    ),
    "rate": (
        (0.082051282051282051, 1.4784263475354196, 0.00018699444866923542),
        (-1.0886948196149417, 4.5236203449937129, 0.034668762264076697),
        (-0.90230933969252236, 3.092646381947926, 0.0325168018689228),
        (0.034152278093088274, 0.045326294418451096, 0.0047750988250517684),
        (0.15757259296945492, 0.13995476605495374, 0.2038909483852937),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_dispersion_is_that_of_the_reference_formulas(kind):
    found = funnel(COUNTS, POPULATIONS, kind=kind)

    told, z, adjusted_z, lower95, upper998 = WORKED[kind]
    some = [0, 3, 5]
    assert (found.baseline, found.phi, found.tau2) == pytest.approx(told, rel=1e-12)
    assert found.z[some] == pytest.approx(z, rel=1e-12)
    assert found.adjusted_z[some] == pytest.approx(adjusted_z, rel=1e-12)
    assert found.adjusted.lower95[some] == pytest.approx(lower95, rel=1e-12)
    assert found.adjusted.upper998[some] == pytest.approx(upper998, rel=1e-12)


def by_phe(average, population, p, sign):
    """Return the limit as PHEindicatormethods 2.1.0 puts it, root by root, uncut."""
    z2 = stats.norm.ppf(p) ** 2
    first, last = average * (population / z2 + 1), 1 / z2 + 1 / population
    inner = population * (average * (population / z2 + 2) - 1) + z2 * (average - 1)
    root = math.sqrt((-8 * first) ** 2 - 64 * last * average * inner)
    return (first + sign * root / 8) / last / population


@pytest.mark.parametrize("average", [0.004, 0.2, 0.5, 0.97])
@pytest.mark.parametrize("population", [3, 60, 5000])
def test_limits_of_proportions_are_those_of_the_reference_package(average, population):
    found = funnel_limits(average, [population], "proportion", scale=100)

    for name, p in (("95", 0.975), ("998", 0.999)):
        lower = max(0, by_phe(average, population, p, -1))
        upper = min(1, by_phe(average, population, p, 1))
        assert getattr(found, f"lower{name}") == pytest.approx([lower * 100], rel=1e-9, abs=1e-9)
        assert getattr(found, f"upper{name}") == pytest.approx([upper * 100], rel=1e-9)


def test_limits_of_rates_are_exact_to_the_last_digits():
    # found by halving in 30 digits (mpmath)
    rows = [
        (1e-6, 0.0, 0.2745007272753491, 0.0, 0.5087168980520336),
        (0.5, 0.0, 2.715690892455021, 0.0, 4.249522442434222),
        (4.1, 0.20132429360986898, 8.977092079473222, 0.0, 12.102593778660836),
        (37.5, 25.49921738512831, 50.45157492309022, 19.59513796459853, 58.27683497529575),
        (1234.5, 1165.6139372591836, 1304.33332601699, 1126.8626562014103, 1344.987838601891),
    ]
    for expected, *counts in rows:
        found = funnel_limits(expected / 400, [400], "rate", scale=400)
        lines = [found.lower95, found.upper95, found.lower998, found.upper998]
        assert np.ravel(lines) == pytest.approx(counts, rel=1e-12)


def test_an_area_unlike_the_rest_is_clearly_so():
    count = [40, 41, 39, 40, 90, 8, 42, 38, 41, 40]
    found = funnel(count, [1000] * 10, kind="rate", scale=1000, direction="down")

    assert (found.words[4], found.words[5]) == ("clearly_worse", "clearly_better")
    assert set(found.words[:4]) == {"similar"}
    assert found.flagged == (4, 5)
    assert (found.baseline, found.known) == (41.9, 10)


def test_areas_that_all_differ_are_overdispersed_and_only_the_farthest_is_marked():
    found = funnel([20, 60, 35, 80, 50, 300, 30, 66], [500] * 8, kind="rate")

    assert found.is_overdispersed
    assert found.flagged == (5,)
    assert (found.outer.upper95 > found.upper95).all()
    plain = found.value > found.upper95
    assert plain.sum() == 1 < (found.value < found.lower95).sum()


def test_an_unknown_area_has_no_part_in_anything():
    whole = funnel([12, 30, 9], [200, 400, 180], kind="proportion")
    gappy = funnel([12, NAN, 30, 9, 7], [200, 350, 400, 180, NAN], kind="proportion")

    assert (gappy.baseline, gappy.phi, gappy.tau2, gappy.known) == (
        whole.baseline,
        whole.phi,
        whole.tau2,
        3,
    )
    assert gappy.words == ("similar", None, "similar", "similar", None)
    for row in (gappy.value, gappy.z, gappy.adjusted_z, gappy.upper95, gappy.outer.lower998):
        assert np.isnan(row).tolist() == [False, True, False, False, True]


def test_with_nothing_to_compare_nothing_varies():
    alone = funnel([30], [400], kind="rate")
    assert (alone.words, alone.phi, alone.tau2) == (("similar",), 0, 0)

    for count in ([0, 0, 0], [50, 20, 30]):
        flat = funnel(count, [50, 20, 30], kind="proportion")
        assert set(flat.words) == {"similar"}
        assert (flat.phi, flat.tau2) == (0, 0)
        assert (flat.z == 0).all()
        assert (flat.lower998 == flat.upper998).all()

    nobody = funnel([NAN], [NAN], kind="rate")
    assert nobody.words == (None,)
    assert np.isnan([nobody.baseline, nobody.phi, nobody.tau2]).all()
    assert not nobody.is_overdispersed


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_is_an_error(kind):
    for count, population, fault in [
        ([1, -1], [5, 5], "cell 1: numerator is negative"),
        ([1, 1], [0, 5], "cell 0: denominator is not positive"),
        ([1, math.inf], [5, 5], "cell 1: a number is infinite"),
        ([[1]], [[5]], "a funnel takes one row of areas"),
    ]:
        with pytest.raises(ValueError, match=fault):
            funnel(count, population, kind=kind)
    with pytest.raises(ValueError, match="a scale is a positive number"):
        funnel([1], [5], kind=kind, scale=0)
    with pytest.raises(ValueError, match=f"a {kind} has no baseline of -1"):
        funnel_limits(-1, [5], kind)
    with pytest.raises(ValueError, match="tau2 is zero or more, not -1"):
        adjusted_limits(0.1, [5], kind, -1)


def test_kinds_and_directions_are_those_there_are():
    with pytest.raises(ValueError, match="cell 0: numerator exceeds denominator"):
        funnel([7], [5], kind="proportion")
    with pytest.raises(ValueError, match="kind is proportion or rate, not 'ratio'"):
        funnel([1], [5], kind="ratio")
    with pytest.raises(ValueError, match="direction is up, down or context"):
        funnel([1], [5], kind="rate", direction="left")
    with pytest.raises(ValueError, match="denominators are one row"):
        funnel_limits(0.1, 5, "rate")
