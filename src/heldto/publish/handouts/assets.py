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
from typing import Any

from markupsafe import Markup

from heldto import __version__, article, evidence
from heldto.catalogues import ENGLISH, catalogue
from heldto.claims import VERDICTS
from heldto.evidence import actors, examples
from heldto.exercises import reading
from heldto.publish.handouts import lean
from heldto.publish.handouts.plan_stops import plan_stops
from heldto.scripts import together
from heldto.tr import language, tr, tr_noop

SOURCES = Path(__file__).parent / "templates" / "heldto"
ENGINE = Path(__file__).parents[2]
LOOKS = (
    *(ENGINE / "toggles" / "toggle.css", ENGINE / "pictures" / "pointing.css"),
    *(SOURCES / "handout.css", SOURCES / "present.css"),
)
HANDOUT, INDEX = SOURCES / "handout.js", SOURCES / "index.js"  # what a page runs: entry files
SERVED = ENGINE / "publish" / "site" / "offline.js"  # of a page of a site, behind the others
POLICY = (
    "default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'"
)
WORKER = "; worker-src 'self'"
# keys that a script shows as they are: `wordOf` gives them in another language
SHOWN: tuple[str, ...] = (
    *VERDICTS,
    "claim",
    "verdict",
    "highest",
    "lowest",
    tr_noop("all"),
    "none",
    "sure",
)
SHOWN += (tr_noop("link"), tr_noop("page"), tr_noop("file"))
SHOWN += tuple(reading.UNITS["beside"])


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


def assets(entry: Path = HANDOUT, served: bool = False) -> Assets:
    """What a page that runs an entry file shares with the others. served: whether it is a page of a
    site.
    """
    return _assets(entry, served, page_values(), language())


@lru_cache
def _assets(entry: Path, served: bool, values: str, language: str) -> Assets:
    """values: the text of given.js."""
    entries = (entry, SERVED) if served else (entry,)
    script = together(*entries, given={"given.js": values})
    code = lean.lean_script(catalogue(language).script(script))
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = POLICY.format(digest) + (WORKER if served else "")
    css = "".join(path.read_text(encoding="utf-8") for path in LOOKS)
    return Assets(css=lean.lean_sheet(css), script=code, policy=policy)


def page_values() -> str:
    """The text of given.js for the open article: units, and of the article its name and times, the
    actor of an example, and the places of its plans.
    """
    current = article.current()
    article_data = {"name": current.key, "known": current.month, "year": current.day.year}
    article_data |= {"actor": examples.actor(), "plans": plan_stops()}
    constants = {"UNITS": reading.page_units(), "ARTICLE": article_data}
    statements = [f"export const {name} = {_literal(value)};" for name, value in constants.items()]
    if language() != ENGLISH:
        words = _literal({word: tr(word) for word in SHOWN})
        statements.append(f"export const wordOf = (word) => ({words})[word] ?? word;")
    return "\n".join(statements) + "\n"


def _literal(value: Any) -> str:
    """A value in a script of a page, which no text of an article ends."""
    literal = json.dumps(value, ensure_ascii=False)
    return literal.replace("</", "<\\/").replace("<!", "\\u003c!")


def bar_settings(
    codes: Collection[str], section: str = "", opens: evidence.Vintage = "since"
) -> str:
    """What the bar's script needs for some actors (codes) of a page about a section, as JSON; ""
    where there is none to switch. opens: the vintage that the page begins with.
    """
    ordered_codes = [code for code in actors.EVERYBODY if code in codes]
    state = {
        "key": "handout",
        "actors": ordered_codes,
        "names": {
            code: actors.name(code) for code in actors.EVERYBODY
        },  # yardsticks have dots of all
        "colours": {code: actors.colour(code) for code in ordered_codes},
        "presets": actors.presets(ordered_codes, article.bar(section).presets),
        "known": article.current().month,
        "vintage": opens,
        "opens": opens,
    }
    return json.dumps(state, ensure_ascii=False) if ordered_codes else ""
