"""`tilannehuone twin INSTANCE --out FOLDER`: a synthetic twin, built, to write code against."""

from pathlib import Path
from typing import Annotated

import typer

from tilannehuone.cli.telling import HERE, Folder, console, faults_told, state
from tilannehuone.texts import text


def twin(
    folder: Folder = HERE,
    out: Annotated[Path, typer.Option(help="The folder of the twin; new or empty.")] = Path("twin"),
    seed: Annotated[int, typer.Option(help="Another number draws other rows.")] = 1,
    build_it: Annotated[bool, typer.Option("--build/--no-build", help="Build it too.")] = True,
) -> None:
    """Make a synthetic twin: the same declarations and extent, invented rows, nobody's numbers.

    It is an instance of its own: `extract`, `serve` and scripts take it as they take the real one.
    """
    from pipelines.run import build
    from pipelines.twin.alike import count_alike
    from pipelines.twin.make import make_twin
    from tilannehuone.instance import open_instance
    from tilannehuone.release import current_release

    lang = state["lang"]
    with faults_told(), console.status(""):
        instance = open_instance(folder.resolve())
        release = current_release(instance.releases)
        day = make_twin(instance, release, out.resolve(), seed)
        console.print(text("cli.twin_made", lang, path=out), style="green", soft_wrap=True)
        if build_it:
            made = build(out.resolve(), as_of=day).publication
            told = {"path": made.path, "cells": made.cells, "hidden": made.hidden}
            console.print(text("cli.published", lang, **told), style="green", soft_wrap=True)
            shown, same = count_alike(release, made.path)
            console.print(text("cli.twin_alike", lang, shown=shown, same=same), soft_wrap=True)
