"""How people write a period: the forms that extracts use, read without knowing what they are for.

`read_written` says what stands in a text (a month and a year, a range of days, a bare number and
a year …). Which period that is, is `tilannehuone.periods.parse_period`'s to decide.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "tammi januari january jan",
            "helmi februari february feb febr",
            "maalis mars march mar",
            "huhti april apr",
            "touko maj may",
            "kesa juni june jun",
            "heina juli july jul",
            "elo augusti august aug",
            "syys september sep sept",
            "loka oktober october okt oct",
            "marras november nov",
            "joulu december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Month names of the three languages without diacritics, case or Finnish `-kuu`."""

ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a text.

    `kind` is a period type for a form that names its type, else `number` (a bare number and a
    year, `padded` when written with a leading zero), `day` (`first`) or `range` (`first` to
    `last`, both included). `school` marks what may as well be a school year, 2010/11.
    """

    kind: str
    year: int = 0
    number: int = 1
    first: date | None = None
    last: date | None = None
    padded: bool = False
    school: bool = False


def read_written(text: str) -> Written | None:
    """Return what stands in `text`, or None when it is no known form or no real date.

    >>> read_written("Q1/2025")
    Written(kind='quarter', year=2025, number=1, first=None, last=None, padded=False, school=False)
    >>> read_written("tammi.25").number
    1
    >>> read_written("31.2.2025") is None
    True
    """
    plain = _plain(text)
    for pattern, build in FORMS:
        if match := pattern.fullmatch(plain):
            with suppress(ValueError, KeyError):
                return build(match.groupdict())
    return None


def _plain(text: str) -> str:
    """Return the text in lower case without diacritics, odd spaces or odd dashes."""
    parts = unicodedata.normalize("NFKD", text).translate(DASHES).casefold()
    bare = "".join(one for one in parts if not unicodedata.combining(one))
    return re.sub(r"\s*-\s*", "-", " ".join(bare.split()))


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < 70 else 1900
    if not 1900 <= year <= 2100:
        raise ValueError("no year of this age")
    return year


def _month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS[re.sub(r"kuu(n|ta|ssa|lta)?$", "", word)]


def _of(kind: str) -> Callable[[dict[str, str]], Written]:
    def build(found: dict[str, str]) -> Written:
        digits = found["n"]
        number = int(digits) if digits.isdigit() else ROMANS[digits]
        return Written(kind, _year(found["y"]), number)

    return build


def _bare(found: dict[str, str]) -> Written:
    year, digits = _year(found["y"]), found["n"]
    school = "s" in found and int(digits) == (year + 1) % 100
    return Written("number", year, int(digits), padded=digits[0] == "0", school=school)


def _named_month(found: dict[str, str]) -> Written:
    return Written("month", _year(found["y"]), _month(found["m"]))


def _whole_year(found: dict[str, str]) -> Written:
    return Written("year", _year(found["y"]))


def _day(found: dict[str, str]) -> Written:
    return Written("day", first=date(_year(found["y"]), _month(found["m"]), int(found["d"])))


def _day_range(found: dict[str, str]) -> Written:
    end_month, end_year = _month(found["m2"]), _year(found["y2"])
    month = _month(found.get("m") or found["m2"])
    year = _year(found.get("y") or found["y2"])
    first, last = date(year, month, int(found["d"])), date(end_year, end_month, int(found["d2"]))
    return _range(first, last)


def _month_range(found: dict[str, str]) -> Written:
    year2, month2 = _year(found["y2"]), _month(found["m2"])
    first = date(_year(found.get("y") or found["y2"]), _month(found["m"]), 1)
    return _range(first, date(year2, month2, monthrange(year2, month2)[1]))


def _range(first: date, last: date) -> Written:
    if last < first:
        raise ValueError("ends before it begins")
    return Written("range", first=first, last=last)


GAP = r"[\s./:;,_-]*"
Y, YY, N = r"(?P<y>\d{4})", r"(?P<y>\d{4}|\d{2})", r"(?P<n>\d{1,2})"
ROMAN = r"(?P<n>i{1,3}|iv)"
FEW = r"(?P<n>0?[1-4]|i{1,3}|iv)"
NAME, NAME2 = r"(?P<m>[a-z]{3,11})", r"(?P<m2>[a-z]{3,11})"
D, M = r"(?P<d>\d\d?)", r"(?P<m>\d\d?)"
D2, M2, Y2 = r"(?P<d2>\d\d?)", r"(?P<m2>\d\d?)", r"(?P<y2>\d{4})"
MARKS = {
    "quarter": (FEW, "q k kv kvartaali kvartal neljannes vuosineljannes quarter qtr"),
    "half_year": (FEW, "h s puolivuosi puolivuotis vuosipuolisko halvar half half-year"),
    "week": (N, "w wk v vko viikko vecka week"),
    "month": (N, "m kk kuukausi manad month"),
}
"""What marks a number as a quarter, half-year, week or month, and which numbers it may have."""

Shape = tuple[str, Callable[[dict[str, str]], Written]]


def _marked_shapes(kind: str, number: str, words: str) -> list[Shape]:
    mark = f"(?:{words.replace(' ', '|')})"
    orders = ((Y, mark, number), (mark, number, Y), (number, mark, Y), (Y, number, mark))
    return [(GAP.join(order), _of(kind)) for order in orders]


SHAPES: list[Shape] = [
    (rf"(?:vuosi |ar |year )?{Y}(?:\.0+)?", _whole_year),
    (rf"{Y}-{M}-{D}(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?z?)?", _day),
    (rf"{Y}(?P<m>\d\d)(?P<d>\d\d)", _day),
    (rf"{D}\.{M}\.{YY}(?: \d\d?[:.]\d\d(?:[:.]\d\d)?)?", _day),
    (rf"{D}\.? {NAME}\.?,? {Y}", _day),
    (rf"{NAME}{GAP}{YY}", _named_month),
    (rf"{Y}{GAP}{NAME}", _named_month),
    *(one for kind, rule in MARKS.items() for one in _marked_shapes(kind, *rule)),
    (rf"{N}[/.:; ]{Y}", _bare),
    (rf"{Y}[-:; ]{N}", _bare),
    (rf"{Y}\.(?P<n>\d\d)", _bare),
    (rf"{Y}(?P<s>/){N}", _bare),
    (rf"{Y}(?P<s>)(?P<n>\d\d)", _bare),
    (rf"{ROMAN}[/. ]{Y}", _of("roman")),
    (rf"{Y}[/. ]{ROMAN}", _of("roman")),
    (rf"{D}\.(?:{M}\.{Y}?)?-{D2}\.{M2}\.{Y2}", _day_range),
    (rf"{Y}-{M}-{D}(?:/|-| to | ){Y2}-{M2}-{D2}", _day_range),
    (rf"{M}(?:/{Y})?-{M2}/{Y2}", _month_range),
    (rf"{NAME}(?: {Y})?-{NAME2} {Y2}", _month_range),
]
"""Pattern and builder of every form, tried in this order until one fits a real date."""

FORMS = [(re.compile(pattern), build) for pattern, build in SHAPES]
