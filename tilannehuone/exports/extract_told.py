"""What an extract says of itself, in three languages, whatever file says it.

Gathered once from the rows of the extract; every file that tells it takes it from here.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tilannehuone.periods import period_end
from tilannehuone.sealed import Chosen
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.texts.format import NO_BREAK, day, number

Words = Mapping[str, str]
"""One text by language."""

SHORT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Told:
    """The facts that the descriptions of an extract share.

    Attributes
    ----------
    id : the extract's identifier, `urn:uuid:…`
    version : the release it is from
    built_at : when that release was built (UTC); an extract has no time of its own
    name : of the situation room
    publisher : who answers for it: as declared, else the situation room by its name
    licence : as declared; None where nothing is
    notices : what a reader must know first: that it is a twin, or synthetic
    first, last : the days that its periods cover
    measures : the definition of each measure, as published
    areas : the names of each area
    protection : the release's protection report
    """

    id: str
    version: str
    built_at: datetime
    name: Words
    title: Words
    description: Words
    publisher: Words
    citation: Words
    licence: str | None
    notices: tuple[Words, ...]
    first: date
    last: date
    measures: tuple[Mapping[str, Any], ...]
    areas: Mapping[str, Words]
    protection: Mapping[str, Any]

    @property
    def short_name(self) -> str:
        """Return a name for machines: small letters, digits and hyphens."""
        plain = SHORT.sub("-", self.version.lower())
        return f"tilannehuone-extract-{plain}"


def by_language(tell: Callable[[str], str]) -> dict[str, str]:
    """Return what `tell` says in each language."""
    return {lang: tell(lang) for lang in LANGUAGES}


def words(key: str, **values: Any) -> dict[str, str]:
    """Return a text of `extract.yaml` in each language."""
    return by_language(lambda lang: text(f"extract.{key}", lang, **values))


def told_of(chosen: Chosen, extract_id: str) -> Told:
    """Return what an extract with this id says of itself."""
    (release,) = chosen.tables["release"].to_pylist()
    about = json.loads(release["instance"])
    name = {lang: about["name"][lang] for lang in LANGUAGES}
    key = "title_twin" if chosen.choice.twin else "title"
    title = by_language(lambda lang: text(f"extract.{key}", lang, name=name[lang]))
    publisher = about.get("publisher") or name
    spans = chosen.tables["cells"].group_by(["period_type", "period_start"]).aggregate([])
    starts = [(one["period_type"], one["period_start"]) for one in spans.to_pylist()]
    first = min(start for _, start in starts)
    last = max(period_end(kind, start) for kind, start in starts)
    areas = {
        one["area_code"]: {lang: one[f"name_{lang}"] for lang in LANGUAGES}
        for one in chosen.tables["areas"].to_pylist()
    }
    measures = [json.loads(one) for one in chosen.tables["indicators"]["definition"].to_pylist()]
    cited = {"version": release["release_id"], "id": extract_id, "year": release["built_at"].year}
    return Told(
        id=extract_id,
        version=release["release_id"],
        built_at=release["built_at"],
        name=name,
        title=title,
        description=_description(chosen, first, last),
        publisher=publisher,
        citation=by_language(
            lambda lang: text(
                "extract.citation", lang, who=publisher[lang], title=title[lang], **cited
            )
        ),
        licence=about.get("licence"),
        notices=_notices(chosen, about),
        first=first,
        last=last,
        measures=tuple(measures),
        areas=areas,
        protection=json.loads(release["protection"]),
    )


def _description(chosen: Chosen, first: date, last: date) -> dict[str, str]:
    tables = chosen.tables
    codes = len(set(tables["areas"]["area_code"].to_pylist()))

    def told(lang: str) -> str:
        counts = {
            "measures": number(tables["indicators"].num_rows, lang),
            "areas": number(codes, lang),
            "cells": number(tables["cells"].num_rows, lang),
        }
        days = {"first": day(first, lang), "last": day(last, lang)}
        return text("extract.description", lang, **counts, **days).replace(NO_BREAK, " ")

    return by_language(told)


def _notices(chosen: Chosen, about: Mapping[str, Any]) -> tuple[Words, ...]:
    found: list[Words] = []
    if chosen.choice.twin:
        found.append(words("is_twin"))
    if about.get("synthetic"):
        notice = about.get("notice") or about["name"]
        found.append(
            by_language(
                lambda lang: text("extract.is_synthetic", lang, notice=notice[lang].rstrip("."))
            )
        )
    return tuple(found)
