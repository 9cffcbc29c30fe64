"""The wall in a notebook: the page's wall, and a kernel behind it that reads cards."""

from pathlib import Path
from typing import Any

import anywidget

from heldto import stored
from heldto.errors import Problem, describe_fault
from heldto.evidence import Vintage, known_vintage
from heldto.exercises.intake import gather_room
from heldto.room import cards, seen
from heldto.room.about import ROOM, about
from heldto.scripts import together
from heldto.tr import SpokenScript

STYLE = ROOM.parent / "templates" / "wall.css"
RUN = "The wall: run this cell (Shift+Enter) to count a class by cards, hands, lines and files."


class Wall(anywidget.AnyWidget):
    """The wall in a notebook. All that is counted, and each picture, goes to and fro in messages: a
    notebook that is saved has nothing of it.
    """

    _esm = SpokenScript(together(ROOM / "lab.js"))
    _css = STYLE

    def __init__(self, seats: int, folder: Path | str | None, vintage: Vintage) -> None:
        super().__init__()
        self.seats, self.folder, self.vintage = cards.seats(seats), folder, vintage
        self.poll = seen.Poll(self.seats)
        self.on_msg(self._hear)

    def _hear(self, _: Any, message: dict[str, Any], buffers: list[memoryview]) -> None:
        """Answer one message of the page: every one gets its answer, as the page waits for it."""
        try:
            answer = self._answer(message, buffers)
        except Exception as fault:  # what stops one picture stops no lesson
            answer = {"fault": describe_fault(fault)}
        self.send({"n": message.get("n"), **answer})

    def _answer(self, message: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        if message["kind"] == "begin":
            return {"about": about(self.vintage), "seats": self.seats, **self._gathered()}
        if message["kind"] == "poll":  # another question: nobody has voted yet
            self.poll = seen.Poll(self.seats)
            return {}
        live = message["live"]
        result = seen.read_cards(bytes(buffers[0]), self.seats, live)
        self.poll.take(result, live)
        return {
            "size": result.size,
            "cards": [[card.seat, card.side, card.corners] for card in result.cards],
            "twice": result.twice,
            "others": result.others,
            "votes": self.poll.votes,
            "missing": self.poll.missing,
        }

    def _gathered(self) -> dict[str, Any]:
        """The readers of the folder, and what is said of it."""
        if self.folder is None:
            return {"readers": [], "told": []}
        gathered = gather_room(self.folder)
        return {"readers": [vars(reader) for reader in gathered.readers], "told": gathered.told}

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        base = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(RUN, view=base[0] if base else None, kind="wall")

    def __repr__(self) -> str:
        return RUN


def wall(seats: int = 30, folder: Path | str | None = None, vintage: Vintage = "then") -> Wall:
    """Show the wall, which counts the answers of a class for each claim: cards in front of a webcam
    or on photos, shows of hands, answer lines, and files.

    seats: how many marker cards were printed (`frenemies cards`). folder: a folder with
    files or lines, which are counted first. vintage: the verdicts to show, "then" or "since".
    OpenCV (the extra `classroom`) reads the photos in this kernel; they are not stored.

    Returns the wall; a stored notebook keeps nothing of it. Raises Problem if there are more seats
    than cards, if the folder does not exist, and for an unknown vintage.

    Examples
    --------
    >>> fr.wall(seats=24)
    The wall: run this cell (Shift+Enter) to count a class by cards, hands, lines and files.
    """
    if folder is not None and not Path(folder).exists():
        raise Problem(f"there is no folder {Path(folder).name}: make it, or leave it out")
    return Wall(seats, folder, known_vintage(vintage) or "then")
