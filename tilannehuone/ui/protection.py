"""The protection report in plain words: how much is hidden and why, never which."""

from collections.abc import Mapping
from html import escape
from typing import Any

from tilannehuone import store
from tilannehuone.registry import Indicator
from tilannehuone.texts.format import percent
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import facts_html
from tilannehuone.ui.words import count, threshold

COUNTED = ("held_back", "given_away")
"""Told only when there are any."""


def protection_html(page: Page) -> str:
    """Return the section: figures first, then the method in sentences.

    Small figures and those that protect them are one number, never two: a reader must not learn
    which is which. What an older release does not tell is left out.
    """
    report = page.facts["protection"]
    report = report if isinstance(report, Mapping) else {}
    facts = [*_amounts(page, report), *_kept(page, report), *_thresholds(page)]
    said = "".join(f"<li>{escape(one)}</li>" for one in _sentences(page, report))
    return (
        f'<section class="th-section" lang="{page.lang}"><h2>{escape(page.text("protection"))}</h2>'
        f"{facts_html(facts, page.lang)}<ul>{said}</ul></section>"
    )


def _amounts(page: Page, report: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how many figures there are, are shown, and are hidden for which reason."""
    tally = cached.read(page.release, store.TALLY).iloc[0]
    hidden = int(tally["hidden"])
    unoffered = min(int(report.get("not_offered") or 0), hidden)
    amounts = {
        "cells": int(tally["cells"]),
        "shown": int(tally["shown"]),
        "small": hidden - unoffered,
        "unoffered": unoffered,
        "without": int(tally["cells"]) - int(tally["shown"]) - hidden,
    }
    always = ("cells", "shown", "small")
    return [
        (page.text(f"protection_{name}"), _of_all(page, name, amount, amounts["cells"]))
        for name, amount in amounts.items()
        if amount or name in always
    ]


def _of_all(page: Page, name: str, amount: int, cells: int) -> str:
    told = count(amount, page.lang)
    if name == "cells" or not cells:
        return told
    share = percent(100 * amount / cells, page.lang, 0)
    if amount and share == percent(0, page.lang, 0):
        share = page.text("protection_under", share=percent(1, page.lang, 0))
    return f"{told} ({share})"


def _kept(page: Page, report: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how many series are offered, and how many of the readable ones stayed readable."""
    found = []
    for key, part, whole in (("offered", "offered", "series"), ("kept", "kept", "readable")):
        if report.get(whole) and report.get(part) is not None:
            some, every = int(report[part]), int(report[whole])
            told = page.text(
                f"protection_{key}_of", part=count(some, page.lang), all=count(every, page.lang)
            )
            share = percent(100 * some / every, page.lang, 0)
            found.append((page.text(f"protection_{key}"), f"{told} ({share})"))
    if report.get("coarsened"):
        words = count(int(report["coarsened"]), page.lang)
        found.append((page.text("protection_coarsened"), words))
    return found


def _thresholds(page: Page) -> list[tuple[str, str]]:
    """Return which measures hide figures under which number; most of them as "the others"."""
    rounded = [one for one in page.indicators.values() if one.protect.rounds]
    hiding = [one for one in page.indicators.values() if not one.protect.rounds]
    of = _named(page, [(int(threshold(one)), one) for one in hiding])
    most = max(of, key=lambda k: len(of[k]), default=0)
    rest = page.text("protection_others" if len(of) > 1 or rounded else "protection_all")
    bases = _named(page, [(one.protect.rounding_base, one) for one in rounded])
    return [
        *(
            (page.text("protection_k", k=k), rest if k == most else ", ".join(of[k]))
            for k in sorted(of)
        ),
        *((page.text("protection_base", base=one), ", ".join(bases[one])) for one in sorted(bases)),
    ]


def _named(page: Page, measures: list[tuple[int, Indicator]]) -> dict[int, list[str]]:
    """Return the names of measures by the number they share."""
    of: dict[int, list[str]] = {}
    for shared, one in measures:
        of.setdefault(shared, []).append(one.name.in_language(page.lang))
    return of


def _sentences(page: Page, report: Mapping[str, Any]) -> list[str]:
    """Return how it was done, whether it was proven, and what is held back or given away."""
    method = "method_series" if "tau" in report else "method"
    tau = percent(100 * float(report.get("tau") or 0), page.lang, 0)
    told = [page.text("protection_mark"), page.text(f"protection_{method}", tau=tau)]
    if any(one.protect.rounds for one in page.indicators.values()):
        told.append(page.text("protection_rounded"))
    told += [page.text("protection_readable")] if report.get("readable") else []
    told += [page.text("protection_proven")] if report.get("proven") is True else []
    for name in COUNTED:
        if amount := int(report.get(name) or 0):
            told.append(page.text(f"protection_{name}", count=count(amount, page.lang)))
    return told
