"""What a reader has said, for the forms of a notebook that is opened again.

A notebook keeps nothing of it: JupyterLab asks its server, which looks into the reader's own file.
"""

from pathlib import Path
from typing import Any

from heldto.exercises import diary, score
from heldto.exercises.words import say


def said_by_id(path: Path | str) -> dict[str, str]:
    """A sentence for each claim that was guessed and each exercise that was solved, by its id, and
    for each line that was drawn, by "draw" and the id of its claim.

    path: the reader's file; one that is missing or cannot be read tells nothing, and stays as it
    is.
    """
    try:
        contents, _ = diary.read_answers(path)
    except OSError:
        contents = None
    if contents is None:
        return {}
    sentence_by_id = {
        name: say("solved") for name in contents["exercises"] if diary.solved(name, contents)
    }
    for claim, guesses in score.predicted_by_claim(contents).items():
        sentence_by_id[claim] = score.tell("you_said", guesses)
    for drawing in filter(lambda entry: entry["line"], contents["lines"]):  # and the first line
        last_year = max(drawing["line"], key=int)
        line = say("you_drew", value=f"{drawing['line'][last_year]:g}", year=last_year)
        sentence_by_id.setdefault(f"draw {drawing['claim']}", line)
    return sentence_by_id


def handler() -> type:
    """What answers for an address that ends in the path of a notebook: `said_by_id` of the file
    that its kernel writes to.
    """
    from jupyter_server.base.handlers import APIHandler
    from jupyter_server.utils import ApiPath, to_os_path
    from tornado import web

    class Said(APIHandler):
        @web.authenticated
        def get(self, notebook: str) -> Any:
            folder = Path(to_os_path(ApiPath(notebook), self.contents_manager.root_dir)).parent
            self.finish(said_by_id(folder / diary.own_file()))

    return Said
