"""What to do next about each problem, in one line: what it is, where, and what helps."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from tilannehuone.texts.format import day
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import word_html
from tilannehuone.ui.options import ALL
from tilannehuone.ui.quality_fresh import Delivery, deliveries
from tilannehuone.ui.quality_pick import fed_by, names
from tilannehuone.ui.words import count, is_known


@dataclass(frozen=True, slots=True)
class Task:
    """A problem: its kind (a word and an icon), what it is, where, and what to do."""

    kind: str
    what: str
    where: str
    do: str


ICONS = {
    "critical": "concern.both",
    "refused": "concern.low",
    "late": "concern.late",
    "warning": "neutral.waiting",
    "info": "common.waiting",
    "rejected": "neutral.low",
}
"""The kinds of problem, the gravest first."""


def tasks(page: Page, source: str = ALL) -> list[Task]:
    """Return what to do, the gravest first; of one source where one is asked for."""
    named = {one: name for one, name in names(page).items() if source in (ALL, one)}
    found = [*_checks(page, named), *_refused(page, named), *_rejected(page, named)]
    late = [one for one in deliveries(page, source) if one.when == "late"]
    found += [_late(page, one, named[one.source]) for one in late]
    return sorted(found, key=lambda one: list(ICONS).index(one.kind))


def tasks_html(page: Page, found: list[Task]) -> str:
    """Return the list as a section; where there is nothing to do, that is said."""
    rows = "".join(
        f"<li>{word_html(page.text(f'kind_{one.kind}'), ICONS[one.kind])}"
        f'<span class="what">{escape(one.what)} <span class="where">{escape(one.where)}</span>'
        f'</span><span class="do">{escape(one.do)}</span></li>'
        for one in found
    )
    nothing = f'<p class="th-note">{escape(page.text("todo_nothing"))}</p>'
    body = f'<ul class="th-todo">{rows}</ul>' if rows else nothing
    title = escape(page.text("todo"))
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def _checks(page: Page, named: dict[str, str]) -> Iterator[Task]:
    """Yield the checks that failed: what they found, and how many rows it concerns at most."""
    found = cached.checks(page.release)
    for row in cached.records(found[~found["success"].astype(bool)]):
        if row["source"] in named:
            kind, rows = str(row["severity"]), row["unexpected_count"]
            most = int(rows) if is_known(rows) else 0
            where = page.text("where_rows", source=named[row["source"]], rows=_count(page, most))
            yield Task(
                kind,
                str(row[f"message_{page.lang}"]),
                where if most else named[row["source"]],
                page.text(f"do_{kind}"),
            )


def _refused(page: Page, named: dict[str, str]) -> Iterator[Task]:
    files = cached.sources(page.release)
    for row in cached.records(files[files["state"] == "refused"]):
        if row["source"] in named:
            what = page.text("what_refused", file=row["file"])
            yield Task("refused", what, named[row["source"]], page.text("do_refused"))


def _rejected(page: Page, named: dict[str, str]) -> Iterator[Task]:
    rejected = cached.sources(page.release).groupby("source", sort=False)["rows_quarantined"].sum()
    for source, rows in rejected[rejected > 0].items():
        if source in named:
            what = page.text("what_rejected", rows=_count(page, int(rows)))
            yield Task("rejected", what, named[str(source)], page.text("do_rejected"))


def _late(page: Page, one: Delivery, name: str) -> Task:
    measures = ", ".join(each.name.in_language(page.lang) for each in one.measures)
    owners = dict.fromkeys(each.owner for each in fed_by(page, one.source) if each in one.measures)
    return Task(
        "late",
        page.text("what_late", day=day(one.due, page.lang)),
        page.text("where_late", source=name, measures=measures),
        page.text("do_late", owner="; ".join(owners)),
    )


def _count(page: Page, most: int) -> str:
    return count(most, page.lang)
