"""What was found in a series, and every way of telling it."""

from tilannehuone.finding_evidence import Evidence, NewLevel, Recent, Seen
from tilannehuone.finding_result import Finding, Ladder, Series, find, icon, ladder_step
from tilannehuone.finding_seen import suggestion
from tilannehuone.finding_short import (
    assurance_word,
    began,
    promise,
    short_word,
    since_words,
)
from tilannehuone.finding_words import (
    SeriesNames,
    alt_text,
    caption,
    detail,
    direction_word,
    message,
    sentence,
)

__all__ = [
    "Evidence",
    "Finding",
    "Ladder",
    "NewLevel",
    "Recent",
    "Seen",
    "Series",
    "SeriesNames",
    "alt_text",
    "assurance_word",
    "began",
    "caption",
    "detail",
    "direction_word",
    "find",
    "icon",
    "ladder_step",
    "message",
    "promise",
    "sentence",
    "short_word",
    "since_words",
    "suggestion",
]
