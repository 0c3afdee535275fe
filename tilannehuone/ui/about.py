"""What this is, where its figures come from, how they are made, and how to cite them."""

from html import escape

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts.format import day
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import facts_html, table_html
from tilannehuone.ui.quality_pick import divided_by, fed_by, names
from tilannehuone.ui.rounded import rounded_lines
from tilannehuone.ui.words import count

METHOD = (
    *("release", "limits", "season", "direction", "power", "chance", "protection"),
    *("intervals", "comparison", "forecast", "individual"),
)
SECTIONS = ("measures", "sources", "method", "access", "release", "licences")
"""In the page's order; each is an id, so that an address can lead to it."""


def head_html(page: Page) -> str:
    """Return the page's one message, what this is and that it predicts nobody; then its parts."""
    links = "".join(f'<li><a href="#{one}">{escape(page.text(one))}</a></li>' for one in SECTIONS)
    title = escape(page.text("contents"))
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))}</h1>'
        f'<p class="th-message">{escape(page.text("message"))}</p></header>'
        f'<nav class="th-contents" aria-label="{title}" lang="{page.lang}"><ul>{links}</ul></nav>'
    )


def sources_html(page: Page) -> str:
    """Return where the figures come from: a row a source, and what is counted from it."""
    return _section(page, "sources", table_html(sources(page), page.lang))


def sources(page: Page) -> Table:
    """Return the sources as a table, in the order of delivery."""
    files = cached.sources(page.release)["source"].value_counts()
    columns = (
        Column(page.text("col_source")),
        Column(page.text("register")),
        Column(page.text("col_files"), numeric=True),
        Column(page.text("col_measures")),
    )
    rows = []
    for source, name in names(page).items():
        mine, divides = fed_by(page, source), divided_by(page, source)
        told = ", ".join(one.name.in_language(page.lang) for one in mine)
        if divides:
            key = "divides_one" if len(divides) == 1 else "divides"
            told = " ".join(one for one in (told, page.text(key, count=len(divides))) if one)
        registers = ", ".join(dict.fromkeys(one.register_ for one in mine))
        number = int(files.get(source, 0))
        rows.append(
            (
                Cell(name),
                Cell(registers),
                Cell(count(number, page.lang), number=float(number)),
                Cell(told),
            )
        )
    return Table(page.text("sources_note"), columns, tuple(rows))


def method_html(page: Page) -> str:
    """Return the method in short, sentence by sentence."""
    told = {one: [page.text(f"method_{one}")] for one in METHOD}
    told["protection"] += rounded_lines(page.indicators.values(), page.lang)
    points = "".join(f"<li>{escape(one)}</li>" for lines in told.values() for one in lines)
    return _section(page, "method", f"<ul>{points}</ul>")


def release_html(page: Page) -> str:
    """Return the release's own facts, and how it is cited."""
    built = day(page.facts["built_at"].date(), page.lang)
    facts = [
        (page.text("instance"), instance_name(page)),
        (page.text("release_id"), str(page.facts["release_id"])),
        (page.text("built"), built),
        (page.text("version"), str(page.facts["code_version"])),
        (page.text("hash"), str(page.facts["definitions_hash"])[:16]),
        (page.text("cite"), citation(page)),
    ]
    return _section(page, "release", facts_html(facts, page.lang))


def citation(page: Page) -> str:
    """Return how the release is cited: what, which release, when it was made and when read."""
    return page.text(
        "citation",
        instance=instance_name(page),
        release=page.facts["release_id"],
        day=day(page.facts["built_at"].date(), page.lang),
        version=page.facts["code_version"],
        today=day(page.today, page.lang),
    )


def licences_html(page: Page) -> str:
    """Return what the program is made of, with its licences in short."""
    told = "".join(f"<p>{escape(page.text(f'licences_{one}'))}</p>" for one in ("used", "figures"))
    return _section(page, "licences", told)


def instance_name(page: Page) -> str:
    """Return what the instance is called."""
    name = page.facts["instance"].get("name") or ""
    return str(name[page.lang]) if isinstance(name, dict) else str(name)


def _section(page: Page, key: str, body: str) -> str:
    title = escape(page.text(key))
    return (
        f'<section class="th-section" id="{key}" lang="{page.lang}"><h2>{title}</h2>'
        f"{body}</section>"
    )
