"""`python -m tilannehuone.cli`, the same as the command `tilannehuone`."""

from tilannehuone.cli import main

main()
