"""Numbers, dates and periods as each language writes them.

Finnish and the Swedish of Finland: decimal comma, groups of three by a narrow no-break space,
a space before %, 5.2.2025. English: decimal point, the same space between groups, no space
before %, 5 Feb 2025. Minus is U+2212 in all three. Source: Kielikello; EU style guide.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tilannehuone.texts import text

NARROW = "\u202f"
"""Narrow no-break space: between groups of three and before %."""

NO_BREAK = "\u00a0"
MINUS = "\u2212"


def number(x: float, lang: str, decimals: int = 0) -> str:
    r"""Return a number with `decimals` decimals, halves rounded away from zero.

    What rounds to zero has no sign. NaN and infinity raise ValueError: what is not known is told
    in words, never as a number. Years are no numbers in this sense; write them as they are.

    >>> number(-1234.55, "fi", 1)
    '−1\u202f234,6'
    >>> number(0.25, "en", 1), number(-0.04, "sv", 1)
    ('0.3', '0,0')
    """
    exact = Decimal(str(float(x)))
    if not exact.is_finite():
        raise ValueError("only a known number can be written")
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NARROW)
    if lang != "en":
        digits = digits.replace(".", ",")
    return MINUS + digits if rounded < 0 else digits


def percent(x: float, lang: str, decimals: int = 1) -> str:
    r"""Return a percentage; `x` is in percent (10.2, not 0.102).

    >>> percent(10.2, "fi"), percent(10.2, "en")
    ('10,2\u202f%', '10.2%')
    """
    return number(x, lang, decimals) + ("%" if lang == "en" else f"{NARROW}%")


def value_with_unit(x: float, unit: str, lang: str, decimals: int = 1) -> str:
    r"""Return a value and its unit; `unit` is in the language already, `%` or a word or empty.

    One is written as one: 1 päivä, but 1,0 päivää. A unit that begins with a number stands in
    brackets: 67 (10 000 lasta kohti), since 67 10 000 reads as one number.

    >>> value_with_unit(48, "ilmoitusta", "fi", 0), value_with_unit(1, "ilmoitusta", "fi", 0)
    ('48\xa0ilmoitusta', '1\xa0ilmoitus')
    """
    if unit == "%":
        return percent(x, lang, decimals)
    shown = number(x, lang, decimals)
    if unit[:1].isdigit():
        return f"{shown}{NO_BREAK}({unit})"
    return NO_BREAK.join((shown, unit_after(shown, unit, lang))) if unit else shown


def unit_after(shown: str, unit: str, lang: str) -> str:
    """Return a unit as it stands after a number written already: a known one as one after 1.

    >>> unit_after("1", "päivää", "fi"), unit_after("12", "päivää", "fi")
    ('päivä', 'päivää')
    """
    if shown.removeprefix(MINUS) != "1":
        return unit
    many, one = (text(f"units.{form}", lang).split() for form in ("many", "one"))
    return dict(zip(many, one, strict=True)).get(unit, unit)


def day(d: date, lang: str) -> str:
    """Return a date in running text: 5.2.2025, in English 5 Feb 2025.

    >>> day(date(2025, 2, 5), "sv"), day(date(2025, 2, 5), "en").replace(NO_BREAK, " ")
    ('5.2.2025', '5 Feb 2025')
    """
    if lang == "en":
        return NO_BREAK.join((str(d.day), _month("months_short", d, lang), str(d.year)))
    return f"{d.day}.{d.month}.{d.year}"


def period(period_type: str, start: date, lang: str) -> str:
    """Return the name of a period as it stands on an axis, in a table or in a picker.

    >>> period("month", date(2025, 1, 1), "fi"), period("quarter", date(2025, 1, 1), "fi")
    ('tammi 2025', '1. neljännes 2025')
    >>> period("half_year", date(2025, 4, 1), "fi"), period("week", date(2020, 12, 28), "fi")
    ('1.4.–30.9.2025', 'viikko 53/2020')
    >>> period("rolling3", date(2025, 1, 1), "fi")
    'tammi–maalis 2025'
    """
    return _written("label", period_type, start, lang)


def in_period(period_type: str, start: date, lang: str) -> str:
    """Return a period as an adverbial within a sentence.

    >>> in_period("month", date(2025, 1, 1), "fi"), in_period("month", date(2025, 1, 1), "sv")
    ('tammikuussa 2025', 'i januari 2025')
    >>> in_period("half_year", date(2024, 10, 1), "fi")
    'ajalla 1.10.2024–31.3.2025'
    """
    return _written("in", period_type, start, lang)


def day_range(first: date, last: date, lang: str) -> str:
    """Return a range of days; what both share is written once in Finnish and Swedish.

    >>> day_range(date(2025, 4, 1), date(2025, 9, 30), "fi")
    '1.4.–30.9.2025'
    """
    return text("periods.label_days", lang, **_ends(first, last, lang))


def _written(style: str, period_type: str, start: date, lang: str) -> str:
    if period_type == "week":
        year, week, _ = start.isocalendar()
        return text(f"periods.{style}_week", lang, number=week, year=year)
    if period_type == "year":
        return text(f"periods.{style}_year", lang, year=start.year)
    if period_type == "quarter":
        quarter = (start.month + 2) // 3
        ordinal = text("periods.quarters_in", lang).split()[quarter - 1]
        told = {"number": quarter, "ordinal": ordinal, "year": start.year}
        return text(f"periods.{style}_quarter", lang, **told)
    last = _last_day(period_type, start)
    lone, first = ("months_short", "months_short") if style == "label" else MONTHS_IN_TEXT
    if period_type == "month":
        return text(f"periods.{style}_month", lang, month=_month(lone, start, lang), year=last.year)
    if last.year == start.year and not (style == "label" and period_type == "half_year"):
        names = {"first": _month(first, start, lang), "month": _month(lone, last, lang)}
        return text(f"periods.{style}_months", lang, year=last.year, **names)
    return text(f"periods.{style}_days", lang, **_ends(start, last, lang))


MONTHS_IN_TEXT = ("months_in", "months_first")


def _last_day(period_type: str, start: date) -> date:
    digits = period_type.removeprefix("rolling")
    months = int(digits) if digits.isdigit() else {"month": 1, "half_year": 6}[period_type]
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _month(names: str, d: date, lang: str) -> str:
    return text(f"periods.{names}", lang).split()[d.month - 1]


def _ends(first: date, last: date, lang: str) -> dict[str, str]:
    if lang == "en":
        return {"first": day(first, lang), "last": day(last, lang)}
    shared = first.year == last.year
    start = f"{first.day}.{first.month}." if shared else day(first, lang)
    return {"first": start, "last": day(last, lang)}
