"""What others call: the public names of the face and of the rooms, each with its signature, as `public_names.txt` keeps them."""

import importlib
import inspect
import pkgutil
import re
import sys
from pathlib import Path

import frenemies

KEPT = Path(__file__).with_name("public_names.txt")
ROOMS = (
    *("heldto.evidence", "heldto.text", "frenemies.measures", "heldto.claims"),
    *("heldto.pictures", "heldto.toggles", "heldto.exercises", "heldto.ledger"),
)


def _modules():
    """The modules of the rooms, by name."""
    for room in ROOMS:
        package = importlib.import_module(room)
        yield package
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(module.name)


def _signature(thing):
    """A function's arguments, without annotations: types may become more exact."""
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return ""
    empty = inspect.Parameter.empty
    plain = [one.replace(annotation=empty) for one in signature.parameters.values()]
    text = str(signature.replace(parameters=plain, return_annotation=inspect.Signature.empty))
    return re.sub(r"<(?:function|built-in method) (\S+).*? at 0x\w+>", r"\1", text)


def _described(name, thing):
    if inspect.isclass(thing):
        methods = [
            f"{name}.{word}{_signature(method)}"
            for word, method in sorted(vars(thing).items())
            if not word.startswith("_") and inspect.isfunction(method)
        ]
        return [f"class {name}", *methods]
    return [f"{name}{_signature(thing)}"]


def public_names():
    """Every public name, one a line: the face, then each module's own functions and classes."""
    lines = [f"frenemies.{name}" for name in dir(frenemies)]
    for module in _modules():
        for name, thing in sorted(vars(module).items()):
            own = getattr(thing, "__module__", None) == module.__name__
            if own and not name.startswith("_") and callable(thing):
                lines += _described(f"{module.__name__.partition('.')[2]}.{name}", thing)
    return lines


def test_public_names_and_signatures_are_those_that_are_kept():
    kept, found = KEPT.read_text(encoding="utf-8").splitlines(), public_names()
    gone, new = sorted({*kept} - {*found}), sorted({*found} - {*kept})
    assert not gone and not new, (
        f"gone: {gone}; new: {new}. If that is meant, run `python {sys.modules[__name__].__file__}`,"
        " and say it in CHANGELOG.md"
    )


def test_every_name_of_the_face_can_be_asked_for():
    assert all(getattr(frenemies, name) is not None for name in dir(frenemies))


if __name__ == "__main__":
    KEPT.write_text("\n".join(public_names()) + "\n", encoding="utf-8")
    print(f"wrote {KEPT}")
