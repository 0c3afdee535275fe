"""The same cells by dbt and its DuckDB adapter: the hand-written SQL, one model for each table.

`python -m bench.peers.in_dbt FOLDER OUT` makes a project to throw away and runs `dbt build`.
"""

import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dbt.cli.main import dbtRunner

from bench import by_hand

CREATED = re.compile(r"create (?:or replace )?table (\w+) as\s+(.*?);\n", re.DOTALL)
PROJECT = {"name": "bench", "version": "1.0.0", "profile": "bench", "model-paths": ["models"]}
QUIET = {"flags": {"send_anonymous_usage_stats": False}}
THREADS = 2
PERSONS = "kind, area, y, age, h1, h2, y1"


def models(folder: Path, out: Path) -> dict[str, str]:
    """Return the SQL of every model: what the hand-written one creates, by name."""
    events = by_hand.read(folder, "lastensuojelu_tapahtumat_", by_hand.COLUMNS)
    written = by_hand.AREAS.format(folder=folder)
    written += by_hand.EVENTS.format(events=events, people=by_hand.read(folder, "vaesto_"))
    found = dict(CREATED.findall(written + by_hand.SUMS + by_hand.CELLS))
    parts = []
    for kind, ages in by_hand.KINDS.items():
        for age in ages:
            name = f"persons_{len(parts)}"
            parts.append(f"select * from {name}")
            found |= persons(name, kind, age)
    found["persons"] = "\nunion all ".join(parts)
    found = {name: referring(sql, set(found)) for name, sql in found.items()}
    located = json.dumps(str(out))
    found["cells"] = (
        f"{{{{ config(materialized='external', location={located}) }}}}\n"
        f"select * from ({found['cells']}) order by all"
    )
    return found


def persons(name: str, kind: str, age: str) -> dict[str, str]:
    """Return the three models that count the persons of a kind of event."""
    sql = by_hand.PERSONS.format(kind=kind, age=age, counts=by_hand.COUNTS, sums=by_hand.SUMMED)
    made, counted = sql.split("insert into persons\n")
    found = {f"{name}_{one}": body for one, body in CREATED.findall(made)}
    found[name] = f"select * from ({counted.strip().removesuffix(';')}) as counted({PERSONS})"
    own = r"\b(from|join) (years|single)\b"
    return {model: re.sub(own, rf"\1 {name}_\2", body) for model, body in found.items()}


def referring(sql: str, names: set[str]) -> str:
    """Return the SQL with dbt's references where it reads a model."""

    def reference(found: re.Match[str]) -> str:
        verb, name = found.groups()
        return f"{verb} {{{{ ref('{name}') }}}}" if name in names else found.group()

    return re.sub(r"\b(from|join) (\w+)\b(?!\()", reference, sql)


def profile(scratch: Path) -> dict[str, object]:
    target = {
        "type": "duckdb",
        "path": str(scratch / "bench.duckdb"),
        "threads": THREADS,
        "settings": {"memory_limit": "1500MB", "preserve_insertion_order": False},
    }
    return {"bench": {"target": "bench", "outputs": {"bench": target}}}


def main(folder: Path, out: Path) -> None:
    with TemporaryDirectory() as made:
        scratch = Path(made)
        project = PROJECT | QUIET | {"models": {"bench": {"+materialized": "table"}}}
        # JSON is YAML
        (scratch / "dbt_project.yml").write_text(json.dumps(project), encoding="utf-8")
        (scratch / "profiles.yml").write_text(json.dumps(profile(scratch)), encoding="utf-8")
        (scratch / "models").mkdir()
        for name, sql in models(folder, out.resolve()).items():
            (scratch / "models" / f"{name}.sql").write_text(sql, encoding="utf-8")
        where = ["--project-dir", made, "--profiles-dir", made]
        result = dbtRunner().invoke(["--no-version-check", "build", *where])
        if not result.success:
            raise SystemExit(f"dbt: {result.exception or 'a model failed'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
