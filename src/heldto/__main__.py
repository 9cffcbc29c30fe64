"""`heldto`, and `python -m heldto`: the command line, or one sentence on what is not
installed for it.
"""

import sys
from importlib.metadata import PackageNotFoundError, distribution
from json import loads
from pathlib import Path

from heldto import __version__, article

EXTRAS = {"handouts": "handouts", "validate": "validate", "site": "site", "assignment": "classroom"}
DISTRIBUTION = "frenemies"  # that both packages are installed from
CHECKOUT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run the command line. Exit status as in `heldto.publish.cli`; 2 where a package is
    missing.
    """
    if sys.argv[1:] == ["--version"]:  # asked for first when something is missing
        print(f"{article.current().package} {__version__}")
        return
    try:
        from heldto.publish import cli

        cli.main()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "heldto":  # a slip in an article's own import: no package is missing
            raise
        asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
        print(f"This needs {missing}: {remedy(EXTRAS.get(asked, 'lab'))}", file=sys.stderr)
        sys.exit(2)


def remedy(extra: str) -> str:
    """How to install an extra of this package: from the checkout that it runs in, from the file it
    was installed from, or by its name from a package index.
    """
    if (CHECKOUT / "pyproject.toml").is_file():
        return f'pip install -e "{CHECKOUT}[{extra}]"'
    try:
        origin = loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        origin = {}
    source = f" @ {origin['url']}" if "url" in origin else ""
    return f'pip install "{DISTRIBUTION}[{extra}]{source}"'


if __name__ == "__main__":
    main()
