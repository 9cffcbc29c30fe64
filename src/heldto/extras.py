"""How an extra of the engine is installed: what is said where a package is missing."""

from importlib.metadata import PackageNotFoundError, distribution
from json import loads
from pathlib import Path

DISTRIBUTION = "heldto"
SOURCE = Path(__file__).resolve().parents[1]  # in a checkout, with the engine's pyproject.toml


def remedy(extra: str, package: str = DISTRIBUTION) -> str:
    """How to install an extra of the engine, or of an article's package that passes it on: from the
    checkout that it runs in, from the file it was installed from, or by its name from a package
    index.
    """
    if (SOURCE / "pyproject.toml").is_file():
        return f'pip install -e "{SOURCE}[{extra}]"'
    try:
        origin = loads(distribution(package).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        origin = {}
    source = f" @ {origin['url']}" if "url" in origin else ""
    return f'pip install "{package}[{extra}]{source}"'
