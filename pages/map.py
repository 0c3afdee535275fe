"""Map: being built."""

from tilannehuone.ui import frame

page = frame.open_page("map")
