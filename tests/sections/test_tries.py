"""What a notebook asks its reader to try can be done: the picture has a bar, and whom it names can be switched off."""

import json
import re

import pytest
from conftest import ROOT

import frenemies as fr
from frenemies import economic, geopolitical, military
from frenemies.sections.verdict.pictures import network, together
from heldto.evidence import actors

ROOMS = dict(economic=economic, geopolitical=geopolitical, military=military)
ROOMS |= dict(network=network, together=together, overview=fr.overview)
DRAWN = re.compile(r"(\w+)\.(\w+_picture)")
EXAMINED = re.compile(r'fr\.examine\("([A-Z]\d+)"')
OFF = re.compile(r"[Ss]witch ([A-Z]\w+(?: and [A-Z]\w+)?) off")
CODES = {actors.name(code): code for code in actors.EVERYBODY}


def _tries():
    """Each paragraph that sends the reader to the bar of a picture, with the picture drawn above it."""
    for path in sorted((ROOT / "notebooks").glob("0[1-4]*.ipynb")):
        drawn, of_claim = None, {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            text = "".join(cell["source"])
            if cell["cell_type"] == "code":
                drawn = (DRAWN.findall(text) or [drawn])[-1]
                of_claim |= dict.fromkeys(EXAMINED.findall(text), drawn)
                continue
            for part in text.split("\n\n"):
                named = re.search(r"picture of ([A-Z]\d+)", part)
                meant = of_claim[named[1]] if named else drawn
                if meant and (" in the bar" in part or OFF.search(part)):
                    yield pytest.param(*meant, part, id=f"{path.stem}-{meant[1]}-{part[8:30]}")


@pytest.mark.parametrize(("room", "name", "text"), _tries())
def test_what_a_reader_is_told_to_switch_can_be_switched(room, name, text):
    picture = getattr(ROOMS[room], name)()
    assert picture.compares, "no bar stands beside a picture of two: say “any bar of this page”"
    off = [CODES[who] for found in OFF.findall(text) for who in found.split(" and ")]
    assert not {*off} & {*picture.needs}, "always shown there"


def test_a_note_that_says_them_goes_with_whom_it_means():
    note = economic.partners_picture().note
    [dashes] = [part for part in note.split(". ") if "below them" in part]
    assert "Germany" in dashes
