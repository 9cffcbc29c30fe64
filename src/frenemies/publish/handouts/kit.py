"""The seminar kit as pages: plans, key, simulation, rubric and reading, laid out like the handouts they link to."""

import re

from frenemies.evidence.paths import docs_dir
from frenemies.publish.handouts import key
from frenemies.publish.handouts.exporter import FrenemiesExporter

STUDENTS = "../students/"
DOOR = """# Best Worst Friends: a seminar

- [For the students](students/index.html): the handouts, the notebooks and the role cards. Give out or upload this folder, and no other.
- [For the lecturer](lecturer/index.html): the plans, the key, the simulation, the rubric, misreadings and reading. It says what good answers touch on: keep it.

The links in the plans open the students' pages, so leave the two folders side by side.
"""
LINKS = {
    r"\.\./\.\./handouts/": STUDENTS,
    r"\.\./\.\./notebooks/": f"{STUDENTS}notebooks/",
    r"\]\(([\w-]+)\.md\)": r"](\1.html)",
}


def pages():
    """Files of the lecturer's folder, beside the students': pairs of (name, text); Markdown becomes HTML."""
    found = [
        (path.name, path.read_text(encoding="utf-8"))
        for path in sorted((docs_dir() / "seminar").glob("*.*"))
    ]
    found.append(("key.md", key.text()))
    return [_page(name, text) if name.endswith(".md") else (name, text) for name, text in found]


def door():
    """The first page of the pack: which folder is whose."""
    return _page("index.md", DOOR)[1]


def _page(name, text):
    from nbformat.v4 import new_markdown_cell, new_notebook

    for old, new in LINKS.items():
        text = re.sub(old, new, text)
    stem = "index" if name == "README.md" else name.removesuffix(".md")
    text = text.replace("](README.html)", "](index.html)")
    title = re.search(r"^# (.+)$", text, re.M)[1]
    minutes = int(found[0]) if (found := re.search(r"(?<=^plan-)\d+", stem)) else 0
    about = {"title": title, "section": "seminar", "level": "for lecturers", "teaches": title} | (
        {"minutes": minutes} if minutes else {}
    )
    notebook = new_notebook(
        cells=[new_markdown_cell(text, id="text")], metadata={"frenemies": about}
    )
    exporter = FrenemiesExporter(index="" if stem == "index" else "index.html")
    return f"{stem}.html", exporter.from_notebook_node(notebook, {"metadata": {"name": stem}})[0]
