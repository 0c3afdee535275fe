"""What each check found, as rows of `checks`, and whether a source may be used."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.quality.rules import Rule
from tilannehuone.declared import Names
from tilannehuone.sources import Severity
from tilannehuone.texts import LANGUAGES, text

TABLES = {
    "checks": """source varchar, file varchar, expectation varchar, severity varchar,
        success boolean, observed varchar, unexpected_count bigint, message_fi varchar,
        message_sv varchar, message_en varchar""",
    "source_state": "source varchar, ok boolean, reason varchar",
    "rules": """source varchar, reason varchar, message_fi varchar, message_sv varchar,
        message_en varchar""",
}
"""Tables this step writes. `rules` gives the steward's words for `rule:<n>` in quarantine."""


def create_tables(working: duckdb.DuckDBPyConnection) -> None:
    """Create those of this step's tables that the loader has not."""
    for table, columns in TABLES.items():
        working.execute(f"create table if not exists {table} ({columns})")


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes results of one source; a failed critical one stops the source.

    The first reason stays: what failed first is what the steward has to mend first.
    """

    working: duckdb.DuckDBPyConnection
    source: str

    def record(
        self,
        expectation: str,
        severity: Severity,
        success: bool,
        message: Names,
        *,
        file: str | None = None,
        observed: str | None = None,
        unexpected: int | None = None,
    ) -> None:
        """Write one result; see `tilannehuone.release.TABLES` for the columns."""
        self.working.execute(
            "insert into checks values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                self.source,
                file,
                expectation,
                severity,
                success,
                observed,
                unexpected,
                *(message.in_language(lang) for lang in LANGUAGES),
            ],
        )
        if severity == "critical" and not success:
            self.stop(expectation)

    def stop(self, reason: str) -> None:
        """Mark the source as not to be used; its measures keep their last published cells."""
        self.working.execute(
            "update source_state set ok = false, reason = ? where source = ? and ok",
            [reason, self.source],
        )

    def begin(self) -> None:
        """Make sure that the source has a state: good, unless the loader said otherwise."""
        self.working.execute(
            """insert into source_state select ?, true, null
               where not exists (select 1 from source_state where source = ?)""",
            [self.source, self.source],
        )

    def name_reasons(self, rules: Sequence[Rule]) -> None:
        """Keep the steward's words for each rule, so that a list of rejected rows can use them."""
        for rule in rules:
            words = [rule.check.message.in_language(lang) for lang in LANGUAGES]
            self.working.execute(
                "insert into rules values (?, ?, ?, ?, ?)", [self.source, rule.reason, *words]
            )


def told(key: str, /, **values: object) -> Names:
    """Return the text `faults.<key>` in the three languages.

    A value that is written differently in each language is a function of the language.
    """
    words = {
        lang: text(f"faults.{key}", lang, **{n: _in(lang, one) for n, one in values.items()})
        for lang in LANGUAGES
    }
    return Names(**words)


def _in(lang: str, value: object) -> object:
    return value(lang) if callable(value) else value
