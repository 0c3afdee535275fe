"""The text format of Prometheus, version 0.0.4: names, what they mean, and samples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isinf
from typing import Literal

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[str, Mapping[str, str], float]
"""What is added to the metric's name (`_bucket`, say; mostly nothing), labels, and the value."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what it is called without the samples' own endings, what it means, samples."""

    name: str
    told: str
    samples: tuple[Sample, ...]
    kind: Literal["gauge", "counter", "histogram"] = "gauge"


def gauge(name: str, told: str, value: float | None, **labels: str) -> Metric:
    """Return a metric of one sample; of none where there is no value."""
    return Metric(name, told, () if value is None else (("", labels, value),))


def written(metrics: Iterable[Metric]) -> str:
    r"""Return metrics as text; those without a sample are left out.

    >>> print(written([gauge("age_seconds", "Since then.", 2, of='a "b"')]), end="")
    # HELP age_seconds Since then.
    # TYPE age_seconds gauge
    age_seconds{of="a \"b\""} 2
    """
    lines = []
    for one in metrics:
        if one.samples:
            lines += [f"# HELP {one.name} {one.told}", f"# TYPE {one.name} {one.kind}"]
            lines += [_line(one.name, *sample) for sample in one.samples]
    return "".join(f"{line}\n" for line in lines)


def _line(name: str, ending: str, labels: Mapping[str, str], value: float) -> str:
    told = ",".join(f'{key}="{_escaped(one)}"' for key, one in labels.items())
    return (
        f"{name}{ending}{{{told}}} {_number(value)}" if told else f"{name}{ending} {_number(value)}"
    )


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return "+Inf" if isinf(value) else f"{value:.16g}"
