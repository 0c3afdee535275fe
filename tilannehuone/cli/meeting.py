"""`tilannehuone meeting …`: what meetings wrote, taken into safety, brought back, looked over."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tilannehuone.cli import meeting_agenda, meeting_minutes, meeting_pack
from tilannehuone.cli.telling import HERE, AsJson, Folder, console, faults_told, state
from tilannehuone.errors import BookRefused, Fault
from tilannehuone.texts import text

if TYPE_CHECKING:
    from tilannehuone.meeting.book import Book

app = typer.Typer(help="Back up, restore and look over what meetings wrote.", no_args_is_help=True)
app.command("agenda")(meeting_agenda.agenda)
app.command("minutes")(meeting_minutes.minutes)
app.command("pack")(meeting_pack.pack)
Instance = Annotated[Path, typer.Option("--instance", help="The instance's folder.")]


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; an older one is replaced.")],
    folder: Instance = HERE,
) -> None:
    """Write everything that meetings wrote into one file, while others go on writing."""
    from tilannehuone.meeting.backup import back_up

    with faults_told():
        count = back_up(_book(folder, needed=True), file)
    console.print(text("cli.backed_up", state["lang"], count=count, path=file), style="green")


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", exists=True)],
    folder: Instance = HERE,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what the database holds now.")
    ] = False,
) -> None:
    """Bring back everything of a backup, or nothing; into SQLite or PostgreSQL alike."""
    from tilannehuone.meeting import backup as backups

    with faults_told():
        count = backups.restore(_book(folder), file, replace=replace)
    console.print(text("cli.restored", state["lang"], count=count), style="green")


@app.command("log")
def log(
    folder: Folder = HERE,
    area: Annotated[str | None, typer.Option(help="The area's code; all if left out.")] = None,
    since: Annotated[datetime | None, typer.Option(help="The first moment, local time.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell who wrote what kind of record, in what role and when; never its words."""
    from tilannehuone.meeting import book

    with faults_told():
        told = book.log(_book(folder, needed=True), area, since)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in told], default=datetime.isoformat))
        return
    for one in told:
        who = f"{' '.join(one.by.split())} ({one.role})"  # a name may not look like another line
        what = f"{one.area_code} {one.kind} {one.record_id} v{one.version}"
        typer.echo(f"{one.at:%Y-%m-%d %H:%M:%SZ}  {what}  {who}")


def _book(folder: Path, *, needed: bool = False) -> "Book":
    """Return the book of an instance; `needed`: what is not there is not made here."""
    from tilannehuone.meeting.database import address_of, open_book

    address = address_of(folder)
    file = Path(address.removeprefix("sqlite:///"))
    if address.startswith("sqlite") and not (file if needed else file.parent).exists():
        raise BookRefused(Fault("no_book", file=str(file)))
    return open_book(address)
