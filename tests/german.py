"""The example article in German: a copy of `examples/a_seat_for_three` whose texts are those of `german.txt`."""

import csv
import io
import json
import shutil
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "a_seat_for_three"
SEALS = ("sealed.csv", "notebooks", "schemas")  # they hold texts of the English one


def pairs():
    """(English, German, whether it stands without quotes) of each text of the example."""
    for line in Path(__file__).with_name("german.txt").read_text(encoding="utf-8").splitlines():
        english, german = line.split(" ⇒ ")
        yield english.removeprefix("raw "), german, english.startswith("raw ")


def made(folder):
    """The German folder, in a new one; its rules are not sealed, and its notebooks not written."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(*SEALS, "handouts", "op-ed.md"))
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        path.write_text(translated(text, path.suffix), encoding="utf-8")
    spoken(folder)
    return folder


def spoken(folder):
    """Have an article speak German."""
    path = folder / "article.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\nid = ", '\nlanguage = "de"\nid = '),
        encoding="utf-8",
    )


def translated(text, suffix):
    if suffix == ".csv":
        words = {english: german for english, german, _ in pairs()}
        out = io.StringIO()
        rows = csv.reader(io.StringIO(text))
        csv.writer(out, lineterminator="\n").writerows(
            [words.get(cell, cell) for cell in row] for row in rows
        )
        return out.getvalue()
    for english, german, bare in pairs():
        text = (
            text.replace(english, german)
            if bare
            else text.replace(json.dumps(english), json.dumps(german, ensure_ascii=False))
        )
    return text
