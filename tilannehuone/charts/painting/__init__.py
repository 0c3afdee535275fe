"""What a figure is painted with, by subject: read, scales, ticks, lines, marks, words."""
