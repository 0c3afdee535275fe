"""The commands that build, check, serve and audit."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tilannehuone import logs
from tilannehuone.cli.audit import audit
from tilannehuone.cli.building import Engine, build_told
from tilannehuone.cli.spc import spc
from tilannehuone.cli.telling import HERE, AsJson, Folder, console, state
from tilannehuone.errors import TilannehuoneError
from tilannehuone.texts import text
from tilannehuone.texts.faults import fault_line

ROOT = Path(__file__).resolve().parents[2]

app = typer.Typer()
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day it is built on.")
]


@app.command()
def demo(
    folder: Folder = ROOT,
    port: Annotated[int, typer.Option(help="The dashboard's port.")] = 8501,
    months: Annotated[int, typer.Option(help="How many months to invent.")] = 72,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve at the end.")] = True,
) -> None:
    """Make the synthetic extracts if absent, build a release, and serve the dashboard."""
    from pipelines.demo import make_extracts

    extracts = folder / "data" / "extracts"
    if not extracts.is_dir() or not any(extracts.iterdir()):
        console.print(text("cli.making_extracts", state["lang"]))
        make_extracts(extracts, months=months)
    build_told(folder)
    if serve_it:
        serve(folder, port=port)


@app.command()
def build(
    folder: Folder = HERE,
    engine: Annotated[Engine, typer.Option(help="What scans the rows of events.")] = "duckdb",
    incremental: Annotated[
        bool, typer.Option(help="Keep what is counted of each file; count new files only.")
    ] = False,
    as_of: AsOf = None,
) -> None:
    """Turn the extracts into a release. Exit 0: published; 1: refused, the last one stays."""
    if incremental and engine != "duckdb":
        raise typer.BadParameter(text("cli.incremental_by_duckdb", state["lang"]))
    build_told(folder, as_of.date() if as_of else None, engine, incremental)


@app.command()
def check(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """Validate the declarations and the extracts without publishing anything."""
    from pipelines.check import check_instance

    try:
        faults = check_instance(folder.resolve())
    except TilannehuoneError as error:
        faults = list(error.faults)
    lines = [fault_line(one, state["lang"]) for one in faults]
    if as_json:
        typer.echo(json.dumps([_record(one) for one in faults], ensure_ascii=False, default=str))
    else:
        for line in lines:
            console.print(line, style="red", highlight=False, soft_wrap=True)
        if not lines:
            console.print(text("cli.no_faults", state["lang"]), style="green")
    raise typer.Exit(1 if faults else 0)


def _record(fault: Any) -> dict[str, Any]:
    places = {name: getattr(fault, name) for name in ("key", "file", "line", "column")}
    return {**places, "message": text(f"faults.{fault.key}", state["lang"], **fault.values)}


@app.command()
def serve(
    folder: Folder = HERE,
    port: Annotated[int, typer.Option(help="The port.")] = 8501,
    address: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the dashboard of an instance."""
    os.environ["TILANNEHUONE_INSTANCE"] = str(folder.resolve())
    console.quiet = logs.is_json()
    console.print(text("cli.serving", state["lang"], address=f"http://{address}:{port}"))
    os.chdir(ROOT)
    arguments = ["-m", "streamlit", "run", "app.py"]
    arguments += ["--server.port", str(port), "--server.address", address]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


app.command()(audit)
app.command()(spc)
