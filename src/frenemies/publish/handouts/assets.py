"""What all pages share: the style sheet, the scripts, and the policy that lets just these run."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from frenemies import __version__
from frenemies.exercises import reading

SOURCES = Path(__file__).parent / "templates" / "frenemies"
ROOMS = {"address": "toggles", "toggle": "toggles", "pointing": "pictures"}  # as in the notebook
CODE = "address.js", "toggle.js", "pointing.js", "answers.js", "along.js", "handout.js"
INDEX = "address.js", "along.js", "index.js"
EARLY = "early.js"  # before the page is laid out
POLICY = (
    "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'"
)


@dataclass(frozen=True, kw_only=True)
class Assets:
    """Style sheet, scripts, and the Content-Security-Policy of a page that runs these and nothing
    else.
    """

    css: Markup
    early: Markup
    script: Markup
    policy: str
    version: str = __version__


@lru_cache
def assets(files: tuple[str, ...] = CODE) -> Assets:
    """What a page with these script files shares with the others: CODE of a handout, INDEX of the
    index.
    """
    scripts = _source(EARLY), "\n".join(map(_source, files))
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    policy = POLICY.format(" ".join(f"'sha256-{digest}'" for digest in digests))
    css = _source("toggle.css") + _source("pointing.css") + _source("handout.css")
    early, script = map(Markup, scripts)
    return Assets(css=Markup(css), early=early, script=script, policy=policy)


def _source(name: str) -> str:
    """A file; a script that reads answers is led by the table that it reads."""
    room = ROOMS.get(name.partition(".")[0])
    folder = Path(__file__).parents[2] / room if room else SOURCES
    table = f"const UNITS = {json.dumps(reading.UNITS, ensure_ascii=False)};\n"
    script = (folder / name).read_text(encoding="utf-8")
    return table + script if name == "answers.js" else script
