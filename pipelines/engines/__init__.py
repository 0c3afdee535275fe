"""Where rows are scanned: on this machine by DuckDB, or by a cluster that is there already."""
