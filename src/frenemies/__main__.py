"""`frenemies`, and `python -m frenemies`: the engine's command line, on this article."""

from heldto.__main__ import main

if __name__ == "__main__":
    main()
