"""What one finding looks like: its icon's colour and shape, and the words beside it.

Everything that is said comes from `tilannehuone.finding`; here it only gets a place.
"""

import re
from html import escape

from tilannehuone.charts.table import Cell
from tilannehuone.finding import (
    Finding,
    SeriesNames,
    assurance_word,
    direction_word,
    icon,
    short_word,
)
from tilannehuone.registry import Indicator
from tilannehuone.ui.markup import icon_html, tone, word_html

LOOKS = {
    "common": "common.steady",
    "both": "neutral.both",
    "not_yet": "none.waiting",
    "hidden": "none.shield",
    "nothing": "none.waiting",
}
"""Icons that have one shape; the others point to the side of their sign."""

ASSURED = {
    "passes": "improvement.met",
    "fails": "concern.missed",
    "hit_or_miss": "common.either",
}
"""Icons of the target: squares, where those of change are round."""

CLING = re.compile(r"(?<=\s)-\S+")
WHOLE = r'<span class="whole">\g<0></span>'

SIGNALS = ("improvement", "concern", "neutral_high", "neutral_low", "both")


def look(finding: Finding) -> str:
    """Return colour role and shape of the finding's icon, as `markup.icon_html` draws it."""
    name = icon(finding)
    if name in LOOKS:
        return LOOKS[name]
    return f"{name.partition('_')[0]}.{finding.marks[0].side}"


def is_signal(finding: Finding) -> bool:
    """Return whether the finding tells of a change that chance hardly explains."""
    return icon(finding) in SIGNALS


def mark_html(finding: Finding, lang: str) -> str:
    """Return icon and word."""
    return word_html(direction_word(finding, lang), look(finding))


def mark_cell(finding: Finding, lang: str) -> Cell:
    """Return icon and word as a table's cell."""
    return Cell(direction_word(finding, lang), icon=look(finding))


def looks(finding: Finding) -> list[str]:
    """Return the icons of the finding's change: two where it shows signs both ways."""
    if icon(finding) != "both":
        return [look(finding)]
    return [f"{one.kind.partition('_')[0]}.{one.side}" for one in finding.marks]


def short_html(finding: Finding, lang: str) -> str:
    """Return the icon or icons of change over one short word, and under it that of the target."""
    drawn = looks(finding)
    mood = tone(drawn[0]) if len(drawn) == 1 else "neutral"
    change = _stacked("".join(icon_html(one) for one in drawn), short_word(finding, lang), mood)
    word = assurance_word(finding, lang)
    if not word:
        return change
    assured = ASSURED[str(finding.assurance)]
    return change + _stacked(icon_html(assured), word, tone(assured), "target")


def _stacked(icons: str, words: str, mood: str, kind: str = "change") -> str:
    return f'<span class="th-short {kind} {mood}">{icons}<span>{escape(words)}</span></span>'


def name_html(indicator: Indicator, lang: str) -> str:
    """Return a measure's name; a part that begins with a hyphen (puheeksi -keskustelut) is whole.

    >>> CLING.sub(WHOLE, "Lapset puheeksi -keskustelut")
    'Lapset puheeksi <span class="whole">-keskustelut</span>'
    """
    return CLING.sub(WHOLE, escape(indicator.name.in_language(lang)))


def series_names(indicator: Indicator, area: str, category: str, lang: str) -> SeriesNames:
    """Return what a finding needs to be told in words."""
    return SeriesNames(
        indicator=indicator.name.in_language(lang),
        area=area,
        unit=indicator.unit.in_language(lang),
        decimals=indicator.decimals,
        category=category,
    )
