"""How an area is filled on a map, what stands in it, and the legend that says it in words."""

from collections import Counter
from dataclasses import dataclass
from html import escape

from tilannehuone.charts.map_classes import Shade, shades
from tilannehuone.texts import text
from tilannehuone.texts.format import value_with_unit
from tilannehuone.ui.area_rows import CLEARLY, tone
from tilannehuone.ui.frame import Page
from tilannehuone.ui.map_view import VALUES, Place, View
from tilannehuone.ui.words import figure, status_legend, status_word

ABOVE, BELOW = "▲", "▼"


@dataclass(frozen=True, slots=True)
class Looks:
    """What the areas of one view look like; `shades` are the classes of the values."""

    page: Page
    shown: View
    shades: tuple[Shade, ...]

    @classmethod
    def of(cls, page: Page, shown: View) -> "Looks":
        """Return the looks of a view: classes only where the values are what colours it."""
        decimals = shown.indicator.decimals  # what is printed alike is shaded alike
        known = {
            one.code: round(one.value, decimals) for one in shown.places if one.value is not None
        }
        return cls(page, shown, shades(known) if shown.by == VALUES else ())

    def fill(self, place: Place) -> str:
        """Return the class of an area's fill; `look/map.css` says what it looks like."""
        if place.value is None:
            return {"c": "is-hidden", "z": "is-none"}.get(place.status, "is-missing")
        if self.shown.by == VALUES:
            return next(f"is-shade{one.number}" for one in self.shades if place.code in one.codes)
        if place.word is None:
            return "is-plain"
        sure = " is-sure" if place.word.startswith(CLEARLY) else ""
        low = " is-low" if place.word.endswith("lower") else ""
        return f"is-{tone(place.word)}{sure}{low}"

    def value(self, place: Place) -> str:
        """Return the figure, or the word in its place."""
        if place.value is None:
            return status_word(place.status, self.page.lang)
        return figure(self.shown.indicator, place.value, self.page.lang)

    def word(self, place: Place) -> str:
        """Return the release's word for how the area differs; empty where it does not."""
        if not place.deviates or self.shown.by == VALUES:
            return ""
        return text(f"trend.word_{place.word}", self.page.lang)

    def sign(self, place: Place) -> str:
        """Return the sign of an area that differs: above or below the common level."""
        level, value = self.shown.baseline, place.value
        if not self.word(place) or level is None or value is None:
            return ""
        return ABOVE if value > level else BELOW

    def told(self, place: Place) -> str:
        """Return the figure with the word of a difference, or the word in the figure's place."""
        return " ".join(one for one in (self.value(place), self.word(place)) if one)

    def spoken(self, place: Place) -> str:
        """Return name, figure and word in one line."""
        told = self.value(place)
        if place.value is not None:
            told = self._with_unit(place.value)
        word = text(f"trend.word_{place.word}", self.page.lang) if place.word else ""
        return ", ".join(one for one in (f"{place.name}: {told}", word) if one)

    def legend_html(self) -> str:
        """Return what each fill means and of how many areas, and the common level."""
        items = self._of_values() if self.shown.by == VALUES else self._of_words()
        items += self._of_statuses()
        told = "".join(
            f'<li><span class="th-swatch {fill}" aria-hidden="true"></span>'
            f"<span>{escape(words)}</span></li>"
            for fill, words in items
        )
        level = self.shown.baseline
        line = ""
        if level is not None and self.shown.has_words:
            words = self.page.text("level", value=self._with_unit(level))
            line = f'<p class="th-note">{escape(words)}</p>'
        title = escape(self.page.text("legend"))
        return f'<ul class="th-keys" aria-label="{title}">{told}</ul>{line}'

    def _of_values(self) -> list[tuple[str, str]]:
        found = []
        for one in self.shades:
            ends = [
                figure(self.shown.indicator, end, self.page.lang) for end in (one.low, one.high)
            ]
            limits = ends[0] if ends[0] == ends[1] else "–".join(ends)
            found.append((f"is-shade{one.number}", self._counted(limits, len(one.codes))))
        return found

    def _of_words(self) -> list[tuple[str, str]]:
        of = {self.fill(one): one for one in self.shown.places if one.value is not None}
        many = Counter(self.fill(one) for one in self.shown.places)
        return [
            (fill, self._counted(self._meaning(one), many[fill]))
            for fill, one in sorted(of.items(), key=lambda item: item[0] == "is-plain")
        ]

    def _meaning(self, place: Place) -> str:
        if place.word is None:
            return text("trend.not_compared", self.page.lang)
        sign = self.sign(place)
        mixed = {self.sign(one) for one in self.shown.places if one.word == place.word}
        words = text(f"trend.word_{place.word}", self.page.lang)
        return f"{sign} {words}" if sign and len(mixed) == 1 else words

    def _of_statuses(self) -> list[tuple[str, str]]:
        empty = [one for one in self.shown.places if one.value is None]
        many = Counter(one.status for one in empty)
        fills = {one.status: self.fill(one) for one in empty}
        return [
            (fills[status], self._counted(self._status(status), count))
            for status, count in sorted(many.items())
        ]

    def _status(self, status: str) -> str:
        if status == "c":
            return self.page.text("too_small")
        return status_word(status, self.page.lang)

    def _counted(self, words: str, count: int) -> str:
        return self.page.text(
            "legend_one" if count == 1 else "legend_many", words=words, count=count
        )

    def _with_unit(self, value: float) -> str:
        one, lang = self.shown.indicator, self.page.lang
        return value_with_unit(value, one.unit.in_language(lang), lang, one.decimals)


def marks_note(page: Page, shown: View) -> list[str]:
    """Return what the words in place of a number mean, of those that the view holds."""
    used = {one.status for one in shown.places if one.value is None}
    return [words for _, words in status_legend(page.lang, used, shown.indicator)]
