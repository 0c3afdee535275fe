"""Identity codes, telephone numbers, e-mail addresses, birthdays and home addresses in free text.

A column of an extract may hold ids that look like telephone numbers, and `tilannehuone.personal`
judges by the column. What people write in a sentence has no column: here whatever looks like an
identifier is one, unless it is a date, a time, a period, an amount or a case number.
"""

import re
from collections.abc import Iterator
from datetime import date

from tilannehuone.personal import CENTURIES, DASHES

GAP = r"[ \u00a0\u2009\u202f\u2010-\u2015/.-]"
SIGN = rf"[-+A-FU-Ya-fu-y{DASHES}]"

_IDENTITY = re.compile(
    rf"(?<![0-9])([0-3][0-9])[. ]?([01][0-9])[. ]?([0-9]{{2}})\s?({SIGN})\s?"
    r"([0-9]{3})\s?([0-9A-FHJ-NPR-Ya-fhj-npr-y])(?![0-9A-Za-zÅÄÖåäö])"
)
_ADDRESS_OF_MAIL = re.compile(
    r"[\w.%+'-]{1,64}\s{0,2}(?:@|[(\[{<]\s?(?:at|ät|@|a|miukumauku)\s?[)\]}>]"
    r"|\s(?:at|ät|miukumauku|miuku)\s|_at_|-at-)\s{0,2}"
    r"[\w-]+(?:\s?(?:\.|[(\[]\s?(?:dot|piste|punkt)\s?[)\]]|\s(?:dot|piste|punkt)\s)\s?[\w-]+)*"
    r"\s?(?:\.|[(\[]\s?(?:dot|piste|punkt)\s?[)\]]|\s(?:dot|piste|punkt)\s)\s?[A-Za-z]{2,12}\b",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    rf"(?<![\w+])(?:\+|00)\s?\(?[1-9](?:[()]|{GAP}){{0,3}}"
    rf"(?:[0-9](?:[()]|{GAP}){{0,3}}){{6,13}}(?<![^0-9])"
)
_FINNISH = re.compile(
    rf"(?<![\w+.,/-])\(?0(?:[1-9][0-9]{{0,3}})\)?(?:{GAP}{{0,3}}[0-9]){{4,10}}(?![0-9A-Za-zÅÄÖåäö])"
)
_AMOUNT = re.compile(r"[0-9.,]+\s?(?:€|eur|euro|%|kpl|prosent|snt)", re.IGNORECASE)
_BUSINESS = re.compile(r"[0-9]{7}-[0-9]")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}\D{1,3}(?:19|20)[0-9]{2}")
_DAY = re.compile(r"[0-3]?[0-9][.\-/][0-1]?[0-9][.\-/](?:[0-9]{4}|[0-9]{2})(?![0-9])")
_MOBILE = re.compile(r"\(?0(?:4[0-9]|50)")
_BIRTH = re.compile(
    r"\b(?:s\.|synt\.?|syntynyt|syntymäaika|syntymäpäivä|född|f\.|födelsetid|födelsedag|born|"
    r"d\.?o\.?b\.?|date of birth)"
    r"[\s:]{1,3}(?:on\s)?[0-3]?[0-9]\.\s?[01]?[0-9]\.\s?(?:[0-9]{4}|[0-9]{2})\b",
    re.IGNORECASE,
)
_ROAD = (
    r"(?:katu|kadun|kadulla|kadulta|kadulle|tie|tien|tiellä|tieltä|tielle|kuja|kujan|kujalla|polku|polun|polulla"
    r"|rinne|rinteellä|väylä|väylän|raitti|raitilla|kaari|kaarella|penger|bulevardi|vägen|gatan|gränden|stigen)"
)
_HOME = re.compile(
    rf"\b(?!(?:Valta|Kanta|Maan|Moottori|Rauta|Seutu|Yhdys)tie)[A-ZÅÄÖ][\w-]*{_ROAD}"
    r"\s[0-9]{1,3}(?:\s?[a-zA-Z](?![\w]))?(?:\s?[0-9]{1,3})?(?![0-9.:–-]*[0-9])"
)


def numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each identifier that is not a name."""
    patterns = {
        "identity_code": (_IDENTITY, _is_code),
        "email": (_ADDRESS_OF_MAIL, None),
        "phone": (_FINNISH, lambda one: _is_number(one, text)),
        "birthday": (_BIRTH, None),
        "address": (_HOME, None),
    }
    for kind, (pattern, holds) in patterns.items():
        for one in pattern.finditer(text):
            if holds is None or holds(one):
                yield kind, one.start(), one.end()
    for one in _ABROAD.finditer(text):
        yield "phone", one.start(), one.end()


def _is_code(match: "re.Match[str]") -> bool:
    """Tell whether the first part is a day; a wrong check character is but a slip of the pen."""
    day, month, year, sign, _, _ = match.groups()
    try:
        date(CENTURIES.get(sign.upper(), 1900) + int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _is_number(match: "re.Match[str]", text: str) -> bool:
    """Tell a telephone number from a date, years, an amount and a list of codes."""
    written = match[0]
    digits = re.sub(r"\D", "", written)
    groups = re.findall("[0-9]+", written)
    if not 7 <= len(digits) <= 12 or _DAY.match(written) or _YEARS.search(written):
        return False
    if _BUSINESS.fullmatch(written) or _AMOUNT.match(text[match.start() :]):
        return False
    lists_codes = len(groups) > 1 and (
        all(len(one) == 3 and one[0] == "0" for one in groups)
        or all(len(one) == 5 for one in groups)
    )
    is_dotted = written.count(".") >= len(groups) - 1 > 0
    return not lists_codes and (not is_dotted or bool(_MOBILE.match(written)))
