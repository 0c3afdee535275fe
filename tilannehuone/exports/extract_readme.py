"""`README.<lang>.md`: an extract told to people, one file a language."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tilannehuone.exports.extract_metadata import HIDDEN
from tilannehuone.exports.extract_schema import STATUSES
from tilannehuone.exports.extract_told import Told
from tilannehuone.sealed import PARTS, Chosen
from tilannehuone.texts import text
from tilannehuone.texts.format import day, number, percent

MOST_AREAS = 40
"""So many areas are named; beyond that their table has them."""


def readme(chosen: Chosen, told: Told, lang: str) -> bytes:
    """Return the Markdown file that opens the extract to somebody who reads `lang`."""

    def say(key: str, **values: Any) -> str:
        return text(f"extract.{key}", lang, **values)

    lines = [f"# {told.title[lang]}", ""]
    lines += [f"**{one[lang]}**\n" for one in told.notices]
    lines += [told.description[lang], "", *_chosen(chosen, told, lang), ""]
    for heading, body in (
        ("h_cite", [f"> {told.citation[lang]}"]),
        ("h_terms", list(_terms(told, lang))),
        ("h_contents", list(_contents(chosen, lang))),
        ("h_status", [f"- `{one}`: {say(f'status_{one}')}" for one in STATUSES]),
        ("h_measures", [line for one in told.measures for line in _measure(one, lang)]),
        ("h_protection", list(_protection(chosen, told, lang))),
        ("h_vintages", [say("vintages", count=len(chosen.verdict.beside) - 1)]),
        ("h_quality", list(_quality(chosen, lang))),
        ("h_seal", [say("seal", id=told.id)]),
    ):
        lines += [f"## {say(heading)}", "", *body, ""]
    told_once = "\n".join(lines).rstrip().replace("\n\n\n", "\n\n")
    return f"{told_once}\n".encode()


def _chosen(chosen: Chosen, told: Told, lang: str) -> Iterator[str]:
    """Yield what was chosen, by name."""
    names = [names[lang] for names in told.areas.values()]
    listed = ", ".join(names[:MOST_AREAS]) + (", …" if len(names) > MOST_AREAS else "")
    everything = text("extract.choice_all", lang)
    measures = ", ".join(one["name"][lang] for one in told.measures)
    if not chosen.choice.measures:
        measures = f"{everything} ({number(len(told.measures), lang)})"
    if not chosen.choice.areas:
        listed = f"{everything} ({number(len(names), lang)})"
    yield f"- {text('extract.chosen_measures', lang, names=measures)}"
    yield f"- {text('extract.chosen_areas', lang, names=listed)}"


def _terms(told: Told, lang: str) -> Iterator[str]:
    licence = told.licence or text("extract.not_stated", lang)
    yield f"- {text('extract.publisher', lang, name=told.publisher[lang])}"
    yield f"- {text('extract.licence', lang, name=licence)}"


def _contents(chosen: Chosen, lang: str) -> Iterator[str]:
    yield f"| {text('extract.rows_head', lang)} |"
    yield "|---|---:|---|"
    for part in PARTS:
        rows = number(chosen.tables[part].num_rows, lang)
        yield f"| `{part}` | {rows} | {text(f'extract.table_{part}', lang)} |"
    for key in ("files_note", "of_whole_series"):
        yield ""
        yield text(f"extract.{key}", lang)


def _measure(definition: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield a measure: its name, definition, unit, protection, caveats and breaks."""

    def say(key: str, **values: Any) -> str:
        return text(f"extract.{key}", lang, **values)

    yield f"### {definition['name'][lang]} (`{definition['id']}`)"
    yield ""
    yield definition["definition"][lang]
    yield ""
    yield f"- {say('unit', unit=definition['unit'][lang])}"
    yield f"- {_least(definition, lang)}"
    yield f"- {say('register', register=definition['register'], owner=definition['owner'])}"
    for caveat in definition["caveats"]:
        yield f"- {say('caveat', text=caveat[lang])}"
    for one in definition["breaks"]:
        when = day(date.fromisoformat(one["date"]), lang)
        yield f"- {say('break', day=when, text=one['text'][lang])}"
    yield ""


def _least(definition: Mapping[str, Any], lang: str) -> str:
    """Return how a measure is protected, in one line."""
    rule = definition["protect"]
    if rule.get("method") == "rounding":
        base = rule.get("base") or 2 * rule["k_min"]
        return text("extract.k_rounded", lang, base=base)
    if definition["kind"] in ("mean", "median"):
        return text("extract.k_people", lang, k=rule["n_min"])
    return text("extract.k", lang, k=rule["k_min"])


def _protection(chosen: Chosen, told: Told, lang: str) -> Iterator[str]:
    report, verdict = told.protection, chosen.verdict
    statuses = chosen.tables["cells"]["status"].to_pylist()
    if "method" in report:
        tau = float(report.get("tau", 0))
        how = {"tau": percent(100 * tau, lang, 0), "exact": number(tau, lang, 2)}
        named = {"method": f"`{report['method']}`", "version": report.get("version", "")}
        yield text("extract.protection_method", lang, **named, **how)
        yield ""
    widths = {one: k for one, k in report.get("k", {}).items() if one in _ids(told)}
    if widths:
        told_k = ", ".join(f"`{one}` {k}" for one, k in widths.items())
        yield text("extract.protection_k", lang, k=told_k)
        yield ""
    if "primary" in report:
        counts = {one: number(report[one], lang) for one in ("primary", "complementary")}
        yield text("extract.protection_counts", lang, **counts)
        yield ""
    here = {"cells": len(statuses), "hidden": statuses.count(HIDDEN)}
    yield text("extract.protection_here", lang, **{k: number(v, lang) for k, v in here.items()})
    yield ""
    tried = {"numbers": verdict.hidden, "relations": verdict.relations}
    yield text(
        "extract.audit",
        lang,
        **{name: number(count, lang) for name, count in tried.items()},
        releases=", ".join(verdict.beside),
        findings=verdict.findings,
    )


def _ids(told: Told) -> set[str]:
    return {str(one["id"]) for one in told.measures}


def _quality(chosen: Chosen, lang: str) -> Iterator[str]:
    """Yield how many checks passed, and what those that did not said."""
    checks = chosen.tables["checks"].to_pylist()
    passed = sum(bool(one["success"]) for one in checks)
    yield text("extract.quality", lang, passed=passed, all=len(checks))
    failed = [one for one in checks if not one["success"]]
    if failed:
        yield ""
    for one in failed:
        where = ", ".join(name for name in (one["source"], one["file"]) if name)
        yield f"- {where}: {one[f'message_{lang}']}"
