"""The seminar kit: minutes add up, whatever is named exists, every citation resolves, and the plan's links do what it says."""

import itertools
import json
import re
import shutil
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import drawings, our_page, whole, with_pages

from frenemies.measures import votes
from heldto import article, evidence, exercises
from heldto.claims import ledger
from heldto.claims.listed import find_claim
from heldto.evidence import actors
from heldto.publish import reading_time
from heldto.publish.handouts import (
    answer_key,
    codebook,
    roll_call,
    seminar_zip,
    tally_page,
    task_slips,
)
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.handouts.plan_stops import tables_asked
from heldto.publish.handouts.printer import browser_path, write_pdf
from heldto.toggles.specification_curve import curve

ROOT = Path(__file__).resolve().parents[1]
KIT = ROOT / "docs" / "seminar"
PAPERS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(KIT.glob("*.md"))}
ANSWERS = KIT / "lecturer" / "own-claim.md"
PLANS = {name: text for name, text in PAPERS.items() if name.startswith(("plan-", "session-"))}
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
PART = re.compile(r"^(?:- (?=\d+-\d+: )|\| )(\d+)-(\d+)(?:: | \| )", re.M)  # of a step, by minutes

UNDER = """at => [...document.querySelectorAll("main :is(h2, h3), main figure")]
  .filter((one) => one.matches("h2, h3") || one.id === `fig-${at}`).map((one) => one.id === `fig-${at}` ? "" : one.textContent)"""
TOP = """at => (document.getElementById(at) ?? document.getElementById(`fig-${at}`) ??
  [...document.querySelectorAll("main :is(h2, h3)")].find(head => head.textContent.match(`\\\\b${at}\\\\b`))).getBoundingClientRect().top"""

ENDS = "() => scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1"

RULER = """one => { const { width, height } = one.getBoundingClientRect();
  const [across, down] = getComputedStyle(one).aspectRatio.match(/[0-9.]+/g).map(Number);
  return [width, height, across / down]; }"""


def links(text):
    """Links into the handouts as (notebook, actors or None, vintage, place or None)."""
    found = [
        match[1].removeprefix("../../handouts/")
        for match in re.finditer(r"\]\((\.\./\.\./handouts/0[^)]+)\)", text)
    ]
    said = [(page.partition(".html")[0], parse_qs(page.partition("#")[2])) for page in found]
    return [
        (
            name,
            state["actors"][0].split(",") if "actors" in state else None,
            state.get("vintage", ["since"])[0],
            state.get("at", [None])[0],
        )
        for name, state in said
    ]


@lru_cache
def pages(address=None):
    """The files of the kit, {name: text}; with an address its plans carry codes."""
    return dict(
        seminar_zip.lecturer_files("../handouts/", address=address)
        if address
        else seminar_zip.lecturer_files()
    )


def sessions(text):
    """{minutes: the parts of a plan}: one session, or one that stops early and one that goes on."""
    head, *parts = text.partition("\n## Good answers")[0].split("\n## ")
    minutes = [int(number) for number in re.findall(r"\b\d+\b", head.partition("\n")[0])]
    stop = [at for at, part in enumerate(parts) if ": if you stop here" in part.partition("\n")[0]]
    assert len(minutes) == 1 + len(stop)
    taught = [parts[: at + 1] for at in stop] + [
        [part for at, part in enumerate(parts) if at not in stop]
    ]
    return dict(zip(minutes, taught, strict=True))


SESSIONS = [(name, minutes) for name, text in PLANS.items() for minutes in sessions(text)]


@pytest.mark.parametrize("name, minutes", SESSIONS)
def test_a_plan_fills_its_time_minute_by_minute(name, minutes):
    parts = [part for part in sessions(PLANS[name])[minutes] if re.match(r"\d+-\d+ min: ", part)]
    steps = [tuple(map(int, re.match(r"(\d+)-(\d+) min: ", part).groups())) for part in parts]
    assert steps[0][0] == 0 and steps[-1][1] == minutes
    assert all(before[1] == after[0] for before, after in itertools.pairwise(steps))
    for (first, last), text in zip(steps, parts, strict=True):
        inside = [(int(a), int(b)) for a, b in PART.findall(text)]
        if inside:  # its parts fill it, one after the other
            assert [first, *(b for _, b in inside)] == [*(a for a, _ in inside), last], text
            assert all(a < b for a, b in inside)


def test_a_plan_that_stops_or_goes_on_says_all_before_that_once():
    """The double session is the single one, and after it the conference."""
    short, long = sessions(PLANS["plan-90"]).values()
    assert len(short) - 1 == len([part for part in short if part in long]) >= 5
    assert len(long) - len(short) >= 3 and not (KIT / "plan-180.md").exists()


TIMED = [name for name in PLANS if name.startswith("plan-")]


def _cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("name", TIMED)
def test_a_plan_says_in_each_line_when_what_to_do_what_the_class_sees_and_how_without_devices(name):
    """It is read while one teaches: no line of it is a page, and what can wait stands at the end."""
    doing = PLANS[name].partition("\n## Good answers, by minute\n")[0]
    rows = [_cells(line) for line in re.findall(r"^\| \d+-\d+ \|.*\|$", doing, re.M)]
    assert len(rows) == len(PART.findall(doing)) >= 10
    for _, what, seen, without in rows:
        assert seen and len(LINK.sub(r"\1", what).split()) <= 80, what
        assert without or "](" not in seen, seen  # a link needs a device
    minutes = re.findall(r"^- (\d+)(?:,|:)", PLANS[name].partition("\n## Good answers")[2], re.M)
    starts = {first for first, _ in PART.findall(doing)}
    assert set(minutes) <= starts


def test_each_claim_of_a_part_is_named_for_a_class_with_devices_and_for_one_without():
    """Whoever teaches from paper reads the last column alone."""
    parts = re.split(r"^## ", PLANS["plan-45"], flags=re.M)[1:]
    named = {part.partition("\n")[0]: re.findall(r"[EFGM]\d+", part.partition("\n")[0]) for part in parts}  # fmt: skip
    assert sum(map(len, named.values())) >= 5
    for part in parts:
        head, _, doing = part.partition("\n")
        rows = [_cells(line) for line in re.findall(r"^\| \d+-\d+ \|.*\|$", doing, re.M)]
        for claim in named[head]:
            for seen in (" ".join(f"{what} {seen}" for _, what, seen, _ in rows), " ".join(row[-1] for row in rows)):  # fmt: skip
                assert re.search(rf"\b{claim}\b", seen), (claim, seen)


