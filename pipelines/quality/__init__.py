"""Quality of what was delivered: rules as SQL, one pass that counts, quarantine, results.

Everything here is plain DuckDB; `pipelines/validate.py` lets Great Expectations confirm it.
"""
