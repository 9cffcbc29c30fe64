"""What all pages share: the style sheet, the one script, and the policy that lets just this script run."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from frenemies import __version__
from frenemies.exercises import reading

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "frenemies"
TOGGLES = HERE.parents[1] / "toggles"
PAGE = (
    TOGGLES / "toggle.js",
    TEMPLATE / "answers.js",
    TEMPLATE / "address.js",
    TEMPLATE / "handout.js",
)
INDEX = (TEMPLATE / "address.js", TEMPLATE / "index.js")
POLICY = "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"


@lru_cache(maxsize=1)
def furniture():
    """Dict of css, script, policy, version."""
    code = script()
    return {"css": style(), "script": code, "policy": policy(code), "version": __version__}


def style():
    """The style sheet of all pages."""
    return squeezed(
        (TOGGLES / "toggle.css").read_text(encoding="utf-8")
        + (TEMPLATE / "handout.css").read_text(encoding="utf-8")
    )


def squeezed(css):
    """A style sheet without comments, indents and the spaces that nobody needs."""
    plain = re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.S)).strip()
    return re.sub(
        r";?\s*([{}])\s*", r"\1", re.sub(r"(?<=[;:,]) (?!\")|(?<=[ :(,])0(?=\.\d)", "", plain)
    )


def script(files=PAGE):
    """Some script files as one module: those of a handout, or of the index."""
    code = "".join(_source(path) for path in files)
    return "\n" + re.sub(
        r"(?m)^\s*(//.*)?\n?| // .*$", "", re.sub(r"/\*.*?\*/ ?", "", code, flags=re.S)
    )


def _source(path):
    """A script file, led by the table that it reads where it reads answers."""
    table = reading.for_script() if path.name == "answers.js" else ""
    return table + path.read_text(encoding="utf-8")


def policy(code=""):
    """The Content-Security-Policy of a page that runs this script and nothing else."""
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return POLICY.format(f"'sha256-{digest}'" if code else "'none'")
