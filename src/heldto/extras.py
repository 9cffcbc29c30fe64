"""How an extra of this package is installed: what is said where a package is missing."""

from importlib.metadata import PackageNotFoundError, distribution
from json import loads
from pathlib import Path

DISTRIBUTION = "frenemies"  # that both packages are installed from
CHECKOUT = Path(__file__).resolve().parents[2]


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
