"""What an opened release says of itself: its facts, its citation, its look in a notebook."""

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from tilannehuone.texts import text
from tilannehuone.texts.format import day


def facts_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of `release` with its JSON parts parsed; `instance` is always a mapping."""
    facts = {str(name): parsed(one) for name, one in row.items()}
    if not isinstance(facts.get("instance"), dict):
        facts["instance"] = {"name": facts.get("instance")}
    facts["built_at"] = pd.Timestamp(facts["built_at"]).to_pydatetime()
    return facts


def parsed(value: Any) -> Any:
    """Return what JSON text says; a text that is no JSON, and all else, as it is.

    >>> parsed('["a"]'), parsed("Koe"), parsed(None)
    (['a'], 'Koe', None)
    """
    if not isinstance(value, str) or value[:1] not in '{["':
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def instance_name(facts: Mapping[str, Any], lang: str) -> str:
    """Return what the instance is called in a language."""
    name = facts["instance"].get("name") or ""
    return str(name.get(lang, "")) if isinstance(name, Mapping) else str(name)


def citation(facts: Mapping[str, Any], lang: str, today: date) -> str:
    """Return how a release is cited: what, which release, when it was made and when read."""
    return text(
        "about.citation",
        lang,
        instance=instance_name(facts, lang),
        release=facts["release_id"],
        day=day(facts["built_at"].date(), lang),
        version=facts["code_version"],
        today=day(today, lang),
    )


def facts_html(facts: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    """Return a small table of what a release is, for a notebook; every word of it escaped."""
    told = {
        "release": facts["release_id"],
        "instance": instance_name(facts, "en"),
        "built at": f"{facts['built_at']:%Y-%m-%d %H:%M} UTC",
        "synthetic": "yes" if facts["instance"].get("synthetic") else "no",
        **{name: f"{number:,}" for name, number in counts.items()},
    }
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(str(one))}</td></tr>'
        for name, one in told.items()
    )
    return f"<table><caption>tilannehuone.Release</caption><tbody>{rows}</tbody></table>"
