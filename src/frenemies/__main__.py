"""`python -m frenemies`: the command line."""

from frenemies.cli import main

main()