def test_a_first_lesson_counts_each_claim_before_its_picture_and_opens_its_verdict():
    """A hand that goes up after the picture has read the answer in it."""
    plan = PLANS["plan-45"]
    part = plan[plan.index("(M11, M13)") : plan.index("\n## 41-45")]
    places = [place for *_, place in links(part)]
    picture = part.index("for the picture")
    for claim in ("M11", "M13"):
        counted = part.index(f"({claim})?")
        assert part.rindex("how of hands", 0, counted) < counted < picture
        assert claim in places and claim in part.partition("read out")[2]


def test_a_class_without_devices_hears_the_rule_of_each_claim_of_the_first_lesson():
    """The plan has it, in the words of the rule."""
    (paper,) = re.findall(r"^\*\*The rules, for the board\*\*.*", PLANS["plan-45"], re.M)
    for claim in ("E1", "E4", "F5", "M11", "M13"):
        rule = find_claim(claim).told("thresholds").partition(". ")[0]
        assert f"{claim} ({rule})" in paper, (claim, rule)
    assert "from the key" not in PLANS["plan-45"]  # which has no line to read out


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_needs_no_other_plan(name):
    others = [target for _, target in LINK.findall(PLANS[name]) if target.startswith("plan-")]
    assert others == [] and "-minute plan" not in PLANS[name]


@pytest.mark.parametrize("name, minutes", SESSIONS)
def test_a_picture_is_projected_once_and_only_in_the_step_that_asks_about_it(name, minutes):
    """What stands on the wall before the hands go up has answered their question."""
    keys = [place for *_, place in links("\n## ".join(sessions(PLANS[name])[minutes])) if place]
    drawn = [key for key in keys if not re.fullmatch(r"[EFGM]\d+|cell-.*", key)]
    assert len(drawn) == len(set(drawn))
    for line in PLANS[name].splitlines():
        if "&at=network" in line:
            asked = re.search(r"how of hands|Before you project, ask", line)
            assert asked and asked.start() < line.index("&at=network") or "only now" in line


def test_the_network_of_a_plan_is_drawn_for_its_actors_alone():
    """A handout draws nothing anew: rows of others would stand empty."""
    asked = re.findall(r"04_verdict\.html\?present#actors=([A-Z,]+)&at=network", PLANS["plan-90"])
    presets = actors.presets(None, article.bar("verdict").presets).values()
    assert len(asked) == 2 and all({*one.split(",")} in map(set, presets) for one in asked)


@pytest.mark.parametrize("name", TIMED)
def test_a_plan_projects_what_it_asks_about_and_says_which_key_opens_a_verdict(name):
    opening = PLANS[name].partition("\n## ")[0]
    assert "→" in opening and "A opens" in opening and "a key of its own" in opening
    projected = re.findall(r"handouts/0\w+\.html(\?present)?#[^)\s]*at=([\w-]+)\)", PLANS[name])
    pictures = [(view, at) for view, at in projected if not re.match(r"[EFGM]\d+$|cell-", at)]
    assert pictures and all(bool(view) != (at == "glance") for view, at in pictures)  # of all


@pytest.mark.parametrize("name", TIMED)
def test_a_row_in_which_the_class_sees_the_count_page_leads_there(name):
    cells = [line.split("|")[3] for line in PLANS[name].splitlines() if line.count("|") >= 4]
    named = [cell for cell in cells if "count page" in cell.lower()]
    assert len(named) == 2 and all("count page](../../handouts/wall.html)" in one for one in named)


def test_who_is_asked_about_on_the_picture_of_pledges_is_switched_on():
    """A slide asks which squares China has: it has one, with North Korea."""
    (shown,) = [codes for _, codes, _, at in links(PLANS["plan-45"]) if at == "pledge"]
    assert {"CHN", "PRK"} < {*shown}


@pytest.mark.parametrize("name", TIMED)
def test_homework_is_linked(name):
    homework = PLANS[name][PLANS[name].index("\nHomework: ") :]
    named = re.findall(r"\b[EFGM]\d*-[a-z]+\b", LINK.sub("", homework))
    assert named == [] and "../../handouts/" in homework


@pytest.mark.parametrize("name", PAPERS)
def test_a_link_says_where_it_leads_in_words(name):
    assert [words for words, _ in LINK.findall(PAPERS[name]) if words.endswith(".md")] == []


@pytest.mark.parametrize("name", TIMED)
def test_hands_go_up_before_a_verdict_opens(name):
    steps = re.split(r"^## ", PLANS[name], flags=re.M)[1:]
    hands = next(at for at, step in enumerate(steps) if "how of hands" in step)
    opened = next(
        at for at, step in enumerate(steps) if re.search(r"[Oo]pen (the|both) verdict", step)
    )
    assert hands < opened and sum("how of hands" in step for step in steps) >= 3
    told = PLANS[name].partition("\n## Good answers, by minute\n")[2]
    assert PLANS[name].count("Good answers mention") + told.count("\n- ") >= 4


@pytest.mark.parametrize("name", PAPERS)
def test_what_a_paper_names_exists(name):
    text = PAPERS[name]
    assert set(re.findall(r"\b[EFGM]\d*-[a-z]+\b", text)) <= set(exercises.exercise_ids())
    assert set(re.findall(r"\b[EFGM]\d{1,2}\b(?!-)", text)) <= set(evidence.table("claims")["id"])
    for _, target in LINK.findall(text):
        if target.startswith("#"):  # a heading of the same paper
            heads = re.findall(r"^#+ (.+)$", text, re.M)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert target[1:] in slugs, target
            continue
        assert target.startswith(("../../handouts/", "https://")) or (KIT / target).exists(), target
    for notebook, shown, vintage, _ in links(text):
        assert (ROOT / "notebooks" / f"{notebook}.ipynb").exists() and vintage in ("then", "since")
        assert set(shown or []) <= {*actors.ALL, "EU"}


def sources():
    """The Markdown of each notebook's cells by its name."""
    return {
        path.stem: [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown"]
        for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))
    }


