"""The lesson of an article in a folder: its plan, its letter and its misreadings follow from its claims."""

import json
import re
import shutil
from pathlib import Path

import pytest
import started

from heldto.publish.handouts import kit

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "a_seat_for_three"
TEXTS = """
import json
from heldto.publish.handouts import kit, plan_stops, task_slips
texts = kit.texts()
print(json.dumps([texts, plan_stops.plan_stops(), task_slips.slips_html()]))
"""
BLOCK = re.compile(r"^\[[A-Z]\d+\]$", re.M)


@pytest.fixture
def own(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "seat")


def kit_of(folder):
    done = started.python(folder, code=TEXTS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def keep(folder, names):
    """Leave only some claims in a folder, and nothing that speaks of the others."""
    path = folder / "claims.toml"
    text = path.read_text()
    blocks = dict(zip(BLOCK.findall(text), BLOCK.split(text)[1:], strict=True))
    kept = (f"{head}{body}" for head, body in blocks.items() if head[1:-1] in names)
    path.write_text("".join(kept))
    for name in ("pictures.toml", "exercises.toml", "sealed.csv"):
        (folder / name).unlink()


def parts(plan):
    return [(int(a), int(b)) for a, b in re.findall(r"^## (\d+)-(\d+) min: ", plan, re.M)]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["A1"], "who would have written another rule"),
        (["B4"], "Good answers mention: instructions to the US mission"),
        (["A1", "B4"], "what no table decides (B4)"),
        (["A1", "A2", "A3"], "one more claim (A2)"),
        (["A1", "A2", "A3", "A4", "B1", "B2", "B4"], "4 claims, in groups"),
    ],
)
def test_a_plan_fills_its_time_however_few_claims_there_are(own, names, says):
    keep(own, names)
    texts, stops, _ = kit_of(own)
    steps = parts(texts["plan-45.md"])
    assert steps[0][0] == 0 and steps[-1][1] == kit.MINUTES
    assert all(one[1] == other[0] for one, other in zip(steps, steps[1:], strict=False))
    assert all(first < last for first, last in steps)
    assert says.casefold() in texts["plan-45.md"].casefold(), texts["plan-45.md"]
    assert stops["plan-45"]


def test_a_plan_does_not_show_a_verdict_before_the_hands(own):
    """It may lie in front of the class: what it says follows from the rules, not from figures."""
    texts, _, _ = kit_of(own)
    rows = (own / "data" / "economy.csv").read_text().splitlines()
    changed = [re.sub(r"^(DEU,2014),[^,]+", r"\1,1", row) for row in rows]
    (own / "data" / "economy.csv").write_text("\n".join(changed) + "\n")
    assert changed != rows and kit_of(own)[0] == texts


@pytest.mark.parametrize(
    ("named", "link"),
    [
        ('"IND", "PAK", "COA"', "#actors=IND,PAK,COA,WND&vintage=then&at=A1"),
        ('"IND", "COA"', "#actors=IND,JPN,DEU,KOR,PAK,USA,COA,WND&vintage=then&at=A1"),
    ],
)
def test_a_plan_s_link_keeps_every_category_for_they_are_the_whole_of_a_share(own, named, link):
    keep(own, ["A1"])
    head, *rows = (own / "actors.csv").read_text().splitlines()
    rows = [f"{row},state" for row in rows] + ["COA,Coal,,,,category", "WND,Wind,,,,category"]
    (own / "actors.csv").write_text("\n".join([f"{head},kind", *rows]) + "\n")
    claims = own / "claims.toml"
    claims.write_text(claims.read_text().replace("[A1]", f"[A1]\nactors = [{named}]", 1))
    plan = kit_of(own)[0]["plan-45.md"]
    assert set(re.findall(r"present(#[^)]*)", plan)) == {link}


def test_a_paper_of_one_s_own_takes_the_place_of_ours(own):
    papers = own / "docs" / "seminar"
    papers.mkdir(parents=True)
    table = "| group | claim | link |\n|---|---|---|\n| 1 | A2 | [A2](../../handouts/01_weight.html#actors=IND,JPN&at=A2) |\n"
    (papers / "plan-45.md").write_text(f"# 45 minutes: mine\n\n## 0-45 min: all\n\n{table}")
    texts, _, slips = kit_of(own)
    assert texts["plan-45.md"].startswith("# 45 minutes: mine") and "misreadings.md" in texts
    assert "Group 1" in slips and "Group 2" not in slips and "heading A2" in slips


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.symlink_to(path.parents[3] / "secret"), "a link that leads out of"),
        (lambda path: path.write_bytes(b"# M\xfcnchen"), "README.md is not UTF-8: save the file"),
    ],
)
def test_a_paper_that_cannot_be_read_or_is_a_link_is_one_sentence(own, spoil, says):
    (own.parent / "secret").write_text("# private")
    (own / "docs" / "seminar").mkdir(parents=True)
    (own / "docs" / "seminar" / "photo.png").write_bytes(b"\x89PNG")
    spoil(own / "docs" / "seminar" / "README.md")
    code = TEXTS.replace(
        "texts = kit.texts()",
        "from heldto.errors import Problem\ntry: texts = kit.texts()\nexcept Problem as slip: print(slip); raise SystemExit",
    )
    done = started.python(own, code=code)
    assert says in done.stdout and "private" not in done.stdout, done.stdout + done.stderr


def test_the_papers_of_a_package_are_those_that_lie_in_its_docs():
    assert kit.texts() == {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "docs" / "seminar").glob("*.*"))
    }
