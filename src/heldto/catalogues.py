"""The engine's words in other languages: a catalogue each, `languages/de.po`, as gettext has them.

English stands in the code itself, and needs no catalogue. Poedit, Weblate and Babel open the files.
Only what a reader's page needs of that format is read here: comments, `msgctxt`, `msgid`,
`msgid_plural`, `msgstr`. The head of a catalogue may say in `X-Still-English` what it has no words
for yet.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from heldto.errors import Problem

FOLDER = Path(__file__).with_name("languages")
ENGLISH = "en"
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? ("(?:[^"\\]|\\.)*")\s*$')
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"\s*')
Key = tuple[str, str]  # context ("" for most), and the English


class Catalogue(NamedTuple):
    """Words of a language. forms: {key: one text, or one for each plural form}; head: what the
    catalogue says of itself, by name.
    """

    forms: dict[Key, list[str]]
    plurals: dict[Key, str]
    head: dict[str, str]

    def text(self, english: str, context: str = "", form: int = 0) -> str:
        """The words for an English text; the text itself where there are none."""
        forms = self.forms.get((context, english), [])
        return forms[form] if len(forms) > form and forms[form] else english

    def script(self, code: str) -> str:
        """A script of a page with its literals in this language: entries of the context "script"
        are literals as they stand in the code, without their quotes.
        """
        pairs = [
            (english, forms[0])
            for (about, english), forms in self.forms.items()
            if about == "script"
        ]
        for english, words in sorted(pairs, key=lambda pair: -len(pair[0])):
            for quote in ('"', "`"):
                code = code.replace(f"{quote}{english}{quote}", f"{quote}{words}{quote}")
        return code


EMPTY = Catalogue({}, {}, {})


def languages() -> list[str]:
    """The languages in which a page can speak."""
    return [ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po"))]


@cache
def catalogue(language: str) -> Catalogue:
    """The words of a language, none of English. Raises Problem for a line that cannot be read."""
    path = FOLDER / f"{language}.po"
    if language == ENGLISH or not path.is_file():
        return EMPTY
    return parsed_catalogue(path.read_text(encoding="utf-8"), path.name)


def parsed_catalogue(text: str, name: str) -> Catalogue:
    """A catalogue from the text of its file. Raises Problem with file and line."""
    forms, plurals = dict[Key, list[str]](), dict[Key, str]()
    entry, field = dict[str, str](), ""
    for number, line in enumerate([*text.splitlines(), 'msgid ""'], 1):
        if not line.strip() or line.startswith("#"):
            continue
        if begins := LINE.match(line):
            word, place, line = begins.groups()
            if entry.keys() & {"msgstr", "msgstr0"} and word in ("msgctxt", "msgid"):
                key = entry.get("msgctxt", ""), entry["msgid"]
                forms[key] = [
                    entry[one] for one in ("msgstr", "msgstr0", "msgstr1") if one in entry
                ]
                plurals |= {key: entry["msgid_plural"]} if "msgid_plural" in entry else {}
                entry = {}
            field = f"{word}{place or ''}"
            entry[field] = ""
        elif not QUOTED.fullmatch(line) or not field:
            raise Problem(f"{name}, line {number}: {line[:40]}: mend that line")
        entry[field] += ast.literal_eval(line)
    about = forms.pop(("", ""), [""])[0].splitlines()
    head = dict(line.split(": ", 1) for line in about if ": " in line)
    return Catalogue(forms, plurals, head)


def still_english(language: str) -> str:
    """What a language has no words for yet, in a sentence; "" where that is nothing."""
    rest = catalogue(language).head.get("X-Still-English", "")
    return f'language "{language}": still in English: {rest}' if rest else ""
