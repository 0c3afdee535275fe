"""`tilannehuone twin INSTANCE --out FOLDER`: a synthetic twin, built, to write code against."""

import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from tilannehuone.cli.telling import HERE, Folder, console, faults_told, state
from tilannehuone.texts import text


def twin(
    folder: Folder = HERE,
    out: Annotated[Path, typer.Option(help="The folder of the twin; new or empty.")] = Path("twin"),
    seed: Annotated[
        int | None, typer.Option(help="The same number draws the same rows; without it, a secret.")
    ] = None,
    build_it: Annotated[
        bool, typer.Option("--build/--no-build", help="Leave the release that was built in it.")
    ] = True,
) -> None:
    """Make a synthetic twin: the same declarations and extent, invented rows, nobody's numbers.

    It is an instance of its own: `extract`, `serve` and scripts take it as they take the real one.
    It is built and held against the real releases either way, and drawn anew where a cell is the
    same. Exit 0: none is; 1: refused, nothing is kept.
    """
    from pipelines.twin.apart import build_apart, forget
    from pipelines.twin.make import make_twin
    from tilannehuone.instance import open_instance
    from tilannehuone.release import current_release, published_releases

    lang = state["lang"]
    with faults_told(), console.status(""):
        instance, out = open_instance(folder.resolve()), out.resolve()
        release = current_release(instance.releases)
        kept = [one for one in published_releases(instance.releases) if one != release]
        drawn = secrets.randbits(63) if seed is None else seed
        day = make_twin(instance, release, out, drawn)
        made = build_apart(instance, (*kept, release), out, day, drawn)
        _tell("twin_made", lang, path=out)
        if build_it:
            told = made.publication
            _tell("published", lang, path=told.path, cells=told.cells, hidden=told.hidden)
        else:
            forget(out)
        _tell("twin_alike", lang, shown=made.shown, alike=made.alike, rounds=made.rounds)
        if made.zeros:
            console.print(text("cli.twin_zeros", lang, zeros=made.zeros), soft_wrap=True)


def _tell(key: str, lang: str, **values: Any) -> None:
    console.print(text(f"cli.{key}", lang, **values), style="green", soft_wrap=True)
