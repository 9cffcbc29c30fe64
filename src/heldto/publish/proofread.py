"""Saying all that the package says: each claim under each choice, each picture, each exercise. What
is written wrong in a text, and what this package does wrong, is found so before a reader meets it.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

from heldto import article, evidence, exercises, ledger
from heldto.claims import card, readings, rows
from heldto.claims.testing import evaluate_or_fault
from heldto.errors import OUR_FAULT, NotHeld, OurFault, Slip, as_slip
from heldto.evidence import Vintage
from heldto.evidence.paths import data_dir, shipped_data_dir
from heldto.pictures import Picture
from heldto.text import texts

ENGINE = Path(ledger.__file__).parents[1]
SENTENCES = (  # files of what the engine says to a reader, whatever the article
    "exercises/words.toml",
    "ledger/pictures.toml",
    "own/words.toml",
    "toggles/toggled.toml",
)
KINDS = ("claims", "pictures", "exercises")  # of files that hold the texts of a section


def text_faults() -> list[str]:
    """What is written wrong, or goes wrong, a line each; [] where all can be said. A figure that is
    not held, and a claim whose rows are spoilt, are no fault of what is said.
    """
    text_slips = (slip for path in files() for slip in file_slips(path))
    claim_slips = (slip for row in evidence.rows("claims") for slip in of_claim(row["id"]))
    picture_slips = (slip for draw in picture_functions().values() for slip in of_picture(draw))
    exercise_slips = (slip for section in article.notebooks() for slip in of_exercises(section))
    return [
        *dict.fromkeys(
            fault
            for slips in (text_slips, claim_slips, picture_slips, exercise_slips)
            for fault in slips
        )
    ]


def files() -> Iterator[Path]:
    """The files of texts: of the engine, and of each section."""
    yield from map(ENGINE.joinpath, SENTENCES)
    for section in article.notebooks():
        for kind in KINDS:
            path = article.section_dir(section) / f"{kind}.toml"
            if path.is_file():
                yield path


def file_slips(path: Path) -> Iterator[str]:
    """What is wrong with the texts of a file; a rule's own words are read with its row."""
    return texts.slips(path, ("what", "words", "otherwise") if path.stem == "claims" else ())


def of_claim(claim: str) -> Iterator[str]:
    """What is wrong with what one claim says: on its card, and in each vintage under each choice of
    a reading. Raises UnknownClaim.
    """
    if not rows.slip(claim):
        told = (one.removesuffix(".") for one in _claim_faults(claim))
        yield from dict.fromkeys(
            f"{claim}: {one}" if one.startswith(OUR_FAULT) else one for one in told
        )


def _claim_faults(claim: str) -> Iterator[str]:
    for vintage in get_args(Vintage):
        for choices in _choices(claim):
            finding = evaluate_or_fault(claim, vintage, **choices)
            sentences = [finding.reason, *(sentence for sentence, _ in finding.facts)]
            yield from (one for one in sentences if OUR_FAULT in one)
    verdict_card = card.VerdictCard(claim)
    yield from (line.strip() for line in verdict_card.lines() if OUR_FAULT in line)
    verdict_card.to_html()
    if verdict_card.fault:
        yield str(verdict_card.fault)


def _choices(claim: str) -> Iterator[dict[str, str]]:
    """The ledger's own choices, then each other choice alone."""
    yield {}
    for dimension, options in readings.options(claim).items():
        for option in options:
            if dimension != readings.THRESHOLD and not option["own"]:
                yield {readings.argument(dimension): option["option"]}


def picture_functions() -> dict[str, Callable[..., Picture]]:
    """Every picture of the sections by its name, such as "economic.partners_picture"; those that
    are drawn of something given are none of them.
    """
    functions: dict[str, Callable[..., Picture]] = {}
    sections = import_module(article.current().rooms)
    for module in pkgutil.walk_packages(sections.__path__, f"{sections.__name__}."):
        if ".pictures." in module.name:
            for name, draw in inspect.getmembers(import_module(module.name), inspect.isfunction):
                if name.endswith("_picture") and draw.__module__ == module.name:
                    functions[f"{module.name.split('.')[2]}.{name}"] = draw
    return functions


def of_picture(draw: Callable[..., Picture]) -> Iterator[str]:
    """What is wrong with a picture, drawn as it is drawn first."""
    try:
        draw()
    except NotHeld:
        return
    except Slip as slip:
        yield str(slip)
    except Exception as fault:
        yield f"{draw.__name__}: {as_slip(fault)}"


def of_exercises(section: str) -> Iterator[str]:
    """What is wrong with the exercises of a section."""
    try:
        names = exercises.exercise_ids(section)
    except Slip as slip:
        yield str(slip)
        return
    for name in names:
        try:
            exercises.find_exercise(name)
        except exercises.Unanswerable as lack:
            if data_dir() == shipped_data_dir():  # a reader's own may lack a figure
                yield str(lack)
        except OurFault as fault:
            yield f"{name}: {fault}"
        except Slip as slip:
            yield str(slip)