def test_the_claim_a_plan_says_a_picture_stands_under_has_a_heading():
    headings = {
        claim
        for cells in sources().values()
        for cell in cells
        for line in re.findall(r"^###? .+", cell, re.M)
        for claim in re.findall(r"\b[EFGM]\d+\b", line)
    }
    for text in PLANS.values():
        assert set(re.findall(r"(?:heading|under) ([EFGM]\d+)", text)) <= headings


@pytest.mark.parametrize("name", [*PLANS, "README"])
def test_every_part_and_heading_that_a_paper_names_exists(name):
    """Words in italics that begin with a capital are read on a page, or are a verdict's or a page's own."""
    notebooks = sources()
    said = [text for cells in notebooks.values() for text in cells]
    said += [path.read_text(encoding="utf-8") for path in TEMPLATES]
    for part in re.findall(r"\bPart \d\b", PAPERS[name]):
        assert any(f"## {part}. " in cell for cell in notebooks["04_verdict"]), part
    for words in re.findall(r"(?<!\*)\*([A-Z][^*\n]+ [^*\n]+[^.?:*])\*(?!\*)", PAPERS[name]):
        assert any(words in text for text in said), words


TEMPLATES = [
    ROOT / "src" / "heldto" / "claims" / "card.py",
    ROOT / "src" / "heldto" / "publish" / "handouts" / "lesson.py",
    *(ROOT / "src" / "heldto" / "templates").glob("*.j2"),
    *(ROOT / "src" / "heldto" / "own" / "templates").glob("*.j2"),
    *(ROOT / "src" / "heldto" / "publish" / "handouts" / "templates").rglob("*.js"),
    *(ROOT / "src" / "heldto" / "room").glob("*.js"),
]


def test_in_each_part_of_a_plan_the_claims_come_in_the_order_of_their_page():
    order = {
        claim: (name, at)
        for name, cells in sources().items()
        for at, cell in enumerate(cells)
        for line in re.findall(r"^###? .+", cell, re.M)
        for claim in re.findall(r"\b[EFGM]\d+\b", line)
    }
    for step in re.split(r"^## ", PLANS["plan-90"], flags=re.M)[1:]:
        named = re.findall(r"(?:under|^\| \d \|) ([EFGM]\d+)", step, re.M)
        places = [order[claim] for claim in named if claim != "E1"]  # as the plans say
        assert places == sorted(places), named


def test_each_outcome_is_served_by_exercises():
    part = PAPERS["README"].partition("\n## What students should be able to do afterwards\n")[2]
    part = part.partition("\n## ")[0]
    rows = re.findall(r"^\| (?!outcome|---)([^|]+) \| ([^|]+) \|$", part, re.M)
    assert rows and all(
        set(served.split(", ")) <= set(exercises.exercise_ids()) for _, served in rows
    )
    assert len({name for _, served in rows for name in served.split(", ")}) >= 25


@pytest.mark.slow
def test_every_picture_of_the_notebooks_has_its_misreading():
    cells = [
        cell.source
        for path in (ROOT / "notebooks").glob("0*.ipynb")
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "code"
    ]
    drawn = {name for source in cells for name in re.findall(r"\b(\w+_picture)\b", source)}
    told = re.findall(
        r"^\| \[[^]]+\]\(\.\./\.\./handouts/\w+\.html#at=([\w-]+)\) \| .+? \| .+? \|$",
        PAPERS["misreadings"],
        re.M,
    )
    draw = drawings()
    curves = {curve(claim).key for claim in re.findall(r'fr\.readings\("(\w+)"\)', "".join(cells))}
    assert {draw[name]().key for name in drawn} | curves == set(told)
    assert len(told) == len(set(told))


def test_simulation_seats_six_to_all():
    rows = [
        (int(n), codes.split(", "))
        for n, codes in re.findall(r"^\| (\d+) \| ([A-Z, ]+) \|$", PAPERS["plan-90"], re.M)
    ]
    seated = []
    for players, codes in rows:
        seated += codes
        assert len(seated) == players
    assert rows[0][0] == 6 and sorted(seated) == sorted(actors.ALL)


def test_rubric_adds_up():
    rubrics = PAPERS["marking"].partition("\n## Rubrics\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| The ", rubrics, re.M)
    assert len(rows) * 4 == int(re.search(r"Short paper .*, (\d+) points", rubrics)[1])
    card = [int(points) for points in re.findall(r"^- (\d+): ", rubrics, re.M)]
    played = rubrics.partition("### The simulation, ")[2].partition("\n### ")[0]
    criteria = re.findall(r"^\| (?!points)[A-Z][\w ]+ \|", played, re.M)
    assert len(criteria) * 2 == int(played.split()[0])
    assert sum(card) == int(re.search(r"role card, (\d+) points", rubrics)[1])


def test_seven_claims_are_dealt_out_five_of_them_decided_and_two_not():
    text = PAPERS["session-own-claim-home"]
    slips = dict(re.findall(r"^(\d)\. (.+)\.$", text, re.M))
    assert [*slips] == [*"1234567"]
    text = ANSWERS.read_text(encoding="utf-8")
    decided = text.split("\n### ")[1:]
    for number, part in enumerate(decided, 1):
        assert part.startswith(f"{number}. ") and slips[str(number)] in part
        head, verdict = part.splitlines()[0], re.search(r"^Verdict: (\w+)\. ", part, re.M)[1]
        assert re.search(r"(holds|partly|fails)", head)[1] == verdict.lower()
        assert part.index("\nTable `") < part.index(" Rule: ") < part.index("fr.Claim(")
    assert re.findall(r"^- \*\*(\d), ", text, re.M) == ["6", "7"] and len(decided) == 5


def test_the_rubric_of_the_session_adds_up():
    text = PAPERS["session-own-claim-class"]
    points = int(re.search(r"^## Marking, (\d+) points", text, re.M)[1])
    assert len(re.findall(r"^\| The ", text, re.M)) * 4 == points


def test_every_citation_resolves_and_every_reference_is_cited():
    keys = re.findall(r"^@\w+\{(\w+),", (KIT / "references.bib").read_text(encoding="utf-8"), re.M)
    cited = {key for text in PAPERS.values() for key in re.findall(r"@([a-z]+\d{4})\b", text)}
    assert len(keys) == len(set(keys)) and set(keys) == cited


