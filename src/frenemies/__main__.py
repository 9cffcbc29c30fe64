"""`frenemies`, and `python -m frenemies`: the command line, or one sentence on what is not
installed for it.
"""

import sys

EXTRAS = {"nbclient": "handouts", "nbconvert": "handouts", "nh3": "handouts", "bs4": "handouts"}
EXTRAS |= {"platformdirs": "handouts", "psutil": "handouts", "frictionless": "validate"}
EXTRAS |= {"jupyterlite_core": "site", "jupyterlite_pyodide_kernel": "site", "segno": "site"}


def main() -> None:
    """Run the command line. Exit status as in `frenemies.publish.cli`; 2 where a package is
    missing.
    """
    try:
        from frenemies.publish import cli

        cli.main()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        extra = EXTRAS.get(missing, "lab")
        print(f'This needs {missing}: pip install "frenemies[{extra}]"', file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
