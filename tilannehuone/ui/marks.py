"""What one finding looks like: its icon's colour and shape, and the words beside it.

Everything that is said comes from `tilannehuone.finding`; here it only gets a place.
"""

from tilannehuone.charts.table import Cell
from tilannehuone.finding import Finding, direction_word, icon
from tilannehuone.ui.markup import word_html

LOOKS = {
    "common": "common.steady",
    "improvement_high": "improvement.high",
    "improvement_low": "improvement.low",
    "concern_high": "concern.high",
    "concern_low": "concern.low",
    "neutral_high": "neutral.high",
    "neutral_low": "neutral.low",
}
"""Icon id of the finding -> colour role and shape of `room.css`."""


def look(finding: Finding) -> str:
    """Return colour role and shape; what cannot be judged yet waits."""
    return LOOKS.get(icon(finding), "none.waiting")


def mark_html(finding: Finding, lang: str) -> str:
    """Return icon and word."""
    return word_html(direction_word(finding, lang), look(finding))


def mark_cell(finding: Finding, lang: str) -> Cell:
    """Return icon and word as a table's cell."""
    return Cell(direction_word(finding, lang), icon=look(finding))