def test_every_reference_is_whole():
    entries = re.split(r"^@", (KIT / "references.bib").read_text(encoding="utf-8"), flags=re.M)[1:]
    need = {
        "article": {"journal", "volume", "pages"},
        "book": {"publisher"},
        "techreport": {"institution"},
        "misc": {"note"},
    }
    need["incollection"] = {"booktitle", "publisher"}
    for entry in entries:
        fields = set(re.findall(r"^  (\w+) = \{.+\},?$", entry, re.M))
        assert fields >= {"author", "title", "year"} | need[entry.partition("{")[0]], entry
        assert entry.count("{") == entry.count("}")


def test_the_kit_packs_as_pages_that_link_to_each_other_and_to_the_handouts():
    made = pages()
    papers = [
        "index",
        "key",
        "plan-45",
        "plan-90",
        "letter",
        "counting",
        "session-own-claim-home",
        "session-own-claim-class",
        "answers-own-claim",
        "accessibility",
        "misreadings",
        "marking",
        "reading",
        "sections",
    ]
    assert {"references.bib", "wall.html", *(f"{name}.html" for name in papers)} == set(made)
    names = {path.stem for path in (ROOT / "notebooks").glob("0*.ipynb")}
    for name, text in made.items():
        for target in re.findall(r'<a[^>]* href="([^"#?]+)', text):
            assert (
                target in made
                or target in {f"../students/{page}" for page in seminar_zip.pages_beside()}
                or re.sub(r"^\.\./students/(notebooks/)?|\.(html|ipynb)$", "", target) in names
            ), f"{name}: {target}"
    assert (
        '<a href="wall.html" target="wall">' in made["counting.html"]
        and '<a href="wall.html?claims=E1,E4,F5,M11,M13" target="wall">' in made["plan-45.html"]
    )
    assert (
        'href="../students/01_economic.html?present=plan-90#actors=CHN,RUS&amp;vintage=then&amp;at=trade-mirror"'
        in made["plan-90.html"]
        and "Content-Security-Policy" in made["plan-90.html"]
    )


def test_the_first_step_of_the_kit_makes_what_its_links_open():
    step = re.search(r"^1\. (.+)$", PAPERS["README"], re.M)[1]
    made = re.search(
        r"^handouts:.*\n\t.* handouts --out (\w+) --seminar$", (ROOT / "Makefile").read_text(), re.M
    )[1]
    opened = {
        target.split("/")[2]
        for text in PAPERS.values()
        for _, target in LINK.findall(text)
        if "handouts/" in target
    }
    assert "`make handouts`" in step and "`handouts/seminar.zip`" in step and opened == {made}


def test_what_students_do_at_home_lies_among_their_pages_and_links_to_these_alone():
    held = seminar_zip.companion_pages()
    assert {*held} == {*seminar_zip.pages_beside()} and seminar_zip.AT_HOME in held
    page = BeautifulSoup(held[seminar_zip.AT_HOME], "html.parser")
    names = {
        *held,
        "index.html",
        *(f"{path.stem}.html" for path in (ROOT / "notebooks").glob("0*.ipynb")),
    }
    targets = {link["href"].partition("#")[0] for link in page("a", href=True)}
    assert len(targets - {""}) >= 3
    assert {one for one in targets if one and not one.startswith("https:")} <= names
    assert "in class" not in page.select_one(".facts").text and "for students" in page.text


def test_where_the_answers_to_the_slips_are_packed_papers_link_to_them():
    made = pages()
    for name in ("index.html", "session-own-claim-class.html"):
        assert '<a href="answers-own-claim.html">the answers to the slips</a>' in made[name]
    public = dict(seminar_zip.lecturer_files(keyed=False))
    assert set(made) - set(public) == {"key.html", "answers-own-claim.html"}
    assert not [name for name, text in public.items() if "answers-own-claim" in text]


def test_the_codebook_that_groups_read_has_every_table_and_its_traps():
    page = BeautifulSoup(codebook.codebook_page(), "html.parser")
    assert not page("form") and len(page.select("nav a")) == len(page.main("h2"))
    for entry in evidence.package()["resources"]:
        place = entry["path"].removesuffix(".csv").replace("/", "-").replace("_", "-")
        assert page.find(id=place).text.endswith(f": {entry['title']}")
        assert page.select_one(f'nav a[href="#{place}"]')
    traps = [trap for entry in evidence.package()["resources"] for trap in entry.get("traps", [])]
    assert traps and page.main.text.count("Trap: ") == len(traps)


def test_the_key_has_every_verdict_and_every_answer_on_one_page():
    text = answer_key.key_text()
    rows = {
        code: (then, since)
        for code, then, since in re.findall(
            r"^\| \*\*(\w+)\*\* \| .* \| (\w+) \| (\w+) \|$", text, re.M
        )
    }
    ours = ledger.table()
    assert rows == dict(
        zip(ours.index, zip(ours.verdict_then, ours.verdict_since, strict=True), strict=True)
    )
    assert re.findall(r"^- \*\*([\w-]+)\*\*: .{2,}$", text, re.M) == exercises.exercise_ids()
    first = ours[ours.index.map(ledger.group_of) == "fixed"]
    for vintage in ("then", "since"):  # no count without its denominator and its benchmark
        short = ledger.tallies(ours, vintage)["fixed"].partition(": ")[2].partition(",")[0]
        made = ledger.benchmark(first, vintage)
        asked = f"{len(made.rates)} can be asked of others, too: {len(made.held)} hold"
        drawn = f"with others drawn at random {made.expected:.1f} would."
        assert f": {short}. {asked}; {drawn}" in text
    amended = ours[ours.amended_then.astype(bool)]
    told = re.findall(r"(\w+) (\w+), since (\w+)[;.]$", text, re.M)
    assert told == [*zip(amended.index, amended.amended_then, amended.amended_since, strict=True)]


def _dark(path):
    """Of a path of horizontal strokes the modules that they cover, (row, column), less the quiet zone of four."""
    found, x, y = set(), 0, 0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        one, *other = map(float, numbers.split())
        if kind == "h":
            found |= {(int(y) - 4, int(x) - 4 + step) for step in range(int(one))}
            x += one
        else:
            x, y = (one, other[0]) if kind == "M" else (x + one, y + other[0])
    return found


