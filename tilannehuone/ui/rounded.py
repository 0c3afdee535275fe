"""What is said of measures whose counts are printed rounded: how, and what that does to totals."""

from collections.abc import Collection

from tilannehuone.registry import Indicator
from tilannehuone.texts import catalogue, text


def rounded_words(indicator: Indicator, lang: str) -> str:
    """Return in one sentence that the measure's counts are rounded; empty where they are not."""
    if not indicator.protect.rounds:
        return ""
    base = indicator.protect.rounding_base
    key = f"status.rounded_{base}"
    known = key if key in catalogue(lang) else "status.rounded"
    return text(known, lang, base=base)


def rule_words(indicator: Indicator, lang: str) -> str:
    """Return the rule by which the measure's counts are rounded, and what its zero means."""
    rule = indicator.protect
    return text("status.rule_rounded", lang, base=rule.rounding_base, most=rule.most_as_zero)


def rounded_lines(indicators: Collection[Indicator], lang: str) -> list[str]:
    """Return that sentence for each base there is, led by the measures it holds for.

    Where all measures are rounded alike no names lead it; where none is there is no line.
    """
    of = by_base(indicators)
    if len(of) == 1 and sum(map(len, of.values())) == len(indicators):
        return [rounded_words(next(iter(indicators)), lang)]
    return [f"{names_of(some, lang)}: {rounded_words(some[0], lang)}" for some in of.values()]


def by_base(indicators: Collection[Indicator]) -> dict[int, list[Indicator]]:
    """Return the rounded measures among these, by what their counts are multiples of."""
    of: dict[int, list[Indicator]] = {}
    for one in indicators:
        if one.protect.rounds:
            of.setdefault(one.protect.rounding_base, []).append(one)
    return dict(sorted(of.items()))


def names_of(indicators: Collection[Indicator], lang: str) -> str:
    """Return the measures' names, as a list within a line."""
    return ", ".join(one.name.in_language(lang) for one in indicators)
