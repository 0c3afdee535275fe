"""A loose series: any CSV of a period and a value that somebody has at hand."""
