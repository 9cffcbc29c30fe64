"""A package whose names live in its rooms: a room is loaded when one of its names is first used."""

from importlib import import_module


def rooms(package, lent):
    """`__getattr__` and `__dir__` of a package. lent: {room: the names it lends, in one string}; a room of another package by its full name."""
    inside = {room: f"{package}.{room}" for room in lent if "." not in room}
    home = {name: inside.get(room, room) for room, names in lent.items() for name in names.split()}

    def find(name):
        if name in inside:
            return import_module(inside[name])
        if name in home:
            return getattr(import_module(home[name]), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find, lambda: sorted({*inside, *home})
