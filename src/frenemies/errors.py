"""Where the package's files are, the one kind of error that readers meet, and the word they may have meant."""

import difflib
import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parents[1]


class Problem(ValueError):
    """An error that a reader can mend: its message names what is wrong, where, and what to do."""

    def _render_traceback_(self):  # IPython shows this instead of a traceback
        return [f"{type(self).__name__}: {self}"]


class NotHeld(Problem):
    """A figure that the tables here do not hold: NotHeld("no figure for trade of Russia with China", "ask the other side").

    args: what there is no figure for, and, where there is one, the remedy.
    """

    def __str__(self):
        return ": ".join(self.args)

    @property
    def sentence(self):
        """What there is no figure for, as a sentence on a page."""
        return f"{self.args[0][:1].upper()}{self.args[0][1:].rstrip('.')}."


def _carried(folder):
    """The folder of the checkout in development, or its copy inside the installed wheel."""
    inside = _HERE / f"_{folder}"
    return inside if inside.is_dir() else _CHECKOUT / folder


def data_dir():
    """Folder of the data package: FRENEMIES_DATA where it is set, else the one that came with us."""
    return Path(os.environ.get("FRENEMIES_DATA") or _carried("data"))


def notebooks_dir():
    """Folder of the pristine notebooks that came with us."""
    return _carried("notebooks")


def docs_dir():
    """Folder of the seminar kit that came with us."""
    return _carried("docs")


def shown(path):
    """A path as a message shows it: from `data/` on, never with a reader's home folder in front."""
    path = Path(path)
    try:
        return "data/" + path.relative_to(data_dir()).as_posix()
    except ValueError:
        return path.name


def suggest(word, known, otherwise=""):
    """'Did you mean "kappa"?' for the known word nearest to what was written, capitals aside; `otherwise` where none is near.

    known: words, or {word: how it is shown}.
    """
    shown_as = known if isinstance(known, dict) else {one: f'"{one}"' for one in known}
    spelt = {str(one).casefold(): one for one in shown_as}
    near = difflib.get_close_matches(str(word).strip().casefold(), spelt, n=1)
    return f"Did you mean {shown_as[spelt[near[0]]]}?" if near else otherwise
