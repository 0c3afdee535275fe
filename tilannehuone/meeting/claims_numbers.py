"""What stands around a number and tells what it is: a value, a change, a time, a part of a name."""

import re

TO_VALUE: dict[str, str] = {
    "fi": r"^(?::(?:een|ään|aan|iin|hin|hun)|\s*(?:prosenttiin|%:iin|%:in|päivään|tasolle))",
    "sv": "",
    "en": "",
}
"""What follows a number that something rose or fell to, where the ending tells it."""

FROM_VALUE: dict[str, str] = {
    "fi": r"^(?::(?:sta|stä|lta|ltä)|\s*(?:prosentista|päivästä))",
    "sv": "",
    "en": "",
}
BEFORE_TO = {"fi": r"(?!)", "sv": r"\btill\s*$", "en": r"\bto\s*$"}
BEFORE_FROM = {"fi": r"(?!)", "sv": r"\bfrån\s*$", "en": r"\bfrom\s*$"}

TIME_AFTER = re.compile(
    r"^\s*(?:viime |kalenteri|arki|työ|senaste |working |school |calendar )?"
    r"(?:päiv|vrk|viik|kuukau|kk\b|vuo[dstr]|vuotia|arkipäiv|työpäiv|vuosinelj"
    r"|dag|veck|månad|år|vardag|arbetsdag|kvartal"
    r"|day|week|month|year|quarter)",
    re.IGNORECASE,
)
"""A number of days, months or years."""

PER_CENT_AFTER = re.compile(r"^\s*(?:%|prosent|procent|per ?cent)", re.IGNORECASE)
POINTS_AFTER = re.compile(
    r"^\s*(?:%-yks|prosenttiyks|procentenh|percentage point|point)", re.IGNORECASE
)

MAY_FOLLOW = re.compile(
    r"^\s*(?:$|[.,;:!)(–%]|prosent|procent|per ?cent|per\b|/|tuhatta|tuhat\w*|kpl|ja\b|eli\b|kun\b"
    r"|och\b|and\b|but\b|men\b|mutta\b|in\b|i\b|on\b|kohti|tasol|raja|contacts per|av\b|of\b)",
    re.IGNORECASE,
)
"""What may stand after a number that is a value; after another noun it counts other things."""
