"""`tilannehuone releases …`: what was published, and going back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tilannehuone.cli.telling import HERE, AsJson, Folder, console, faults_told, print_table, state
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.texts import text

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(help="List, show, compare and roll back releases.", no_args_is_help=True)
Instance = Annotated[Path, typer.Option("--instance", help="The instance's folder.")]


LISTED = ("release_id", "built_at", "cells", "hidden")
NAMED = ("redefined", "new_measures", "removed_measures", "new_areas", "removed_areas")


@app.command("list")
def releases_list(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """List the releases, oldest first; the current one is marked.

    Exit 1: the current one cannot be shown; which one stands in for it is told.
    """
    from pipelines.history import listed
    from tilannehuone.served import served_release

    releases = folder / "data" / "releases"
    with faults_told():
        rows = listed(releases)
        if as_json:
            typer.echo(json.dumps(rows, default=str))
        elif rows:
            print_table(
                [{"state": _state(one)} | {name: one.get(name) for name in LISTED} for one in rows]
            )
        served = served_release(releases)
        if served.fault is not None:
            told = Fault("stands_in", {"shown": served.release.stem})
            raise ReleaseMissing([served.fault, told])


def _state(row: dict[str, Any]) -> str:
    """Return what there is to say of a release in a word or two."""
    said = {"current": row["current"], "damaged": not row["whole"], "withdrawn": row["withdrawn"]}
    return " ".join(word for word, is_so in said.items() if is_so)


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
    as_json: AsJson = False,
    cells: Annotated[bool, typer.Option("--cells", help="List every cell that differs.")] = False,
) -> None:
    """Tell how two releases differ: figures by measure and kind of change, measures and areas."""
    from pipelines.history import named_release
    from tilannehuone.vintages import difference

    releases = folder / "data" / "releases"
    with faults_told():
        found = difference(named_release(releases, old), named_release(releases, new))
    counts = _records(found.counts())
    named = {name: list(getattr(found, name)) for name in NAMED}
    if as_json:
        told = {"old": old, "new": new, "measures": counts, **named}
        typer.echo(
            json.dumps(told | ({"cells": _records(found.cells)} if cells else {}), default=str)
        )
        return
    if counts:
        kinds = [one for one in counts[0] if any(row[one] for row in counts)]
        print_table([{one: row[one] for one in kinds} for row in counts])
    if cells:
        typer.echo(found.cells.to_csv(sep="\t", index=False), nl=False)
    for line in _lines(named) or ([] if counts else [text("cli.diff_same", state["lang"])]):
        typer.echo(line)


def _lines(named: dict[str, list[str]]) -> list[str]:
    """Return which measures and areas came, went or were defined anew, a line each."""
    return [
        text(f"cli.diff_{name}", state["lang"], ids=", ".join(ids))
        for name, ids in named.items()
        if ids
    ]


def _records(found: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return the rows of a frame; what is not there is None, and a day is ISO text."""
    days = found.select_dtypes("datetime").columns
    told = found.assign(**{one: found[one].dt.strftime("%Y-%m-%d") for one in days}).astype(object)
    return [
        {str(key): one for key, one in row.items()}
        for row in told.where(told.notna(), None).to_dict("records")
    ]
