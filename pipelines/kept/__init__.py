"""What earlier builds counted of files that have not changed: `tilannehuone build --incremental`.

No rows are kept. Of each file of events there is what the steps asked of its rows (sums by area
and month, who was where by pseudonym, what the checks found), each answer a small Parquet file in a
folder of the file's own. A later build asks only the files that are new, and puts the answers
together; what comes out is the same as from all rows.
"""
