"""A source's checks as rules: the predicate of a bad row, and what a bad row means."""

from dataclasses import dataclass
from typing import Any

from pipelines.naming import quoted
from pipelines.quality.argument_forms import MARKED, column_type, typed
from pipelines.quality.expectations import EXPECTATIONS, Over
from pipelines.quality.repeats import some_value
from pipelines.quality.sql import plain
from tilannehuone.sources import Check, Source

SHOWN_TYPES = ("integer", "decimal", "date", "category")
"""Column types whose values cannot be personal: a rejected one may be shown to the steward."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check, translated. `number` is its place among the source's checks, from 1."""

    number: int
    check: Check
    over: Over
    arguments: dict[str, Any]
    columns: tuple[str, ...] = ()
    bad: str | None = None  # SQL, true for a bad row; None where no single row is bad
    considered: str = "true"  # SQL, true for a row that counts in the share `mostly` is of
    native: bool = True  # False: the library gets the predicate, not its own expectation
    shows_value: bool = False

    @property
    def reason(self) -> str:
        """Why a row is in quarantine, as a code; `rules` in the working database names it."""
        return f"rule:{self.number}"

    @property
    def mostly(self) -> float:
        """The share of rows that must be good."""
        return float(self.arguments.get("mostly", 1))

    @property
    def moves_rows(self) -> bool:
        """Whether its bad rows go to quarantine.

        Not with `mostly`: that tolerates bad rows, and judges the table by how many there are.
        """
        return self.bad is not None and self.check.severity != "info" and self.mostly >= 1

    @property
    def expectation(self) -> str:
        """What was expected, by name, columns and number: `expect_x: column (rule:3)`."""
        what = self.check.expect or "rows"
        of = ", ".join(self.columns) if self.check.expect else self.check.rows
        return f"{what}: {of} ({self.reason})" if of else f"{what} ({self.reason})"


def rules_of(source: Source) -> list[Rule]:
    """Return the rules of a source whose checks `faults_in_checks` found sound."""
    return [_rule(source, number, check) for number, check in enumerate(source.checks, start=1)]


def _rule(source: Source, number: int, check: Check) -> Rule:
    if check.expect is None:
        return Rule(number, check, "rows", {}, bad=check.rows)
    expectation = EXPECTATIONS[check.expect]
    given = plain(check.with_)
    columns = named_columns(given, expectation.arguments)
    kinds = [column_type(source, one) or "any" for one in columns]
    arguments = {
        key: typed(value, expectation.arguments[key], kinds) for key, value in given.items()
    }
    return Rule(
        number,
        check,
        expectation.over,
        arguments,
        columns,
        bad=_bad(source, check.expect, arguments, columns),
        considered=_considered(check.expect, columns),
        native=expectation.native and not _is_marked(source, check.expect, columns),
        shows_value=len(columns) == 1 and kinds[0] in SHOWN_TYPES,
    )


def _bad(
    source: Source, expect: str, arguments: dict[str, Any], columns: tuple[str, ...]
) -> str | None:
    """Return the predicate; a value that is hidden or does not apply is not a missing one."""
    make = EXPECTATIONS[expect].bad
    if make is None:
        return None
    if not _is_marked(source, expect, columns):
        return make(arguments)
    return f"{make(arguments)} and coalesce({quoted(columns[0] + MARKED)}, 'x') = 'x'"


def _is_marked(source: Source, expect: str, columns: tuple[str, ...]) -> bool:
    if expect != "expect_column_values_to_not_be_null" or source.shape != "aggregate":
        return False
    column = source.columns.get(columns[0])
    return column is not None and column.type in ("integer", "decimal")


def named_columns(given: dict[str, Any], forms: dict[str, str]) -> tuple[str, ...]:
    """Return the columns of a source that the arguments name, in the order of the forms."""
    found: list[str] = []
    for key, form in forms.items():
        if form == "column" and isinstance(given.get(key), str):
            found.append(given[key])
        elif form == "columns" and isinstance(given.get(key), list):
            found += [one for one in given[key] if isinstance(one, str)]
    return tuple(found)


def _considered(expect: str, columns: tuple[str, ...]) -> str:
    """Return which rows an expectation is about: those where some of its columns has a value."""
    if not columns or expect.endswith("_be_null"):
        return "true"
    return some_value(columns)
