"""`python -m frenemies`: the command line."""

from frenemies.publish.cli import main

main()
