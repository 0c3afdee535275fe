"""Colours by role. Never red and green; every role also has a shape and a word.

Text and marks reach 4.5:1 against their background, bands and near lines are meant to be faint.
The same roles stand in `ui/look/room.css`.
"""

from dataclasses import dataclass

SEPARATORS = {"fi": ",\u202f", "sv": ",\u202f", "en": ".\u202f"}
"""Decimal mark and space between groups on an axis, by language."""

FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'


@dataclass(frozen=True, slots=True)
class Palette:
    """The colour of each role on one background."""

    ground: str
    veil: str
    ink: str
    soft: str
    line: str
    band: str
    near: str
    forecast: str
    accent: str
    improvement: str
    concern: str
    neutral: str
    common: str

    def of_kind(self, kind: str | None) -> str:
        """Return the colour of a point's kind; what has no kind is common."""
        role = (kind or "common").partition("_")[0]
        return str(getattr(self, role))


LIGHT = Palette(
    ground="#fbfaf8",
    veil="rgba(251,250,248,0.85)",
    ink="#1a2733",
    soft="#47545f",
    line="#d9dcdf",
    band="rgba(23,94,140,0.07)",
    near="rgba(71,84,95,0.35)",
    forecast="rgba(71,84,95,0.13)",
    accent="#175e8c",
    improvement="#0a62a0",
    concern="#ad4a0b",
    neutral="#5b2d8e",
    common="#55616c",
)
DARK = Palette(
    ground="#10181f",
    veil="rgba(16,24,31,0.85)",
    ink="#eef2f5",
    soft="#b9c4cd",
    line="#33414d",
    band="rgba(142,203,245,0.09)",
    near="rgba(185,196,205,0.4)",
    forecast="rgba(185,196,205,0.16)",
    accent="#8ecbf5",
    improvement="#7cc4f2",
    concern="#f7ab6a",
    neutral="#cbb0f3",
    common="#b3bec7",
)


def palette(theme: str | None) -> Palette:
    """Return the palette for the reader's background, `dark` or anything else."""
    return DARK if theme == "dark" else LIGHT
