"""Step two: the typed rows against what was declared of them.

In: `raw_<source>`, `files`, `quarantine`, `source_state` as the loader left them. Out: the same
tables with bad rows moved to quarantine, one row of `checks` for each check, and each source
marked usable or not. A source that fails a critical check stops; the others go on.

Each check is said once and used three times: our own SQL counts it over all rows in one pass,
the same SQL moves the bad rows, and Great Expectations runs it by its own means over the same
rows (of a large table, over a fixed sample). Where the two disagree, the check has failed.

Only this module imports Great Expectations, and only when some source declares a check: the
import takes seconds and 250 MB, which neither the dashboard nor `tilannehuone check` should pay.
"""

import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from threading import Lock, Thread
from types import ModuleType
from typing import Any, Protocol

import duckdb

from pipelines.kept import ledger
from pipelines.kept.store import Store
from pipelines.naming import raw_table
from pipelines.quality.batches import ROWS, SAMPLE_LIMIT, batches, flag
from pipelines.quality.counting import Tally, tally
from pipelines.quality.faults import faults_in_checks, faults_in_predicates, has_table
from pipelines.quality.file_checks import check_files, check_key, check_rejected_share
from pipelines.quality.lean import lean
from pipelines.quality.quarantine import hide_values, move_bad_rows, move_repeated_keys
from pipelines.quality.results import Recorder, create_tables
from pipelines.quality.rules import Rule, rules_of
from pipelines.quality.verdicts import Opinion, record_rules
from tilannehuone.errors import RegistryError
from tilannehuone.hindered import insist
from tilannehuone.sources import Source

__all__ = ["faults_in_checks", "faults_in_predicates", "prepare", "validate"]

_IMPORTING = Lock()


class Declares(Protocol):
    """An instance, as far as this step needs it."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The declared sources by name."""


def prepare(instance: Declares) -> None:
    """Begin to import what `validate` will need, beside whatever is done before it."""
    if any(one.checks for one in instance.sources.values()):
        Thread(target=_library).start()


def validate(
    working: duckdb.DuckDBPyConnection,
    instance: Declares,
    store: Store | None = None,
    *,
    sample_limit: int = SAMPLE_LIMIT,
) -> None:
    """Check every source's rows in the working database, and move the bad ones to quarantine.

    Parameters
    ----------
    working
        The working database, in no transaction: Great Expectations reads it by a cursor of its
        own, which sees only what is committed.
    instance
        Whose `sources` are declared. Sources without a table are judged by their files alone.
    store
        What earlier builds kept of files whose rows are not here, and keeps of those that are.
    sample_limit
        Rows of a table above which Great Expectations sees a sample.

    Raises
    ------
    RegistryError
        When a check is not sound; `tilannehuone check` tells the same before anything is read.
    """
    faults = faults_in_checks(instance.sources)
    if faults:
        raise RegistryError(faults)
    create_tables(working)
    for name, source in instance.sources.items():
        recorder = Recorder(working, name)
        recorder.begin()
        if has_table(working, f"raw_{name}"):
            if source.key:
                check_key(recorder, source, move_repeated_keys(working, name, source))
            if source.checks:
                _check_rows(working, name, source, recorder, store, sample_limit)
        hide_values(working, name, source)
        elsewhere = {} if store is None else ledger.loaded_rows(store, working, name)
        check_files(working, name, recorder, elsewhere)
        if store is not None and store.holds(name):
            ledger.keep(store, name)
        check_rejected_share(working, name, source, recorder)


def _check_rows(
    working: duckdb.DuckDBPyConnection,
    name: str,
    source: Source,
    recorder: Recorder,
    store: Store | None,
    sample_limit: int,
) -> None:
    rules = rules_of(source)
    tallies = tally(working, raw_table(name), rules)
    whole: Mapping[int, Tally] = tallies
    if store is not None:
        whole = ledger.tallies(store, working, name, rules, tallies)
    if store is not None and store.holds(name) and not store.sources[name].new:
        # each row was looked at by both when it came
        seen = {one.number: Tally() for one in rules}
        confirmed = {one.number: Opinion(success=True, unexpected=0) for one in rules}
        record_rules(recorder, rules, whole, seen, confirmed)
        recorder.name_reasons(rules)
        return
    sound = [one for one in rules if one.number not in tallies or not tallies[one.number].raised]
    opinions: dict[int, Opinion] = {}
    with batches(working, name, sound, sample_limit) as made:
        seen = tally(working, ROWS, sound) if made.sampled else tallies
        for relation, group in groupby(sorted(sound, key=made.relation), key=made.relation):
            opinions |= _opinions(working, relation, list(group))
    record_rules(recorder, rules, whole, seen, opinions)
    move_bad_rows(working, name, sound, tallies)
    recorder.name_reasons(rules)


