"""`tilannehuone meeting minutes`: a meeting's minutes and its other files, without a browser."""

import os
from pathlib import Path
from typing import Annotated

import typer

from tilannehuone.cli.telling import HERE, Folder, console, faults_told, state
from tilannehuone.texts import text


def minutes(
    meeting: Annotated[str, typer.Argument(help="The meeting's id.", metavar="MEETING_ID")],
    instance: Folder = HERE,
    out: Annotated[
        Path,
        typer.Option(help="The file: its ending says the form (docx, html, md, txt, ics, csv)."),
    ] = Path("minutes.docx"),
    network: Annotated[
        bool, typer.Option("--network", help="The chair's pack for the network (html, pptx).")
    ] = False,
) -> None:
    """Write the minutes of a meeting into a file, in the meeting's own language."""
    from tilannehuone.access import SERVER
    from tilannehuone.exports.minutes_files import KINDS, file_of
    from tilannehuone.meeting.database import address_of, open_book
    from tilannehuone.ui.frame import page_of
    from tilannehuone.ui.minutes_made import holds_name, minutes_made

    ending = out.suffix.removeprefix(".").lower()
    kinds = ("network",) if network else ("minutes", "promises")
    kind = next((one for one in kinds if ending in KINDS[one]), None)
    if kind is None:
        known = ", ".join(each for one in kinds for each in KINDS[one])
        raise typer.BadParameter(known, param_hint="--out")
    os.environ["TILANNEHUONE_INSTANCE"] = str(instance.resolve())
    with faults_told():
        page = page_of("meeting", state["lang"], SERVER)
        told = minutes_made(page, open_book(address_of(instance)), meeting)
        file = file_of(told, kind, ending, lambda words: holds_name(page, words))
    out.write_bytes(file.body)
    console.print(text("minutes.written", state["lang"], path=out), style="green", soft_wrap=True)
