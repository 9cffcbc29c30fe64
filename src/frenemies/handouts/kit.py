"""The seminar kit as pages: plans, simulation, rubric and reading, laid out like the handouts they link to."""

import re

from frenemies.handouts.exporter import FrenemiesExporter
from frenemies.places import docs_dir

LINKS = {r"\.\./\.\./handouts/": "../", r"\.\./\.\./notebooks/": "../", r"\]\(([\w-]+)\.md\)": r"](\1.html)"}


def pages():
    """Files of the kit as they stand in a folder beside the handouts: pairs of (name, text); Markdown becomes HTML."""
    found = [(path.name, path.read_text(encoding="utf-8")) for path in sorted((docs_dir() / "seminar").glob("*.*"))]
    return [_page(name, text) if name.endswith(".md") else (name, text) for name, text in found]


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
    notebook = new_notebook(cells=[new_markdown_cell(text, id="text")], metadata={"frenemies": about})
    return f"{stem}.html", FrenemiesExporter().from_notebook_node(notebook, {"metadata": {"name": stem}})[0]