def _library() -> ModuleType:
    """Return Great Expectations, once it is imported."""
    with _IMPORTING:
        return _imported()


@cache
def _imported() -> ModuleType:
    """Import Great Expectations, without its telemetry and without its log.

    The log is closed because it tells of failures with the values that caused them.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings(), lean("pyspark", later="scipy.stats"):
        warnings.simplefilter("ignore")
        import great_expectations as gx
    log = logging.getLogger("great_expectations")
    log.propagate = False
    log.addHandler(logging.NullHandler())
    return gx


def _context(gx: ModuleType) -> Any:
    """Return a context in memory: no folder, no pages of results, no bars, no telemetry."""
    base = gx.data_context.types.base
    config = base.DataContextConfig(
        store_backend_defaults=base.InMemoryStoreBackendDefaults(),
        progress_bars=base.ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def _opinions(
    working: duckdb.DuckDBPyConnection, relation: str, rules: Sequence[Rule]
) -> dict[int, Opinion]:
    """Return what Great Expectations finds of `rules` over a relation, by rule number."""
    gx = _library()
    expectations = [_expectation(gx, rule) for rule in rules]
    suite = gx.ExpectationSuite(name=relation, expectations=[e for e in expectations if e])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, of their own use of pandas and SQLAlchemy
        report = _validated(gx, working, relation, suite)
    return {one.expectation_config.meta["rule"]: _opinion(one) for one in report}


def _validated(
    gx: ModuleType, working: duckdb.DuckDBPyConnection, relation: str, suite: Any
) -> Sequence[Any]:
    """Run a suite in a context that lives in memory only; nothing where it cannot run at all."""
    from sqlalchemy.exc import SQLAlchemyError

    from pipelines.quality.buffered import engine_arguments
    from pipelines.quality.dialect import URL

    context = _context(gx)
    database = context.data_sources.add_sql(
        "working", connection_string=URL, kwargs=engine_arguments(working)
    )
    try:
        asset = database.add_table_asset(relation)
        batch = asset.add_batch_definition_whole_table("whole").get_batch()
        results: Sequence[Any] = batch.validate(suite, result_format="BASIC").results
    except (gx.exceptions.GreatExpectationsError, SQLAlchemyError, duckdb.Error) as error:
        insist(getattr(error, "orig", None) or error)
        results = []  # a rule without an opinion is a failed check
    finally:
        database.get_engine().dispose()
    return results


def _expectation(gx: ModuleType, rule: Rule) -> Any:
    """Return a rule as the library's own expectation; None when it refuses the arguments."""
    told = {"severity": rule.check.severity, "meta": {"rule": rule.number}}
    name = rule.check.expect
    if name is None or not rule.native:
        return gx.expectations.UnexpectedRowsExpectation(
            unexpected_rows_query=f"select line from {{batch}} where {flag(rule)}",  # noqa: S608
            description=rule.expectation,
            **told,
        )
    kind = getattr(gx.expectations, "".join(word.capitalize() for word in name.split("_")))
    try:
        return kind(**rule.arguments, **told)
    except (ValueError, TypeError):
        return None


def _opinion(result: Any) -> Opinion:
    if _has_raised(result.exception_info):
        return Opinion(raised=True)
    found = result.result
    observed = found.get("observed_value")
    by_query = result.expectation_config.type == "unexpected_rows_expectation"
    unexpected = observed if by_query else found.get("unexpected_count")
    if unexpected is None and found.get("element_count") == 0:
        unexpected = 0  # the library's own sum over no rows is nothing
    return Opinion(
        success=bool(result.success),
        unexpected=None if unexpected is None else int(unexpected),
        observed=None if observed is None else str(observed),
    )


def _has_raised(told: Mapping[str, Any] | None) -> bool:
    """Say whether an expectation failed to run; the library tells it flat or for each metric."""
    if not told:
        return False
    if "raised_exception" in told:
        return bool(told["raised_exception"])
    return any(one.get("raised_exception", True) for one in told.values())
