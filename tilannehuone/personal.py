"""Personal data in text: Finnish identity codes, telephone numbers, e-mail addresses, names.

Pure patterns that err to neither side: real statistics must pass, a planted identifier must not.
What is certain in itself (a code with the right check character, an address, a number written as
telephone numbers are) is found anywhere. What may as well be an id (`0401234567`, `03-123456`) is
judged by its column: among ids of the same shape it is an id.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

from tilannehuone.personal_names import folded, looks_like_names

Personal = Literal["identity_code", "phone", "email", "name"]
"""What kind of personal data was found."""

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES = dict.fromkeys("+", 1800) | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
GAP = " \u00a0\u2009\u202f\\-\u2010-\u2015/."
"""What stands between the digits of a telephone number, inside a character class."""

PREFILTER = (
    r"@|[(\[](?:at|AT|ät|ÄT)[)\]]"
    r"|(?:^|[^0-9A-Za-z]|[Tt][Uu]|[Uu][Ss]|[Nn][Gg])[0-3][0-9][01][0-9]{3}"
    rf"[-+A-FU-Ya-fu-y{DASHES}][0-9]{{3}}[0-9A-Ya-y](?:$|[^0-9A-Za-z])"
    rf"|(?:^|[^0-9A-Za-z])(?:\+|\(?0(?:0358|[1-9]))[0-9(){GAP}]{{5,}}"
)
"""Matches whatever may be personal and little else; without look-around, so DuckDB reads it."""

_IDENTITY = re.compile(
    rf"(?<![0-9])([0-9]{{6}})([-+A-FU-Y{DASHES}])([0-9]{{3}})([0-9A-FHJ-NPR-Y])(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[\w.%+'-]{1,64}\s?(?:@|[(\[](?:at|ät)[)\]])\s?[^\W_][^\W_-]*(?:[-.][^\W_]+)*\.[^\W\d_]{2,}",
    re.IGNORECASE,
)
_AT = re.compile(r"@|[(\[](?:at|ät)[)\]]", re.IGNORECASE)
_INTERNATIONAL = re.compile(
    rf"(?<![\w+])\+\(?[1-9](?:[(){GAP}]{{0,3}}[0-9]){{7,14}}(?![\w]|[.,][0-9])"
)
_FINNISH_00 = re.compile(rf"(?<![\w+])00358(?:[(){GAP}]{{0,3}}[0-9]){{5,11}}(?![\w]|[.,][0-9])")
_MOBILE = re.compile(
    rf"(?<![\w+.,/-])\(?(0(?:457[0-9]?|4[0-9]0?|500?))\)?[{GAP}]{{1,3}}([0-9](?:[{GAP}]?[0-9]){{3,9}})"
    r"(?![\w]|[.,-][0-9])"
)
_LANDLINE = re.compile(
    r"(?<![\w+.,/-])(\(?)(0(?:[235689]|1[0-9]|2[0-9]|7[135]))\)?"
    r"[ \u00a0\u202f-]{1,3}"
    r"([0-9]{3,4}[ \u00a0\u202f][0-9]{3,5}|[0-9]{3}(?: [0-9]{2}){2}|[0-9]{6,8})"
    r"(?![\w]|[.,-][0-9])"
)
_PLAIN_MOBILE = re.compile(r"(?<![\w+.,/-])0(?:4[0-9]|50)[0-9]{6,8}(?![\w]|[.,-][0-9])")
_THOUSANDS = re.compile(r"\+[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}[ \u00a0\u202f-](?:19|20)[0-9]{2}")
_ID_LIKE = re.compile(
    rf"[0-9][0-9{GAP}]*|[0-9]{{6}}[-+A-FU-Y{DASHES}][0-9]{{3}}[0-9A-Z]", re.IGNORECASE
)
AFTER = ("hetu", "tunnus", "sotu", "beteckning")
_ONLY_PHONE = re.compile(rf"\+?[0-9(){GAP}]+")

ID_LENGTH = 40
"""A longer text is no id."""

_PHONE_HEADERS = """
puhelin puhelinnumero puhelinnro puhnro puh gsm gsmnumero matkapuhelin kannykka telefon
telefonnummer mobil mobilnummer tel tfn phone phonenumber telephone mobile mobilephone
"""
PHONE_HEADERS = frozenset(_PHONE_HEADERS.split())


def is_identity_code(text: str) -> bool:
    """Tell whether a text is a personal identity code with the right check character.

    Codes for temporary use (individual numbers 900–999) and the century signs of 2023 count.

    >>> is_identity_code("131052-308T"), is_identity_code("131052Y308T")
    (True, True)
    >>> is_identity_code("131052-308U"), is_identity_code("311152-308T")
    (False, False)
    """
    match = _IDENTITY.fullmatch(text.strip())
    return match is not None and _is_valid(match)


def _is_valid(match: "re.Match[str]") -> bool:
    day, sign, number, check = match.groups()
    century = CENTURIES.get(sign.upper(), 1900)
    try:
        date(century + int(day[4:]), int(day[2:4]), int(day[:2]))
    except ValueError:
        return False
    return int(number) >= 2 and CHECK[int(day + number) % 31] == check.upper()


def find(text: str) -> Personal | None:
    """Return what certainly personal a text holds, embedded or alone; None for nothing.

    >>> find("Asiakas 131052-308T soitti"), find("puh. 040 123 4567"), find("a.b@kunta.fi")
    ('identity_code', 'phone', 'email')
    >>> [find(one) for one in ("1 234 567", "0201256-6", "2025-01-05", "04130 04150")]
    [None, None, None, None]
    """
    if any(_stands_alone(text, one) and _is_valid(one) for one in _IDENTITY.finditer(text)):
        return "identity_code"
    if _AT.search(text) and _EMAIL.search(text):
        return "email"
    return "phone" if any(_phones(text)) else None


def _stands_alone(text: str, match: "re.Match[str]") -> bool:
    """Tell a code alone, or right after its name (`hetu131052-308T`), from a longer id."""
    start = match.start()
    if not start or not (text[start - 1].isascii() and text[start - 1].isalnum()):
        return True
    return text[max(start - 12, 0) : start].lower().endswith(AFTER)


def _phones(text: str) -> Iterable[bool]:
    """Yield True for each telephone number that is written as one."""
    for one in _INTERNATIONAL.finditer(text):
        digits = re.sub(r"\D", "", one[0])
        yield digits.startswith("358") or (len(digits) >= 9 and not _THOUSANDS.fullmatch(one[0]))
    yield _FINNISH_00.search(text) is not None
    for one in _MOBILE.finditer(text):
        groups = re.findall("[0-9]+", one[0])
        total = sum(map(len, groups))
        lists_codes = all(len(group) == 3 for group in groups)
        yield 9 <= total <= 11 and not lists_codes
    alone = text.strip()
    for one in _LANDLINE.finditer(text):
        written = one[1] or one[0] != alone or " " in one[3] or "\u00a0" in one[3]
        yield bool(written) and _has_landline_length(one)
    for one in _PLAIN_MOBILE.finditer(text):
        yield one[0] != alone


def _has_landline_length(match: "re.Match[str]") -> bool:
    total = len(re.sub(r"\D", "", match[2] + match[3]))
    return 8 <= total <= 11 and not _YEARS.fullmatch(match[3])


def find_in_column(
    header: str, values: Collection[str], sample: Collection[str] = (), known: Collection[str] = ()
) -> tuple[Personal, str | None] | None:
    """Return what personal a column holds and the value that shows it; None for nothing.

    Parameters
    ----------
    header
        Of the column.
    values
        Its distinct values, or at least those that PREFILTER matches.
    sample
        Distinct values that stand for the whole column; `values` itself when empty.
    known
        Folded names of areas, which name no persons.

    Examples
    --------
    >>> find_in_column("selite", ["Perhetyö", "0401234567"])
    ('phone', '0401234567')
    >>> find_in_column("tunnus", ["0401234567", "0771234567", "0911234567", "1234567890"]) is None
    True
    """
    sample = sample or values
    shapes = _id_shapes(sample)
    pattern = re.compile(PREFILTER)
    phones = folded(header) in PHONE_HEADERS
    for value in values:
        if phones and _is_phone_digits(value):
            return "phone", value
        if not pattern.search(value) or (len(value) <= ID_LENGTH and _shape(value) in shapes):
            continue
        found = find(value) or ("phone" if _is_weak_phone(value) else None)
        if found is not None:
            return found, value
    return ("name", None) if looks_like_names(header, sample, known) else None


def _is_phone_digits(value: str) -> bool:
    text = value.strip()
    digits = re.sub(r"\D", "", text)
    return bool(_ONLY_PHONE.fullmatch(text)) and 7 <= len(digits) <= 13


def _shape(value: str) -> str:
    return re.sub("[A-Z]", "A", re.sub("[0-9]", "9", value.strip().upper()))


def _is_weak_phone(value: str) -> bool:
    """Tell whether a whole cell may be a telephone number, or as well an id."""
    text = value.strip()
    landline = _LANDLINE.fullmatch(text)
    mobile = _MOBILE.fullmatch(text)
    if landline is not None:
        return _has_landline_length(landline)
    if mobile is not None:  # and no list of municipality codes, such as 049 050 051
        codes = all(len(one) == 3 and one[0] == "0" for one in re.findall("[0-9]+", text))
        return 9 <= len(re.sub(r"\D", "", text)) <= 11 and not codes
    return _PLAIN_MOBILE.fullmatch(text) is not None


def _id_shapes(sample: Collection[str]) -> frozenset[str]:
    """Return the shapes (`999999-9999`) that a column's values share without being personal.

    One in some thirty random ids of the right form has the right check character, and one in a
    hundred ids of ten digits begins as a mobile number does. Where most values of a shape cannot
    be what the shape suggests, the rest are ids as well.
    """
    balance: dict[str, int] = {}
    for value in sample:
        if len(value) <= ID_LENGTH and _ID_LIKE.fullmatch(value.strip()):
            shape = _shape(value)
            personal = is_identity_code(value) or _is_weak_phone(value)
            balance[shape] = balance.get(shape, 0) + (-1 if personal else 1)
    return frozenset(shape for shape, surplus in balance.items() if surplus > 0)
