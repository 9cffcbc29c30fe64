"""The seminar kit: plans, key, simulation, rubric and reading as pages, and the pack of all that a
seminar needs.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook

from heldto import article
from heldto.evidence import actors
from heldto.publish.handouts import (
    answer_key,
    codebook,
    kit,
    listing,
    roll_call,
    tally_page,
    task_slips,
)
from heldto.publish.handouts.build import put
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.handouts.plan_stops import with_plan
from heldto.templates import render
from heldto.tr import tr, tr_noop

PACKED = (".html", ".ipynb")  # what students are given
UNIX = 3  # the system whose rights a zip records

STUDENTS = "../students/"
CODED = ("plan-", "session-")  # whose steps carry codes for phones
ROLE_CARDS = "role-cards.html"
AT_HOME = "at-home.html"  # the session on a claim of one's own, as far as students do it alone
LINKS = {
    r"\.\./\.\./handouts/(?=wall\.html)": "",  # it holds verdicts, and lies beside the plans
    r"\.\./\.\./(handouts|notebooks)/": "{}",
    r"`(wall\.html)`": r"[`\1`](\1)",
    r"\]\(README\.md\)": "](index.html)",
    r"\]\(([\w-]+)\.md\)": r"](\1.html)",
    r"(?m)^\| (\d+)-(\d+) \|": "| \\1\N{NON-BREAKING HYPHEN}\\2 |",  # minutes stay in one line
}


def seminar(
    out: str | Path, made: Iterable[Path], target: str | Path, keyed: bool = True
) -> list[str]:
    """Pack what a lecturer needs for next week, in two folders: `students` to give out, `lecturer`
    with plans and key to keep. Returns the names of what else lies in `out`, which is left out.

    out: folder of the student handouts; made: the files there that were written for the pack;
    keyed: whether with the key. The same content gives the same bytes: files are packed in order
    and without times.
    """
    out, files = Path(out), [path for path in made if path.suffix in PACKED]
    cards = _role_cards()
    beside_them = [*([(ROLE_CARDS, tr("Role cards"))] if cards else []), *pages_beside().items()]
    index = listing.index_html(out, "student", beside_them, among=files)
    students = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
    students["index.html"] = index.encode()
    if cards:
        students[ROLE_CARDS] = cards(*actors.ALL).encode()
    students |= companion_pages()
    contents = {f"students/{name}": content for name, content in students.items()}
    contents |= {f"lecturer/{name}": text.encode() for name, text in lecturer_files(keyed=keyed)}
    name = f"{article.current().package}-seminar"
    put(Path(target), zipped(name, contents | {"index.html": cover_page(keyed).encode()}))
    packed_paths = {out / "index.html", out / "notebooks", *files}
    left_out = {*out.glob("*"), *out.glob("notebooks/*")} - packed_paths
    return sorted(path.relative_to(out).as_posix() for path in left_out if path.name[0] != ".")


def _role_cards() -> Callable[..., str] | None:
    """What writes the role cards that students are given; None where no plan needs them."""
    named = "role_cards" in article.current().hooks
    return article.hook("role_cards") if named or roll_call.motions() else None


def pages_beside() -> dict[str, str]:
    """The pages that lie beside the handouts, {name: what a list calls it}: those that a plan of
    the article needs.
    """
    titles = {task_slips.NAME: tr("Slips for the groups"), codebook.NAME: tr("The codebook")}
    if roll_call.motions():
        titles[roll_call.NAME] = tr("Roll calls")
    if task_slips.session_text():
        titles[AT_HOME] = "At home: a claim and its rule"
    return titles


def companion_pages(address: str = "") -> dict[str, bytes]:
    """Pages that lie beside the handouts, as files by name. address: of their folder."""
    pages = {task_slips.NAME: task_slips.slips_html(address)}
    pages[codebook.NAME] = codebook.codebook_page()
    if roll_call.motions():
        pages[roll_call.NAME] = roll_call.roll_call_page()
    if text := task_slips.session_text():
        pages[AT_HOME] = paper_page(AT_HOME, text, students="", level=tr_noop("for students"))[1]
    return {name: text.encode() for name, text in pages.items()}


def zipped(top: str, held: dict[str, bytes]) -> bytes:
    """Files of a folder, by name, as a zip, readable by everybody who unpacks it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as pack:
        for name, content in sorted(held.items()):
            member = zipfile.ZipInfo(
                f"{top}/{name}", (*article.current().day.timetuple()[:3], 0, 0, 0)
            )
            member.create_system, member.external_attr = UNIX, 0o644 << 16
            pack.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def lecturer_files(
    students: str = STUDENTS, live: str = "", address: str = "", keyed: bool = True
) -> list[tuple[str, str]]:
    """Files of the lecturer's folder, beside the students': pairs of (name, text); Markdown becomes
    HTML.

    students: address of their folder; live: of the live notebooks, on a site that has them;
    address: of the lecturer's folder, where it is known: each step of a plan, or of a session, then
    carries a code;
    keyed: whether with what is for the lecturer alone.
    """
    texts = [*kit.texts().items()]
    papers = answer_key.papers() if keyed else {}
    for phrase, (paper, _) in papers.items():
        texts = [(name, text.replace(phrase, f"[{phrase}]({paper})")) for name, text in texts]
    texts += [*papers.values(), (tally_page.NAME, tally_page.wall_page())]
    return [
        paper_page(name, text, students, live, address) if name.endswith(".md") else (name, text)
        for name, text in texts
    ]


def cover_page(keyed: bool = True) -> str:
    """The first page of the pack: which folder is whose."""
    return paper_page("index.md", str(render("door.md.j2", keyed=keyed)))[1]


def paper_page(
    name: str,
    text: str,
    students: str = STUDENTS,
    live: str = "",
    address: str = "",
    level: str = tr_noop("for lecturers"),
    index: str = "index.html",
) -> tuple[str, str]:
    """A paper as a page: (name, HTML). index: address of the page of all papers, "" without one."""
    if name.startswith("plan-"):
        text = with_plan(Path(name).stem, text)
    for old, new in LINKS.items():
        text = re.sub(old, new.format(students), text)
    stem = "index" if name == "README.md" else Path(name).stem
    title = next(line[2:] for line in text.splitlines() if line.startswith("# "))
    about: dict[str, object] = {"title": title, "teaches": title, "section": "seminar"}
    about["level"] = level
    if minutes := re.match(r"(\d+) (?:minutes|Minuten)(?!: at home)", title):
        about["minutes"] = int(minutes[1])
    cell = new_markdown_cell(text, id="text")
    notebook = new_notebook(cells=[cell], metadata={"frenemies": about})
    page_address = f"{address}{stem}.html" if address and stem.startswith(CODED) else ""
    index = "" if stem == "index" else index
    exporter = HandoutExporter(index=index, live=live, address=page_address)
    return f"{stem}.html", exporter.from_notebook_node(notebook, {"metadata": {"name": stem}})[0]