@pytest.mark.parametrize("name", PLANS)
def test_each_step_of_a_plan_carries_the_code_of_the_first_place_it_opens(name):
    segno = pytest.importorskip("segno")
    text = pages("https://example.org/a/seminar/")[f"{name}.html"]
    main, opened = BeautifulSoup(text, "html.parser").main, []
    for step in main(["li", "tr", "p"]):
        links = step.find_all("a", href=re.compile("handouts/"))
        if not links:
            continue
        place = f"https://example.org/a/{links[0]['href'].removeprefix('../')}"
        place = re.sub(r"\?present[^#]*", "", place)  # which is for the lecturer's screen
        opened.append(place)
        small = step.select_one(".code-of")
        assert small.svg.title.string == place and small.get_text().endswith(place)
        matrix = segno.make(place, error="m", micro=False).matrix
        wanted = {(y, x) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
        assert _dark(small.svg("path")[-1]["d"]) == wanted
    assert opened and len(opened) == len(main.select(".code-of"))


def test_the_tables_that_papers_and_exercises_ask_for_stand_on_paper_and_no_others(browser):
    """Without a device: the list of M2, the balance of 2017, the spending of the session on an own claim."""
    shown = set()
    for name in ("01_economic", "02_geopolitical", "03_military"):
        page = browser.new_page()
        page.goto(our_page(ROOT / "notebooks" / f"{name}.ipynb", "student").as_uri())
        page.emulate_media(media="print")
        whole(page)
        tables = page.locator(".actorfig .fig-table table")
        rows = tables.evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => [one.closest('.fig-table').id, one.innerText])"
        )
        shown |= {at for at, _ in rows}
        if name == "01_economic":
            assert re.search(r"^2017\s.*\d", dict(rows)["trade-balance-figures"], re.M)
        page.close()
    asked = tables_asked()
    assert {"exercises-counted-figures", "spending-figures"} <= asked <= shown
    assert len(shown) <= len(asked) + 11  # as many exercises send readers to one


def test_only_plans_at_a_known_address_carry_codes():
    known = pages("https://example.org/a/seminar/")
    coded = {name for name, text in known.items() if 'class="code-of"' in text}
    assert coded == {f"{name}.html" for name in PLANS}
    assert not [name for name, text in pages().items() if "code-of" in text]


def _slips(address=""):
    """Of each group (claim, name of its page, place) by its number, and the page."""
    page = BeautifulSoup(task_slips.slips_html(address), "html.parser")
    told = {
        part.h2.text: (part.select_one(".claim").text, part.a.text, part.a["href"])
        for part in page.select(".slip:has(a)")
    }
    return told, page


def test_a_slip_is_what_the_plan_says_to_its_group_and_no_more():
    told, page = _slips()
    rows = re.findall(r"^\| (\d) \| (.+?) \| \[(.+?)\]\((.+?)\) \| .* \|$", PLANS["plan-90"], re.M)
    assert told == {
        f"Group {group}": (claim, name, place.removeprefix("../../handouts/"))
        for group, claim, name, place in rows
    }
    claims = evidence.table("claims").set_index("id").claim
    for claim, _, place in told.values():
        code, sentence = claim.split(", ", 1)
        assert sentence == claims[code] and place.endswith(f"&at={code}") and "vintage" not in place
    kept = re.findall(r"^- \d+, group \d: (.+)$", PLANS["plan-90"], re.M)
    assert len(kept) == len(rows)
    assert not [part for one in kept for part in one.split("; ") if part in page.text]
    assert not page("svg")


def test_a_slip_without_a_site_prints_no_address_but_what_is_to_be_opened():
    _, page = _slips()
    for slip in page.select(".slip:has(a)"):
        told, place = slip.select_one(".place").text, slip.a["href"]
        file, _, said = place.partition("#")
        shown = parse_qs(said)["actors"][0].split(",")
        assert "#" not in told and f"the file {file}, heading {parse_qs(said)['at'][0]}" in told
        assert all(actors.name(code) in told for code in shown)


def test_the_claims_of_the_session_are_slips_with_room_to_write_and_one_is_blank():
    _, page = _slips()
    claims = dict(re.findall(r"^(\d)\. (.+)$", PAPERS["session-own-claim-home"], re.M))
    own = page.select(".slip:not(:has(a))")
    assert {one.h2.text: one.select_one(".claim").text for one in own[:-1]} == {
        f"Claim {number}": claim for number, claim in claims.items()
    }
    assert not own[-1].select_one(".claim") and all(len(one("hr")) >= 7 for one in own)
    assert not [one for one in own if re.search(r"\d %|HOLDS|FAILS|PARTLY", one.text)]


