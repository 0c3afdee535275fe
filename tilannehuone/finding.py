"""What was found in a series, and every way of telling it."""

from tilannehuone.finding_result import Finding, Ladder, Series, find, icon, ladder_step
from tilannehuone.finding_words import SeriesNames, alt_text, caption, direction_word, sentence

__all__ = [
    "Finding",
    "Ladder",
    "Series",
    "SeriesNames",
    "alt_text",
    "caption",
    "direction_word",
    "find",
    "icon",
    "ladder_step",
    "sentence",
]
