"""The exercises of all sections by id: those of a sheet, and those written in Python."""

from importlib import import_module

from frenemies.exercises.sheets import SHEETS, Exercise

SECTIONS = ("economic", "geopolitical", "military", "verdict")
_MAKERS = {}


def question(name, level, skill):
    """Decorator: this function makes the question of exercise `name`. The id begins with the claim it serves: "E3-rank"."""

    def register(maker):
        _MAKERS[name] = (maker, maker.__module__.split(".")[-2], level, skill)
        return maker

    return register


def ids(section=None):
    """Ids of all exercises, or of one section, from easy to hard as they stand in the notebook."""
    for name in SECTIONS:
        import_module(f"frenemies.sections.{name}.exercises")
    chosen = [one for one in SECTIONS if section in (None, one)]
    written = {one: SHEETS[one].tables if one in SHEETS else () for one in chosen}
    return [
        name
        for one in chosen
        for name in [*written[one], *(n for n, (_, at, _, _) in _MAKERS.items() if at == one)]
    ]


def make(name):
    """The Exercise of an id, its right answer worked out from data/. Raises KeyError for an unknown id, and whatever the data lead to."""
    for sheet in SHEETS.values():
        if name in sheet.tables:
            return sheet.make(name)
    maker, section, level, skill = _MAKERS[name]
    return Exercise(name, section, name.partition("-")[0], level, skill, maker())
