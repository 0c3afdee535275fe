"""What of the situational picture is looked at, and in which order: read from the address alone."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tilannehuone.cadence import in_meeting_order
from tilannehuone.finding import Finding, icon
from tilannehuone.registry import Cadence, Indicator
from tilannehuone.ui.frame import Page
from tilannehuone.ui.marks import is_signal
from tilannehuone.ui.standing import Standings

CHOICES = {
    "view": ("tiles", "matrix"),
    "sort": ("meeting", "concern", "name"),
    "only": ("", "signals"),
}
"""What an address may say of the picture; the first of each holds where it says nothing."""

MOST_WORDS = 80
"""A search of more characters than this is cut: no measure has so long a name."""

LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
"""Finnish and Swedish have å, ä and ö after z, in this order."""

WORST_FIRST = (
    *("concern", "both", "fails", "neutral_high", "neutral_low", "hit_or_miss"),
    *("improvement", "passes", "common", "not_yet", "hidden", "nothing"),
)
"""Icons of change and of the target in the order of concern."""


@dataclass(frozen=True, slots=True)
class Lens:
    """How the picture is looked at: one area or areas side by side, which measures, what order."""

    view: str = "tiles"
    sort: str = "meeting"
    only: str = ""
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether some measures are left out."""
        return bool(self.only or self.words)

    def query(self, **changed: str) -> dict[str, str]:
        """Return the lens as an address tells it, some of it changed; what is usual is left out.

        The view is told in any case: a reader who has chosen one keeps it where none is named.
        """
        told = {"view": self.view, "sort": self.sort, "only": self.only, "q": self.words} | changed
        silent = {"sort": CHOICES["sort"][0], "only": "", "q": ""}
        return {name: one for name, one in told.items() if one != silent.get(name)}


@dataclass(frozen=True, slots=True)
class Group:
    """Measures under one heading: those of a cadence, or all of them (None)."""

    cadence: Cadence | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a lens shows: measures in groups, and how many of those published they are."""

    lens: Lens
    groups: tuple[Group, ...]
    shown: int
    published: int

    @property
    def indicators(self) -> list[Indicator]:
        """All measures shown, in their order."""
        return [one for some in self.groups for one in some.indicators]


def lens_of(query: Mapping[str, str]) -> Lens:
    """Return how an address wants the picture looked at; what it names wrongly is left out."""
    view, sort, only = (_one_of(name, query.get(name)) for name in CHOICES)
    return Lens(view, sort, only, " ".join(query.get("q", "").split())[:MOST_WORDS])


def unknown(query: Mapping[str, str]) -> list[str]:
    """Return the names whose value in the address is none that there is."""
    return [name for name, known in CHOICES.items() if query.get(name, known[0]) not in known]


def picture(page: Page, lens: Lens, areas: Sequence[Standings]) -> Picture:
    """Return what a lens shows of the areas, the chosen one first.

    A measure has a signal where any of them has. What is published in none of them may be shown
    as such, but is not counted.
    """
    published = {key for found in areas for key in found}
    shown = _shown(page, lens, areas)
    counted = sum(one.id in published for one in shown)
    return Picture(lens, tuple(_grouped(page, lens, shown, areas)), counted, len(published))


def _shown(page: Page, lens: Lens, areas: Sequence[Standings]) -> list[Indicator]:
    return [
        one
        for one in page.indicators.values()
        if matches(one, lens.words, page.lang)
        and (not lens.only or any(_has_signal(found.get(one.id)) for found in areas))
    ]


def _grouped(
    page: Page, lens: Lens, shown: list[Indicator], areas: Sequence[Standings]
) -> list[Group]:
    """Return measures in their order; a group without any is left out."""
    if lens.sort == "meeting":
        order = in_meeting_order(list(page.indicators.values()), page.today)
        parts = [(each, tuple(one for one in shown if one.cadence == each)) for each in order]
        return [Group(cadence, some) for cadence, some in parts if some]
    if lens.sort == "name":
        ordered = sorted(shown, key=lambda one: _alphabet(one.name.in_language(page.lang)))
    else:
        ordered = sorted(shown, key=lambda one: _concern(one.id, areas))
    return [Group(None, tuple(ordered))] if ordered else []


def matches(indicator: Indicator, words: str, lang: str) -> bool:
    """Return whether a measure's name, definition or id has every word of a search.

    Case and marks over letters do not matter: `paiva` finds `päivä`.
    """
    texts = (indicator.name, indicator.definition)
    told = " ".join([*(one.in_language(lang) for one in texts), indicator.id])
    return all(one in _folded(told) for one in _folded(words).split())


def _one_of(name: str, asked: str | None) -> str:
    known = CHOICES[name]
    return asked if asked in known else known[0]


def _folded(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _alphabet(name: str) -> str:
    return name.casefold().translate(LAST_LETTERS)


def _has_signal(finding: Finding | None) -> bool:
    return finding is not None and is_signal(finding)


def _concern(indicator_id: str, areas: Sequence[Standings]) -> tuple[int, int]:
    """Return what a measure is sorted by: its worst icon in the chosen area, then elsewhere."""
    ranks = [_rank(found.get(indicator_id)) for found in areas]
    worse_than_target = sum(one <= WORST_FIRST.index("fails") for one in ranks[1:])
    return ranks[0], -worse_than_target


def _rank(finding: Finding | None) -> int:
    if finding is None:
        return len(WORST_FIRST)
    icons = [icon(finding)]
    if finding.assurance and finding.direction != "context":
        icons.append(finding.assurance)
    return min(WORST_FIRST.index(one) for one in icons)
