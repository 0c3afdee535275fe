"""The claim guard at work: what sentences of the meeting cite, their verdict, and how it looks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from tilannehuone.finding_amounts import amount
from tilannehuone.meeting.claims import Cited, Judged, Verdict, judged
from tilannehuone.meeting.claims_subject import Citation, cited
from tilannehuone.registry import Indicator
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.texts.format import in_period
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import word_html
from tilannehuone.ui.words import as_day, is_known

SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s+(?=[^\Wa-zåäö_])|\n+")
LOOKS: Mapping[Verdict, str] = {
    "supported": "improvement.met",
    "unsupported": "concern.missed",
    "cannot_say": "none.waiting",
}
"""Icons of a verdict; the word stands beside them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with the guard's word on it, and which measure and area it was judged by."""

    sentence: str
    indicator_id: str
    area_code: str
    judged: Judged
    is_of_another: bool = False


def claims_in(
    page: Page, words: str, indicator_id: str, area_code: str, period_type: str = ""
) -> tuple[Claim, ...]:
    """Return the sentences of a text, each with the guard's word on it.

    `indicator_id`, `area_code` and `period_type` are those the text was written of; a sentence
    that names another measure or area is judged by that one.
    """
    found = []
    for sentence in (one.strip() for one in SENTENCE.split(words)):
        if sentence:
            what = cited(
                sentence, indicator_id, area_code, _measures(page.release), _areas(page.release)
            )
            is_same = (what.indicator_id, what.area_code) == (indicator_id, area_code)
            about = _cited(page, what, period_type if is_same else "")
            verdict = judged(sentence, about, page.lang)
            found.append(Claim(sentence, what.indicator_id, what.area_code, verdict, not is_same))
    return tuple(found)


def verdict_of(claims: Sequence[Claim]) -> Verdict | None:
    """Return one verdict on a whole text: the worst of those that claim something, else None.

    A sentence in which there is nothing to check says nothing of the others.
    """
    said = [one.judged.verdict for one in claims if one.judged.reason not in SILENT]
    order: Sequence[Verdict] = ("unsupported", "cannot_say", "supported")
    return next((one for one in order if one in said), None)


SILENT = frozenset({"not_understood", "question", "wish", "other_subject"})
"""Reasons by which a sentence claims nothing that a finding could tell."""


def claim_word(verdict: Verdict, lang: str) -> str:
    """Return the word of a verdict: tuettu, ei tuettu, ei arvioitavissa."""
    return text(f"claims.word_{verdict}", lang)


def reason_words(page: Page, claim: Claim) -> str:
    """Return why a sentence was judged so, in one sentence."""
    values: dict[str, Any] = dict(claim.judged.values)
    if "value" in values:
        one = page.indicators[claim.indicator_id]
        unit = one.unit.in_language(page.lang)
        values["value"] = amount(values["value"], unit, one.decimals, page.lang)
    if values.get("period"):
        values["when"] = in_period(values["period_type"], values["period"], page.lang)
    words = text(f"claims.reason_{claim.judged.reason}", page.lang, **values)
    words = words[:1].upper() + words[1:]
    return f"{words} {_another(page, claim)}".strip()


def claim_html(page: Page, claim: Claim) -> str:
    """Return the mark of a sentence: icon, word, and the reason for who wants it."""
    verdict = claim.judged.verdict
    reason = escape(reason_words(page, claim))
    return (
        f'<details class="th-claim {verdict}" lang="{page.lang}"><summary>'
        f"{word_html(claim_word(verdict, page.lang), LOOKS[verdict])}</summary>"
        f'<p class="th-note">{reason}</p></details>'
    )


def claims_html(page: Page, claims: Sequence[Claim]) -> str:
    """Return a text with the mark of each of its sentences under it; empty for no text."""
    rows = "".join(
        f"<li><span>{escape(one.sentence)}</span> {claim_html(page, one)}</li>" for one in claims
    )
    return f'<ul class="th-claims" lang="{page.lang}">{rows}</ul>' if rows else ""


def _another(page: Page, claim: Claim) -> str:
    if not claim.is_of_another or claim.indicator_id not in page.indicators:
        return ""
    measure = page.indicators[claim.indicator_id].name.in_language(page.lang)
    area = options.names_of_areas(page).get(claim.area_code, claim.area_code)
    return text("claims.of_another", page.lang, measure=measure, area=area)


def _cited(page: Page, what: Citation, period_type: str) -> Cited:
    """Return the series that a sentence speaks of, as the room shows it by itself."""
    if what.indicator_id not in page.indicators:
        return Cited(None)
    query = {"area": what.area_code, "indicator": what.indicator_id, "period": period_type}
    choice = options.choice_of(page, query)
    if choice.area_code != what.area_code:
        return Cited(None)
    finding = cached.findings(page.release, **choice.siblings_key).get(choice.area_code)
    rows = cached.records(cached.series(page.release, **choice.key))
    cells: dict[date, tuple[str, float | None]] = {}
    for row in rows:
        start, value = as_day(row["period_start"]), row["value"]
        if start is not None:
            cells[start] = (str(row["status"]), float(value) if is_known(value) else None)
    one = choice.indicator
    return Cited(
        finding,
        unit=one.unit.in_language(page.lang),
        decimals=one.decimals,
        cells=cells,
        words=_words(one),
        own_numbers=frozenset(re.findall(r"\d+", " ".join(map(one.name.in_language, LANGUAGES)))),
        unit_words=frozenset(_letters(" ".join(map(one.unit.in_language, LANGUAGES)))),
        problem=what.problem,
    )


def _words(one: Indicator) -> frozenset[str]:
    """Return the words by which people speak of a measure: of its name, definition and question."""
    told = [
        each.in_language(lang)
        for each in (one.name, one.definition, one.question)
        for lang in LANGUAGES
    ]
    return frozenset(_letters(" ".join(told)))


def _letters(words: str) -> list[str]:
    return [one.lower() for one in re.findall(r"[^\W\d_]{4,}", words)]


@lru_cache(maxsize=16)
def _measures(release: Path) -> dict[str, tuple[str, ...]]:
    return {
        key: tuple(map(one.name.in_language, LANGUAGES))
        for key, one in cached.indicators(release).items()
    }


@lru_cache(maxsize=16)
def _areas(release: Path) -> dict[str, tuple[str, ...]]:
    areas = cached.records(cached.areas(release).drop_duplicates("area_code"))
    return {
        one["area_code"]: tuple(str(one[f"name_{lang}"]) for lang in LANGUAGES) for one in areas
    }
