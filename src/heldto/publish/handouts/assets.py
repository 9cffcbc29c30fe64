"""What all pages share: the style sheet, the one script, the policy that lets just this script run,
and what their actor bar offers.
"""

import base64
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from heldto import __version__, article, evidence
from heldto.evidence import actors, examples
from heldto.exercises import reading
from heldto.publish.handouts import lean
from heldto.publish.handouts.plan_stops import plan_stops

SOURCES = Path(__file__).parent / "templates" / "heldto"
ROOMS = {"address": "toggles", "toggle": "toggles", "tools": "toggles", "pointing": "pictures"}
ROOMS |= {"site": "publish/site", "offline": "publish/site"}
ROOMS |= dict.fromkeys(("line", "draw", "share", "tap"), "exercises")
ROOMS |= dict.fromkeys(("code", "count", "intake", "wall", "page"), "room")
GIVEN = "line.js", "code.js", "my_line.js"  # what a reader hands to the class
CODE = (
    *("address.js", "toggle.js", "tools.js", "pointing.js"),  # as in the notebook
    *("answers.js", "along.js", *GIVEN, "draw.js", "drawing.js"),
    *("share.js", "tap.js", "tapping.js", "handout.js"),
    "present.js",
)
LOOKS = "toggle.css", "pointing.css", "handout.css", "present.css"
INDEX = "address.js", "along.js", "index.js"
SERVED = "offline.js"  # of a page of a site, behind the others
POLICY = (
    "default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'"
)
WORKER = "; worker-src 'self'"


@dataclass(frozen=True, kw_only=True)
class Assets:
    """Style sheet, script, and the Content-Security-Policy of a page that runs this script and
    nothing else.
    """

    css: Markup
    script: Markup
    policy: str
    version: str = __version__

    @property
    def claims(self) -> str:
        """Ids of the ledger's claims, between spaces: a page takes guesses on no others."""
        return " ".join(evidence.table("claims")["id"])


@lru_cache
def assets(files: tuple[str, ...] = CODE) -> Assets:
    """What a page with these script files shares with the others: CODE of a handout, INDEX of the
    index, each with SERVED for those of a site.
    """
    code = lean.lean_script("\n".join(map(_source, files)))
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = POLICY.format(digest) + (WORKER if SERVED in files else "")
    css = "".join(map(_source, LOOKS))
    return Assets(css=lean.lean_sheet(css), script=code, policy=policy)


def _source(name: str) -> str:
    """A file; a script that reads answers is led by the table that it reads, and by what all
    scripts behind it say of the article.
    """
    subfolder = ROOMS.get(name.partition(".")[0])
    folder = Path(__file__).parents[2] / subfolder if subfolder else SOURCES
    script = (folder / name).read_text(encoding="utf-8")
    return script_data() + script if name == "answers.js" else script


def script_data() -> str:
    """What stands before the scripts of a page that reads answers: units, and of the article its
    name and times, the actor of an example, and the places of its plans.
    """
    current = article.current()
    article_data = {"name": current.key, "known": current.month, "year": current.day.year}
    article_data |= {"actor": examples.actor(), "plans": plan_stops()}
    constants = {"UNITS": reading.UNITS, "ARTICLE": article_data}
    statements = (
        f"const {name} = {json.dumps(value, ensure_ascii=False)};"
        for name, value in constants.items()
    )
    return "\n".join(statements) + "\n"


def bar_settings(codes: Collection[str], section: str = "") -> str:
    """What the bar's script needs for some actors (codes) of a page about a section, as JSON; ""
    where there is none to switch.
    """
    ordered_codes = [code for code in actors.EVERYBODY if code in codes]
    state = {
        "key": "handout",
        "actors": ordered_codes,
        "names": {code: actors.name(code) for code in ordered_codes},
        "colours": {code: actors.colour(code) for code in ordered_codes},
        "presets": actors.presets(ordered_codes, article.bar(section).presets),
        "known": article.current().month,
        "vintage": "since",
    }
    return json.dumps(state, ensure_ascii=False) if ordered_codes else ""
