"""`frenemies`, and `python -m frenemies`: the engine's command line, on this article."""

import frenemies
from heldto.__main__ import main as run


def main() -> None:
    """Run the command line on this article. Exit status as in `heldto.publish.cli`."""
    run("frenemies", (frenemies.__doc__ or "").partition("\n")[0])


if __name__ == "__main__":
    main()
