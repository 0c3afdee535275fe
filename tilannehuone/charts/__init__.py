"""Figures, and what they are drawn from: a figure is a function of a series and its words."""
