"""Standard populations: the ages that directly standardised rates are told for.

Which standard an indicator uses is declared, and its name is printed under the chart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from tilannehuone.stats.interval import Floats


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard population: how many persons (or what share) each stratum has.

    Only the ratios of the weights matter. A stratum may weigh nothing, all of them may not.

    Parameters
    ----------
    name
        As printed under a chart.
    labels
        One for each stratum, usually an age ("7") or a band of ages ("5-9"), in the order of the
        strata of the counts.
    weights
        One for each label.

    Raises
    ------
    ValueError
        When labels repeat or are not as many as the weights, or a weight is negative or no number,
        or all are zero.

    Examples
    --------
    >>> Standard("Network 2026", ("0", "1"), (812.0, 840.0)).array
    array([812., 840.])
    """

    name: str
    labels: tuple[str, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.weights):
            raise ValueError(f"{len(self.labels)} strata have {len(self.weights)} weights")
        for position, (label, weight) in enumerate(zip(self.labels, self.weights, strict=True)):
            if label in self.labels[:position]:
                raise ValueError(f"stratum {label} is there twice")
            if not isfinite(weight) or weight < 0:
                raise ValueError(f"stratum {label}: a weight is zero or more, not {weight}")
        if not sum(self.weights) > 0:
            raise ValueError("a standard needs a stratum that weighs more than zero")

    @classmethod
    def declared(cls, name: str, weights: Mapping[str, float]) -> "Standard":
        """Return the standard that a mapping of label to weight declares, in its order.

        >>> Standard.declared("Network 2026", {"0": 812, "1": 840}).labels
        ('0', '1')
        """
        return cls(
            name,
            tuple(str(label) for label in weights),
            tuple(float(one) for one in weights.values()),
        )

    @property
    def array(self) -> Floats:
        """The weights as an array."""
        return np.array(self.weights, dtype=np.float64)


def restricted(standard: Standard, labels: Iterable[str]) -> Standard:
    """Return the standard of these strata only, in the order asked.

    A rate among children alone is standardised to the children of the standard.

    Raises
    ------
    ValueError
        When the standard has no such stratum, or none is asked.

    Examples
    --------
    >>> restricted(EUROPEAN_2013, ["0-4", "5-9", "10-14"]).weights
    (5000.0, 5500.0, 5500.0)
    """
    weight_of = dict(zip(standard.labels, standard.weights, strict=True))
    chosen = tuple(labels)
    for label in chosen:
        if label not in weight_of:
            raise ValueError(f"the standard {standard.name!r} has no stratum {label}")
    return Standard(standard.name, chosen, tuple(weight_of[label] for label in chosen))


_FROM_FIVE = {
    "5-9": 5500,
    "10-14": 5500,
    "15-19": 5500,
    "20-24": 6000,
    "25-29": 6000,
    "30-34": 6500,
    "35-39": 7000,
    "40-44": 7000,
    "45-49": 7000,
    "50-54": 7000,
    "55-59": 6500,
    "60-64": 6000,
    "65-69": 5500,
    "70-74": 5000,
    "75-79": 4000,
    "80-84": 2500,
    "85-89": 1500,
    "90+": 1000,
}

_EUROPEAN = "European Standard Population 2013"

EUROPEAN_2013 = Standard.declared(_EUROPEAN, {"0-4": 5000, **_FROM_FIVE})
"""Nineteen five-year bands, 100 000 persons in all.

Pace M. et al. (2013), Revision of the European Standard Population, Eurostat.
"""

EUROPEAN_2013_INFANTS = Standard.declared(_EUROPEAN, {"0": 1000, "1-4": 4000, **_FROM_FIVE})
"""The same with the first year of life told apart from the next four."""
