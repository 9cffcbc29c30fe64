"""What the marks of a picture tell where somebody points at them, as its page has it."""

import re

from bs4 import BeautifulSoup

from heldto.evidence import actors
from heldto.text import words

LEADER = re.compile(r'<path d="[^"]*Q[^"]*" style="fill:none;[^"]*stroke-width:0.6;')
OF_CLAIMS = {"glance", "benchmark"}  # their actors stand in the claims that are told


def tells(picture):
    """(actors, late, what it tells) of every mark that is more than words, as the page has it."""
    soup = BeautifulSoup(picture.to_html(), "html.parser")
    for mark in soup.select('svg [class*="a-"]:not(:has([class*="a-"]))'):
        if mark.find(True, recursive=False).name == "text" or {"then", "few"} & {*mark["class"]}:
            continue
        if not LEADER.search(str(mark)):
            codes = [word[2:] for word in mark["class"] if word.startswith("a-")]
            yield codes, "since" in mark["class"], mark.get("data-tell", "")


def untold(picture):
    """(actors, late) whose marks are all silent, and what a mark tells that names none of its actors."""
    told, all_of_them, nameless = set(), set(), []
    for codes, late, tell in tells(picture):
        whose = (*sorted(codes), late)
        all_of_them.add(whose)
        if tell:
            told.add(whose)
            if picture.key not in OF_CLAIMS and not names_one_of(codes, tell):
                nameless.append(tell)
    return [*sorted(all_of_them - told), *nameless]


def names_one_of(codes, tell):
    """Whether a text names one of some actors, the sum of all others apart."""
    named = [
        name(code) for code in codes if code != "other" for name in (actors.name, words.short_name)
    ]
    return not named or any(name in tell for name in named)
