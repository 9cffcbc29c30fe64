"""`heldto`, and `python -m heldto`: the command line, or one sentence on what is not
installed for it.
"""

import sys
from functools import partial

from heldto import __version__
from heldto.extras import remedy

EXTRAS = {"handouts": "handouts", "validate": "validate", "site": "site", "assignment": "classroom"}


ABOUT = "heldto: hold the claims of an article against figures."


def main(program: str = "heldto", about: str = ABOUT) -> None:
    """Run the command line. Exit status as in `heldto.publish.cli`; 2 where a package is
    missing.

    program: the name of the command, as its help and its version say it; about: what its help
    begins with.
    """
    if sys.argv[1:] == ["--version"]:  # asked for first when something is missing
        print(f"{program} {__version__}")
        return
    try:
        from heldto.publish import printed

        printed.tell(sys.argv[1:], partial(_run, program, about))
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "heldto":  # a slip in an article's own import: no package is missing
            raise
        command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
        how = remedy(EXTRAS.get(command, "lab"), program)
        print(f"This needs {missing}: {how}", file=sys.stderr)
        sys.exit(2)


def _run(program: str, about: str) -> None:
    from heldto.publish import cli

    cli.run_command_line(program, about)


if __name__ == "__main__":
    main()
