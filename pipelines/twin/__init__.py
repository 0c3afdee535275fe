"""The synthetic twin of an instance: the same declarations, invented rows, no number of anybody.

A twin is made from what is declared, and from what its release publishes about its own extent
(which periods, areas and categories there are). No number of the real instance is drawn from. What
it shows is compared with what the twin would show, and where a cell is the same it is drawn anew.
"""
