"""A build as every command makes it: told while it runs, recorded, and with its notices sent."""

from datetime import date
from pathlib import Path
from typing import Literal

from tilannehuone import logs
from tilannehuone.cli.notify import notified
from tilannehuone.cli.telling import console, faults_told, state
from tilannehuone.texts import text
from tilannehuone.texts.faults import fault_line
from tilannehuone.texts.format import number

Engine = Literal["duckdb", "spark"]


def build_told(
    folder: Path, as_of: date | None = None, engine: Engine = "duckdb", incremental: bool = False
) -> None:
    """Build, recorded and with its notices sent; tell each step, what was refused, the release."""
    from pipelines.recorded import build_recorded

    lang = state["lang"]
    logs.set_up()
    console.quiet = logs.is_json()
    with notified(folder), faults_told(), console.status("") as status:

        def tell(step: str, share: float = 0.0, left: float = 0.0, rate: float = 0.0) -> None:
            line = text(f"cli.step_{step}", lang)
            if share:
                line += text("cli.step_left", lang, share=round(100 * share), left=round(left))
            if rate:
                line += text("cli.step_rate", lang, rate=number(rate, lang))
            status.update(line)

        outcome = build_recorded(folder.resolve(), as_of, tell, engine, incremental)
    told = [fault_line(one, lang) for one in outcome.refused]
    told += [f"{one.indicator_id}: {fault_line(one.fault, lang)}" for one in outcome.failed]
    for line in told:
        console.print(line, style="yellow", highlight=False, soft_wrap=True)
    if outcome.quarantine is not None:
        console.print(text("cli.quarantine", lang, path=outcome.quarantine), soft_wrap=True)
    made = outcome.publication
    console.print(
        text("cli.published", lang, path=made.path, cells=made.cells, hidden=made.hidden),
        style="green",
        soft_wrap=True,
    )