def test_a_slip_at_a_known_address_carries_its_code():
    segno = pytest.importorskip("segno")
    _, page = _slips("https://example.org/a/handouts/")
    for slip in page.select(".slip:has(a)"):
        place = slip.a["href"]
        assert place.startswith("https://example.org/a/handouts/02_geopolitical.html#actors=")
        assert slip.svg.title.string == place == slip.select_one(".place").text
        matrix = segno.make(place, error="m", micro=False).matrix
        wanted = {(y, x) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
        assert _dark(slip.svg("path")[-1]["d"]) == wanted


@pytest.mark.nightly
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("address", ["", "https://host.example.org/seminar/handouts/"])
def test_slips_fit_four_to_a_sheet(browser, paper, address):
    if address:
        pytest.importorskip("segno")
    page = browser.new_page()
    page.set_content(task_slips.slips_html(address))
    sheets = page.locator(".sheet")
    assert page.locator(".slip").count() == 4 * sheets.count()
    assert page.pdf(format=paper).count(b"/Type /Page\n") == sheets.count()
    page.close()


@pytest.fixture
def counting(browser, tmp_path):
    (tmp_path / "wall.html").write_text(tally_page.wall_page(), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.goto((tmp_path / "wall.html").as_uri())
    yield page
    assert page.faults == []
    context.close()


def _counted(page):
    """The rows of the wall's table, without the last column, which no verdict was shown in."""
    rows = [row.inner_text().split("\t") for row in page.locator("tbody tr").all()]
    assert all(row.pop() == "" for row in rows)
    return rows


def test_hands_are_counted_claim_by_claim_and_stay(counting):
    claims = evidence.table("claims").set_index("id").claim
    assert not counting.locator("table").is_visible()
    for name, counts in {"E4": {"holds": 12, "fails": 8, "sure": 5}, "G1": {"partly": 20}}.items():
        counting.get_by_role("combobox").select_option(name)
        assert counting.locator("h1").inner_text() == f"{name}, {claims[name]}"
        for field, count in counts.items():
            counting.get_by_label(field).fill(str(count))
    told = [
        [f"E4, {claims['E4']}", "1", "12", "0", "8", "0", "5"],
        [f"G1, {claims['G1']}", "1", "0", "20", "0", "0", "0"],
    ]
    assert _counted(counting) == told
    counting.wait_for_timeout(300)  # the browser puts it on its shelf a little later
    counting.reload()
    assert _counted(counting) == told
    assert counting.locator("h1").inner_text() == f"G1, {claims['G1']}"  # where it stood
    assert counting.get_by_label("partly").input_value() == "20"
    counting.get_by_role("combobox").select_option("E4")
    total = counting.locator(".wall-total")
    assert total.inner_text() == "20 hands."
    counting.get_by_label("sure").fill("21")
    assert total.inner_text() == "20 hands, and 21 of them sure: count again."
    counting.get_by_label("sure").fill("5")
    widths = [bar.bounding_box()["width"] for bar in counting.locator(".round-1 i").all()]
    assert widths[0] > widths[2] > widths[4] > widths[1] == widths[3] == 0
    for field in ("holds", "fails", "sure"):
        counting.get_by_label(field).fill("")
    assert _counted(counting) == told[1:]
    forget = counting.get_by_role("button", name="Forget all counts")
    counting.once("dialog", lambda dialog: dialog.dismiss())
    forget.click()
    assert _counted(counting) == told[1:]
    counting.once("dialog", lambda dialog: dialog.accept())
    forget.click()
    assert not counting.locator("table").is_visible()


def test_hands_begin_at_the_first_claim_where_the_last_is_none_any_more(counting):
    counting.add_init_script("localStorage.setItem('frenemies-hands-at', JSON.stringify('Z9'))")
    counting.reload()
    first = evidence.table("claims").groupby("notebook").id.first().sort_index().iloc[0]
    assert counting.locator("select").input_value() == first


def test_what_is_no_count_is_left_out_and_said(counting):
    counting.get_by_label("holds").fill("-3")
    counting.get_by_label("fails").fill("2.5")
    assert _counted(counting) == []
    said = counting.locator(".wall-total")
    left_out = "Not counted: holds, fails. A count is a whole number, 0 or more."
    assert said.inner_text() == f"0 hands. {left_out}"
    counting.get_by_label("holds").fill("3")
    assert said.inner_text() == f"3 hands. {left_out.replace('holds, ', '')}"
    counting.get_by_label("fails").fill("")
    assert said.inner_text() == "3 hands."


@pytest.mark.parametrize("sure", ["1", "9", "900"])
def test_who_is_sure_does_not_change_the_length_of_the_four(counting, sure):
    for field, count in {"holds": 4, "fails": 2}.items():
        counting.get_by_label(field).fill(str(count))
    bars = counting.locator(".round-1 i")
    before = [bar.bounding_box()["width"] for bar in bars.all()[:4]]
    counting.get_by_label("sure").fill(sure)
    assert [bar.bounding_box()["width"] for bar in bars.all()[:4]] == before
    whole = sum(before)  # a bar is a share of all hands
    assert bars.last.bounding_box()["width"] == pytest.approx(whole * min(int(sure) / 6, 1), abs=1)


def test_the_wall_says_every_claim_and_each_verdict_only_when_it_is_asked(counting):
    claims = evidence.table("claims").set_index("id").claim
    told = json.loads(counting.locator("main").get_attribute("data-wall"))
    assert {one["id"]: one["text"] for one in told["claims"]} == claims.to_dict()
    verdict, show = counting.locator(".wall-verdict"), counting.locator(".wall-show")
    for name in ("E1", "E4"):
        counting.get_by_role("combobox").select_option(name)
        counting.get_by_label("holds").fill("3")
        assert not verdict.is_visible() and not counting.locator(".is-computed").count()
        assert _counted(counting)[-1][0].startswith(name)
    show.click()
    assert ledger.table().verdict_then["E4"] in verdict.inner_text()
    counting.get_by_role("combobox").select_option("E1")
    assert not verdict.is_visible()


def test_a_second_round_stands_beside_the_first(counting):
    counting.get_by_label("holds").fill("3")
    assert not counting.locator(".round-2 i").first.is_visible()
    counting.get_by_label("Second round").check()
    assert counting.get_by_label("holds").input_value() == ""
    counting.get_by_label("fails").fill("4")
    assert [row[1:6] for row in _counted(counting)] == [
        ["1", "3", "0", "0", "0"],
        ["2", "0", "0", "4", "0"],
    ]
    assert counting.locator(".round-1 i").first.is_visible()
    assert counting.locator(".round-2 span").nth(2).inner_text().startswith("4")


CALLED = {"CHN": "ynay", "RUS": "yyan", "USA": "nyn", "TWN": "yn", "IND": "a"}
WEIGHTS = {"y": 1, "a": 0.5, "n": 0}


def _compared(one, other):
    """What the page for roll calls is to say of two: votes, agreement and kappa here, and in 2018."""
    both = [(WEIGHTS[a], WEIGHTS[b]) for a, b in zip(CALLED[one], CALLED[other], strict=False)]
    gap = sum(abs(a - b) for a, b in both) / len(both)
    chance = sum(abs(a - b) for a, _ in both for _, b in both) / len(both) ** 2
    said = [str(len(both)), f"{1 - gap:.2f}", f"{1 - gap / chance:.2f}"]
    if "TWN" in (one, other):  # it has no seat
        return [*said, "none", "none"]
    real = votes.agreement(one, other).set_index("year").loc[2018]
    return [*said, f"{real['agree']:.2f}", f"{real['kappa']:.2f}"]


def test_roll_calls_are_typed_column_by_column_and_compared_with_the_real_ones(browser, tmp_path):
    (tmp_path / "roll-call.html").write_text(roll_call.roll_call_page(), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "roll-call.html").as_uri())
    assert not page.locator("section").is_visible()
    for code, calls in CALLED.items():
        for letter, vote in zip("ABCD", calls, strict=False):
            page.locator(f"select[name={code}-{letter}]").press(vote)
    last = page.locator("select[name=IND-A]").evaluate("one => one.closest('tr').rowIndex")
    focused = page.evaluate("document.activeElement.closest('tr').rowIndex")
    assert focused == last + 1  # the next state in the column
    page.reload()  # the votes are kept
    rows = page.locator(".pairs tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    wanted = {}
    for pair in itertools.combinations([one for one in CALLED if len(CALLED[one]) > 1], 2):
        wanted[", ".join(sorted(map(actors.name, pair)))] = _compared(*pair)
    assert {names: figures for names, *figures in rows} == wanted and len(wanted) >= 6
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all votes").click()
    assert not page.locator("section").is_visible()
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_for_roll_calls_has_all_players_and_motions_on_one_page(browser, paper):
    page = browser.new_page()
    page.set_content(roll_call.roll_call_page())
    heads = page.locator(".calls tbody th").all_inner_texts()
    assert heads == sorted(map(actors.name, actors.ALL))
    said = dict(re.findall(r"^- \*\*([A-Z])\.\*\* \*(.+?)\*", PAPERS["plan-90"], re.M))
    assert said == roll_call.motions() and len(said) >= 4
    assert page.pdf(format=paper).count(b"/Type /Page\n") == 1
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_key_prints_on_two_sheets(browser, tmp_path, paper):
    file = tmp_path / "key.html"
    file.write_text(pages()["key.html"], encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.pdf(format=paper).count(b"/Type /Page\n") == 2
    page.close()


CORES = [
    path
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))
    if reading_time.core_ends(nbformat.read(path, 4))
]
PRINTED = 14  # pages that a class is given
LONGER = {"02_geopolitical": 15}  # it asks for two guesses more, whose cards are in the key


@pytest.mark.slow
@pytest.mark.parametrize("path", CORES, ids=[path.stem for path in CORES])
def test_the_booklet_of_a_section_is_short_and_holds_its_core_with_a_key(path, browser, tmp_path):
    exporter = HandoutExporter(edition="student", core=True)
    text, _ = exporter.from_notebook_node(with_pages(path), {"metadata": {"name": path.stem}})
    file = tmp_path / f"{path.stem}.html"
    file.write_text(text, encoding="utf-8")
    asked = [form["data-claim"] for form in BeautifulSoup(text, "html.parser")("form", "guess")]
    whole_page = BeautifulSoup(our_page(path, "student").read_text("utf-8"), "html.parser")
    guesses = whole_page("form", "guess")  # a page on claims of one's own asks for none
    assert len(asked) < len(guesses) or not (asked or guesses)
    assert not [h2.text for h2 in BeautifulSoup(text, "html.parser")("h2") if "More" in h2.text]
    most = LONGER.get(path.stem, PRINTED)
    for paper in ("A4", "Letter"):
        write_pdf(browser_path(), file, tmp_path / "core.pdf", paper)
        assert (tmp_path / "core.pdf").read_bytes().count(b"/Type /Page\n") <= most, paper
    page = browser.new_page()
    page.goto(file.as_uri())
    whole(page).evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#key .key-head").all_text_contents() == asked
    page.close()


def test_a_plan_stays_while_its_links_open_in_one_window_beside_it(browser, tmp_path):
    (tmp_path / "students").mkdir()
    shutil.copy(our_page(ROOT / "notebooks" / "04_verdict.ipynb", "student"), tmp_path / "students")
    (tmp_path / "lecturer").mkdir()
    (tmp_path / "lecturer" / "wall.html").write_text(tally_page.wall_page(), encoding="utf-8")
    made = pages()["plan-90.html"]
    (tmp_path / "lecturer" / "plan-90.html").write_text(made, encoding="utf-8")
    room = browser.new_context()
    plan = room.new_page()
    plan.goto((tmp_path / "lecturer" / "plan-90.html").as_uri())
    shown = plan.locator("main a[href^='../students/04_verdict']")
    with room.expect_page() as opened:
        shown.first.click()
    for link in shown.all():
        address = link.evaluate("link => link.href")
        with opened.value.expect_navigation(url=address):  # a projector's page then names its step
            link.click()
    whole(opened.value)
    shown.last.click()
    opened.value.wait_for_timeout(1500)
    top = opened.value.evaluate("scrollY")
    opened.value.evaluate("scrollTo(0, 0)")
    shown.last.click()  # and once more to the place from which one has scrolled away
    opened.value.wait_for_timeout(1500)
    assert opened.value.evaluate("scrollY") == pytest.approx(top, abs=2)
    assert len(room.pages) == 2 and plan.url.endswith("plan-90.html")
    with room.expect_page() as counting:  # while a picture stays on the wall
        plan.locator("main a[href*='wall.html']").first.click()
    assert "/wall.html?claims=" in counting.value.url and len(room.pages) == 3
    assert plan.url.endswith("plan-90.html")
    room.close()


def test_a_link_may_keep_titles_of_pictures_from_the_class_until_one_clicks_on_them(browser):
    page = browser.new_page()
    page.goto(
        f"{our_page(ROOT / 'notebooks' / '01_economic.ipynb', 'student').as_uri()}#at=coal&untitled=1"
    )
    title = page.locator("#fig-coal figcaption b")
    blurred = "one => getComputedStyle(one).filter.startsWith('blur')"
    assert title.evaluate(blurred)
    ratio = "one => parseFloat(getComputedStyle(one).filter.slice(5)) / parseFloat(getComputedStyle(one).fontSize)"
    assert title.evaluate(ratio) > 0.6  # seen from the last row, too, letters run together
    title.click()
    assert not title.evaluate(blurred)
    assert page.locator("#fig-trade-mirror figcaption b").evaluate(blurred)
    down = page.locator("#fig-coal .enlarge a")
    assert (
        down.inner_text() == "Verdict on E7" and not page.locator(".yardstick .enlarge a").count()
    )
    down.click()
    page.wait_for_function(
        "() => Math.abs(document.querySelector('#verdict-E7').getBoundingClientRect().top) < 100"
    )
    page.evaluate("document.querySelector('#verdict-E7').open = true")
    assert not page.locator("#fig-yardstick-E7 figcaption b").evaluate(
        blurred
    )  # it states no finding
    page.locator("#verdict-E7 details").evaluate_all("all => all.forEach(one => one.open = true)")
    since = page.locator("#verdict-E7 .amended .dated.since")
    assert since.inner_text().startswith("Since, by the rule amended on ")
    page.locator(".bar input[value=then]").click()
    assert not since.is_visible()
    page.locator(".bar input[value=JPN]").click()  # a switch changes the address, and not that
    assert page.locator("#fig-trade-balance figcaption b").evaluate(blurred)
    page.evaluate(
        "() => { location.hash = '#at=trade-partners' }"
    )  # the next link says nothing of it
    page.wait_for_function("() => !document.querySelector('.untitled')")
    page.locator("#fig-coal .titles").click()  # a button does so at any time
    assert title.evaluate(blurred) and not page.locator(".yardstick .titles").count()
    title.click()
    assert not title.evaluate(blurred)
    pressed = page.locator("#fig-trade-partners .titles")
    assert pressed.get_attribute("aria-pressed") == "true"
    page.goto(our_page(ROOT / "notebooks" / "03_military.ipynb", "student").as_uri() + "#at=M5")
    arms = page.locator("#fig-suppliers figcaption b").first
    assert arms.evaluate(blurred)  # on the next page as well, which its link does not say
    page.locator(".examine:has(#fig-suppliers) .look").click()
    page.locator("#fig-suppliers .titles").first.click()
    assert not arms.evaluate(blurred)
    page.go_back()
    assert not page.locator("#fig-trade-mirror figcaption b").evaluate(blurred)
    page.close()


def test_a_picture_about_as_high_as_wide_fills_the_height_of_the_screen(browser):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(our_page(ROOT / "notebooks" / "03_military.ipynb", "student").as_uri())
    page.locator(".examine:has(#fig-suppliers) .look").click()
    page.locator("#fig-suppliers .whole").first.click()
    page.wait_for_function("() => document.fullscreenElement")
    drawing, title, bar = (
        page.locator(part).first.bounding_box()
        for part in ("#fig-suppliers .drawing", "#fig-suppliers figcaption", ":fullscreen > .bar")
    )
    assert drawing["y"] >= 0 and 0.9 * 768 < drawing["height"] <= 768
    assert title["x"] + title["width"] < drawing["x"]  # neither lies over the other
    assert drawing["x"] + drawing["width"] < bar["x"]
    page.close()


@pytest.mark.parametrize("name", [name for name, text in PLANS.items() if links(text)])
def test_a_plan_walked_through(name, browser, tmp_path):
    """Each link, opened in order on a projector: exactly its actors are on, and the claim or picture it names is on the screen."""
    walk = links(PLANS[name])
    under = dict(re.findall(r"&at=([\w-]+)\)[^.;|\n]*?picture under ([EFGM]\d+)", PLANS[name]))
    (tmp_path / "students").mkdir()
    for notebook in {notebook for notebook, *_ in walk}:
        shutil.copy(
            our_page(ROOT / "notebooks" / f"{notebook}.ipynb", "student"), tmp_path / "students"
        )
    (tmp_path / "lecturer").mkdir()
    for paper, text in pages().items():
        (tmp_path / "lecturer" / paper).write_text(text, encoding="utf-8")
    plan = browser.new_page()
    plan.goto((tmp_path / "lecturer" / f"{name}.html").as_uri())
    shown = plan.locator("main a[href^='../students/0']")
    assert shown.count() == len(walk) >= 1
    for at, (notebook, codes, vintage, place) in enumerate(walk):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(shown.nth(at).evaluate("link => link.href"))
        if "?present" in page.url:
            page.locator(".stage-foot").wait_for()
        assert page.title() and notebook in page.url
        on = page.locator(".actorbar fieldset input:checked").evaluate_all(
            "boxes => boxes.map((box) => box.value)"
        )
        assert set(on) == set(codes) if codes else len(on) >= 10, f"{notebook}: the page shows {on}"
        assert page.locator(".actorbar input[value=then]").is_checked() == (vintage == "then")
        if place in under:
            seen = page.evaluate(UNDER, place)
            assert under[place] in re.findall(r"\w+", seen[seen.index("") - 1]), place
        if place:  # what ends a page stands as high as the page can be scrolled
            high = 400 if page.evaluate(ENDS) else 200
            assert 0 <= page.evaluate(TOP, place) < high, (
                f"{notebook}: {place} is not at the top of the screen"
            )
        assert not page.locator("details.verdict[open]:not(.own)").count()
        page.close()


def _keys_to(page, step):
    """Press the key until a step comes; the steps on the way."""
    seen = []
    while len(seen) < 12:
        page.keyboard.press("ArrowRight")
        seen.append(page.evaluate("document.documentElement.dataset.step"))
        if seen[-1] == step:
            return seen
    raise AssertionError(f"{step} does not come: {seen}")


def test_what_the_short_plan_says_of_keys_is_so(browser):
    """From each of its links to a claim, and nothing but a key: hands, picture, title, verdict."""
    room = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    for notebook, _, _, claim in links(PLANS["plan-45"]):
        if not re.fullmatch(r"[EFGM]\d+", claim):
            continue
        file = our_page(ROOT / "notebooks" / f"{notebook}.ipynb", "student")
        page = room.new_page()
        page.goto(f"{file.as_uri()}?present#at={claim}")
        page.locator(".stage-foot").wait_for()
        assert page.locator("main .on-stage :is(h2, h3)").first.is_visible()
        assert _keys_to(page, "hands") == ["guess", "hands"]
        assert not page.locator("details.verdict[open]:not(.own)").count()
        before = _keys_to(page, "verdict")
        assert before in (["picture", "titled", "verdict"], ["verdict"]), claim
        assert page.locator(f"#verdict-{claim} .ruling").is_visible()
        ruler = page.locator(f"#verdict-{claim} .yardstick .drawing svg:visible").first
        wide, high, wanted = ruler.evaluate(RULER)
        assert wide / high == pytest.approx(wanted, rel=0.02), claim  # none of its marks is cut
        page.close()
    room.close()
