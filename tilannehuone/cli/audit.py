"""`tilannehuone audit FILE`: what can be computed of the hidden numbers of a release or a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tilannehuone.cli.telling import AsJson, console, faults_told, state
from tilannehuone.texts import text

if TYPE_CHECKING:
    from pipelines.audit import AuditFinding, AuditReport

Files = list[Path] | None


def audit(
    file: Annotated[
        Path, typer.Argument(help="A release or package file, or a CSV with --structure.")
    ],
    against: Annotated[
        Files, typer.Option(help="An older release; may be given many times.")
    ] = None,
    beside: Annotated[
        Files,
        typer.Option("--with", help="A release or package of overlapping areas; may be repeated."),
    ] = None,
    structure: Annotated[
        Path | None, typer.Option(help="What the columns of the CSV are, and what adds up.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Try to compute hidden numbers as a stranger would. Exit 0: nothing found, 1: findings.

    With --against and --with everything is read together, as a reader can who keeps all of it.
    """
    from pipelines.assembling import readable
    from pipelines.audit import audit_release
    from pipelines.audit_table import audit_table

    if structure is not None and (against or beside):
        raise typer.BadParameter("--against, --with", param_hint="--structure")
    with faults_told():
        if structure is not None:
            report = audit_table(file, structure)
        else:
            files = [file, *(against or ()), *(beside or ())]
            older = len(against or ())
            with readable(files) as (release, *others):
                report = audit_release(release, others[:older], others[older:])
    if as_json:
        typer.echo(report.to_json())
    else:
        _tell(report)
    raise typer.Exit(0 if report.ok else 1)


def _tell(report: "AuditReport") -> None:
    lang = state["lang"]
    for one in report.findings:
        typer.echo(_line(one, lang))
    if report.contradictions:
        console.print(text("cli.audit_contradictions", lang, count=report.contradictions))
    tried = {"hidden": report.hidden, "sums": report.relations, "count": len(report.findings)}
    console.print(text("cli.audited", lang, **tried), style="green" if report.ok else "red")


def _line(finding: "AuditFinding", lang: str) -> str:
    """Return a finding in one line: what, which cells, by which sums, and how wide the range is."""
    where = "; ".join(" · ".join(cell) for cell in finding.cells)
    parts = [text(f"cli.audit_{finding.kind}", lang) + ": " + where]
    if finding.relations:
        parts.append(text("cli.audit_sums", lang, sums="; ".join(finding.relations)))
    if finding.width is not None:
        parts.append(text("cli.audit_width", lang, width=f"{finding.width:g}"))
    return ". ".join(parts)
