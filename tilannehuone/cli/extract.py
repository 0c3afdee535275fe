"""`tilannehuone extract`: a sealed research extract of published cells, and its verification."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tilannehuone.cli.telling import HERE, Folder, console, faults_told, state
from tilannehuone.errors import Fault, SealRefused
from tilannehuone.sealed import Choice, day_of
from tilannehuone.texts import text

Many = list[str] | None
KILOBYTE = 1024


def extract(
    folder: Folder = HERE,
    measure: Annotated[Many, typer.Option(help="A measure; may be given many times.")] = None,
    area: Annotated[Many, typer.Option(help="An area; may be given many times.")] = None,
    breakdown: Annotated[
        Many, typer.Option(help="A breakdown, or all for undivided figures only.")
    ] = None,
    period: Annotated[Many, typer.Option(help="month, quarter, year and so on.")] = None,
    first: Annotated[str, typer.Option("--from", help="Periods from this day on.")] = "",
    last: Annotated[str, typer.Option("--to", help="Periods until this day.")] = "",
    release: Annotated[str, typer.Option(help="A release; the current one if left out.")] = "",
    out: Annotated[Path | None, typer.Option(help="FILE.zip or a folder to make.")] = None,
    findings: Annotated[bool, typer.Option(help="With what was found in each series.")] = True,
    twin: Annotated[bool, typer.Option(help="The instance is a synthetic twin.")] = False,
    verify: Annotated[
        Path | None, typer.Option(help="Check the seal of an extract instead of making one.")
    ] = None,
) -> None:
    """Seal published figures for research. Exit 0: made, or the seal holds; 1: refused."""
    if verify is not None:
        _verify(verify)
        return
    if out is None:
        raise typer.BadParameter("FILE.zip", param_hint="--out")
    with faults_told():
        choice = Choice(
            measures=tuple(measure or ()),
            areas=tuple(area or ()),
            breakdowns=tuple(breakdown or ()),
            periods=tuple(period or ()),
            first=day_of(first),
            last=day_of(last, ends=True),
            findings=findings,
            twin=twin,
        )
        _seal(folder / "data" / "releases", release, choice, out)


def _seal(releases: Path, name: str, choice: Choice, out: Path) -> None:
    from pipelines.history import named_release
    from pipelines.sealing import earlier_than
    from tilannehuone.exports.extract import zip_bytes
    from tilannehuone.exports.extract_seal import id_of
    from tilannehuone.release import current_release
    from tilannehuone.web.sealing import sealed_extract

    if out.exists():
        raise SealRefused(Fault("seal_target_exists", file=str(out)))
    path = named_release(releases, name) if name else current_release(releases)
    files = sealed_extract(path, earlier_than(path), choice)
    size = _write(out, {out.name: zip_bytes(files)} if out.suffix == ".zip" else files)
    counts = json.loads(files["protection.json"])["extract"]
    told = {"path": out, "size": round(size / KILOBYTE), "id": id_of(files), **counts}
    console.print(text("cli.sealed", state["lang"], **told), style="green", soft_wrap=True)


def _write(out: Path, files: Mapping[str, bytes]) -> int:
    """Write a file or folder beside its place, and name it when it is whole; return its bytes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
        unfinished = Path(folder) / out.name
        if out.suffix == ".zip":
            unfinished.write_bytes(files[out.name])
        else:
            unfinished.mkdir()
            for name, content in files.items():
                (unfinished / name).write_bytes(content)
        unfinished.rename(out)
    return sum(map(len, files.values()))


def _verify(path: Path) -> None:
    from tilannehuone.exports.extract_opened import files_of
    from tilannehuone.exports.extract_seal import id_of, seal_faults

    with faults_told():
        files = files_of(path)
        if faults := seal_faults(files):
            raise SealRefused(faults)
        told = {"files": len(files), "id": id_of(files)}
    console.print(text("cli.seal_holds", state["lang"], **told), style="green", soft_wrap=True)
