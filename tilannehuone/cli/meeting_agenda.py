"""`tilannehuone meeting agenda`: the agenda that an area's next meeting would have."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tilannehuone.cli.telling import HERE, AsJson, Folder, faults_told, state
from tilannehuone.texts import text

if TYPE_CHECKING:
    from tilannehuone.meeting.agenda import Agenda, Entry
    from tilannehuone.ui.frame import Page


def agenda(
    area: Annotated[str, typer.Option(help="The area's code, as in data/areas.csv.")],
    day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The meeting's day.")],
    minutes: Annotated[int, typer.Option(min=15, max=180, help="How long it may last.")] = 60,
    instance: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """Print the agenda of an area's meeting on a day: what is due, signals first.

    Nothing is written. The same release, book and day give the same agenda.
    """
    from tilannehuone.meeting import agenda as agendas
    from tilannehuone.meeting.database import address_of, open_book
    from tilannehuone.ui.known import known_of

    with faults_told():
        page = _page(instance)
        if area not in set(page_areas(page)):
            raise typer.BadParameter(area, param_hint="--area")
        known = known_of(page, open_book(address_of(instance)), area, day.date())
        made = agendas.agenda(known, area, day.date(), minutes)
    if as_json:
        typer.echo(made.to_json())
        return
    for line in _lines(made, page):
        typer.echo(line)


def page_areas(page: "Page") -> list[str]:
    """Return the codes of the areas that the release tells of."""
    from tilannehuone.ui import cached

    return [str(one) for one in cached.areas(page.release)["area_code"]]


def _page(instance: Path) -> "Page":
    import os

    from tilannehuone.access import SERVER
    from tilannehuone.ui.frame import page_of

    os.environ["TILANNEHUONE_INSTANCE"] = str(instance.resolve())
    return page_of("agenda", state["lang"], SERVER)


def _lines(made: "Agenda", page: "Page") -> list[str]:
    lang, lines = page.lang, []
    for item in made.items:
        lines.append(f"{text(f'agenda.item_{item.kind}', lang)} ({item.minutes} min)")
        lines += [f"  {_told(one, page)} ({one.minutes} min)" for one in item.entries]
    if made.quiet:
        lines.append(text("agenda.quiet", lang))
        lines += [f"  {_told(one, page)}" for one in made.quiet]
    return lines


def _told(entry: "Entry", page: "Page") -> str:
    name = page.indicators[entry.id].name.in_language(page.lang) if _is_measure(entry, page) else ""
    kind = name or text(f"agenda.kind_{entry.kind}", page.lang)
    return f"{kind}: {text(f'agenda.reason_{entry.reason}', page.lang)}"


def _is_measure(entry: "Entry", page: "Page") -> bool:
    return entry.id in page.indicators
