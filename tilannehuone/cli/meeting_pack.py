"""`tilannehuone meeting pack`: how a frozen pack stands to the release of today."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tilannehuone.cli.telling import HERE, AsJson, Folder, console, faults_told, state
from tilannehuone.errors import Fault, RecordMissing
from tilannehuone.texts import text
from tilannehuone.texts.format import day

if TYPE_CHECKING:
    from tilannehuone.ui.frame import Page
    from tilannehuone.ui.pack import Opened


def pack(
    pack_id: Annotated[str, typer.Argument(metavar="ID", help="The pack's id, its SHA-256.")],
    instance: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """Tell how a meeting's frozen pack stands today, and every cell that has changed since."""
    with faults_told():
        page, shown = _opened(pack_id, instance)
        if as_json:
            typer.echo(json.dumps(_record(shown), default=date.isoformat, ensure_ascii=False))
            return
        _tell(page, shown)


def _opened(pack_id: str, instance: Path) -> "tuple[Page, Opened]":
    import os

    from tilannehuone.access import SERVER
    from tilannehuone.meeting.database import address_of, open_book
    from tilannehuone.ui.frame import page_of
    from tilannehuone.ui.pack import opened_pack

    os.environ["TILANNEHUONE_INSTANCE"] = str(instance.resolve())
    page = page_of("pack", state["lang"], SERVER)
    try:
        shown = opened_pack(page, open_book(address_of(instance)), pack_id)
    except ValueError:
        raise RecordMissing(Fault("pack_broken", {"id": pack_id})) from None
    if shown is None:
        raise RecordMissing(Fault("record_missing", {"id": pack_id}))
    return page, shown


def _tell(page: "Page", shown: "Opened") -> None:
    from tilannehuone.ui.pack_differences import differences

    lang = state["lang"]
    head = text(
        "pack.cli_head",
        lang,
        area=shown.content.area,
        day=day(shown.content.day, lang),
        state=text(f"pack.state_{shown.state.state}", lang),
    )
    console.print(head, highlight=False, soft_wrap=True)
    for row in differences(page, shown).rows:
        measure, what, then, now = (one.text for one in row)
        typer.echo(f"{measure}, {what}: {then} → {now}")


def _record(shown: "Opened") -> dict[str, Any]:
    """Return the state and differences for a machine; nothing withdrawn is in them."""
    return {
        "id": shown.pack_id,
        "area_code": shown.content.area_code,
        "day": shown.content.day,
        "release_id": shown.content.release_id,
        "state": shown.state.state,
        "series": [asdict(one) for one in shown.state.series],
    }
