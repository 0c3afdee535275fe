"""Declared SQL that tries to do more than compute: by name, with marks for a file and a folder.

`@secret` is a file beside the instance whose text must never be told, `@out` one that must never
be made. Each is an attempt at a column of `visits` of the small instance.
"""

DOUBLED = "service"
for _ in range(10):
    DOUBLED = f"({DOUBLED} || {DOUBLED})"

ATTEMPTS = {
    # other files
    "reads_a_text": "service in (select content from read_text('@secret'))",
    "reads_a_csv": "exists (select 1 from read_csv('@secret'))",
    "reads_a_blob": "length((select content from read_blob('@secret'))) > 0",
    "reads_json": "exists (from read_json_auto('@secret'))",
    "reads_parquet": "exists (select * from read_parquet('@secret'))",
    "reads_by_its_name": "exists (select 1 from '@secret')",
    "reads_by_a_quoted_name": 'service in (from "@secret")',
    "lists_a_folder": "exists (select file from glob('/*'))",
    "reads_as_a_function": "read_text('@secret') is not null",
    "reads_lines_as_a_table": "(table \"@secret\") is not null",
    "reads_in_a_union": "true) union all (select count(*) > 0 from read_text('@secret')",
    "reads_behind_a_comment": "true or/**/exists(/**/select 1 from/**/read_text('@secret'))",
    "reads_within_dollars": "service in (select $$a$$ from read_text($$@secret$$))",
    "reads_in_a_values": "service in (values ((select content from read_text('@secret'))))",
    # writing
    "copies_out": "1); copy (select 1) to '@out'; select (1",
    "copies_at_the_end": "true); copy visits to '@out' --",
    "attaches": "1); attach '@out' as x; select (1",
    "exports": "1); export database '@out'; select (1",
    "makes_a_table": "1); create table t as select 1; select (1",
    "deletes": "1); delete from raw_visits; select (1",
    "drops": "1); drop table raw_people; select (1",
    "writes_a_log": "write_log('x') is null",
    # programs, network, settings
    "installs": "1); install httpfs; select (1",
    "loads": "1); load '@secret'; select (1",
    "asks_a_host": "exists (from read_csv('http://127.0.0.1:9/x'))",
    "sets": "1); set enable_external_access = true; select (1",
    "sets_by_a_pragma": "1); pragma enable_profiling = 'json'; select (1",
    "reads_a_setting": "current_setting('temp_directory') <> ''",
    "reads_all_settings": "exists (select value from duckdb_settings())",
    "reads_the_environment": "getenv('HOME') <> ''",
    "reads_secrets": "exists (from duckdb_secrets())",
    "makes_a_secret": "1); create secret s (type http); select (1",
    "asks_who_runs_it": "current_user <> ''",
    "asks_the_version": "version() <> ''",
    "asks_a_variable": "getvariable('x') is null",
    "runs_a_text": "exists (from query('select 1'))",
    "runs_a_table_by_name": "exists (from query_table('raw_people'))",
    "runs_json": "exists (from json_execute_serialized_sql('{}'))",
    # other tables
    "reads_another_table": "service in (select town from people)",
    "reads_another_raw_table": "exists (select 1 from raw_people where people > 3)",
    "names_another_table": "people.people > 3",
    "names_a_schema": "main.lower(service) = 'x'",
    "lists_the_tables": "exists (from information_schema.tables)",
    "reads_the_catalogue": "exists (from duckdb_tables())",
    "counts_other_rows": "count(*) over () > 3",
    "sums_other_rows": "sum(length(service)) > 3",
    "looks_at_the_row_before": "lag(service) over (order by day) is null",
    "takes_the_whole_row": "hash(visits) = 1",
    "takes_all_columns": "columns(*) is not null",
    "takes_a_place": "#1 is not null",
    "takes_a_parameter": "service = $1",
    # never ending
    "ranges_for_ever": "(select count(*) from range(1000000000) a, range(1000000000) b) > 0",
    "makes_a_series": "len(generate_series(1, 100000000000)) > 0",
    "makes_a_range": "len(range(100000000000)) > 0",
    "recurs": "(with recursive r as (select 1 as n union all select n + 1 from r) "
    "select max(n) from r) > 0",
    "repeats": "length(repeat(service, 1000000000)) > 0",
    "repeats_in_a_list": "len(repeat([1], 1000000000)) > 0",
    "pads": "length(lpad(service, 1000000000, 'x')) > 0",
    "pads_by_a_column": "length(rpad(service, length(service) * 1000000000, 'x')) > 0",
    "doubles": f"length({DOUBLED.replace('service', 'service || service || service')}) > 0",
    "replaces_by_more": "length(" + "replace(" * 5 + "service"
    + ", 'x', 'xxxxxxxxxxxxxxxxxxxx')" * 5 + ") > 0",
    "bars_many": "bar(day, 1, 2, 1000000000) <> ''",
    "formats_wide": "format('{:1000000000d}', 1) <> ''",
    "prints_wide": "printf('%1000000000d', 1) <> ''",
    "sleeps": "sleep_ms(1000000) is null",
    "matches_what_a_file_holds": "regexp_matches(service, service)",
    "matches_a_bomb": "service like '" + "%a" * 40 + "'",
    "applies_a_function": "len(list_apply([1], x -> x + 1)) > 0",
    "makes_a_list": "len([x for x in [1, 2, 3]]) > 0",
    "is_nested_deep": "(" * 300 + "true" + ")" * 300,
    "is_long": "service in ('" + "x" * 5000 + "')",
    # telling values, reaching out
    "raises_with_a_value": "error(service)",
    "closes_the_bracket": "true) or (true",
    "opens_a_comment": "true --",
    "opens_a_long_comment": "true /*",
    "adds_a_column": "true, true",
    "names_itself": "true as x",
    "is_a_statement": "select true",
    "tries": "try(error(service)) is null",
    "makes_json": "cast(service as json) is null",
    "reads_a_type": "service::raw_people is null",
}  # fmt: skip
