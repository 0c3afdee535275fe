"""`tilannehuone releases …`: what was published, and going back."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tilannehuone.cli.telling import HERE, AsJson, Folder, console, faults_told, print_table, state
from tilannehuone.texts import text

app = typer.Typer(help="List, show, compare and roll back releases.", no_args_is_help=True)
Instance = Annotated[Path, typer.Option("--instance", help="The instance's folder.")]


LISTED = ("current", "release_id", "built_at", "cells", "hidden")


@app.command("list")
def releases_list(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """List the releases, oldest first; the current one is marked."""
    from pipelines.history import summary
    from tilannehuone.release import current_release, published_releases

    releases = folder / "data" / "releases"
    with faults_told():
        current = current_release(releases)
        rows = [{"current": one == current} | summary(one) for one in published_releases(releases)]
    if as_json:
        typer.echo(json.dumps(rows, default=str))
    else:
        print_table([{name: row[name] for name in LISTED} for row in rows])


@app.command("show")
def releases_show(name: str, folder: Folder = HERE) -> None:
    """Show one release."""
    from pipelines.history import named_release, summary

    with faults_told():
        typer.echo(
            json.dumps(summary(named_release(folder / "data" / "releases", name)), default=str)
        )


@app.command("rollback")
def releases_rollback(
    name: Annotated[
        str | None, typer.Argument(help="The release; the one before if left out.")
    ] = None,
    folder: Instance = HERE,
) -> None:
    """Make an earlier release current."""
    from pipelines.history import rollback

    with faults_told():
        chosen = rollback(folder / "data" / "releases", name)
    console.print(text("cli.rolled_back", state["lang"], name=chosen.stem), style="green")


@app.command("diff")
def releases_diff(
    old: str,
    new: str,
    folder: Instance = HERE,
) -> None:
    """Count, per indicator, the cells that differ between two releases."""
    from pipelines.history import difference, named_release

    releases = folder / "data" / "releases"
    with faults_told():
        print_table(difference(named_release(releases, old), named_release(releases, new)))
