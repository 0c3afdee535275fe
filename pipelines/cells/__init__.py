"""From typed rows to the complete matrix of exact cells (hop 3); composed SQL lives here only.

`spans` which base periods a published period holds, `coverage` what was delivered, `base` sums at
the finest grain, `persons` distinct persons, `medians`, `matrix` every expected cell.
"""
