"""What is read of a release to hold it against another one."""

# one row a cell, as far as it is known: what a difference is made of
KNOWN = """
    select indicator_id, area_code, period_type, period_start, breakdown, category, value, status
    from cells"""

# one row: what a release is
SUMMARY = """
    select release_id, built_at, code_version, definitions_hash,
        (select count(*) from cells) as cells,
        (select count(*) from cells where status = 'c') as hidden,
        (select count(distinct indicator_id) from cells) as indicators
    from release"""
