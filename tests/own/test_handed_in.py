"""A page that was handed in is checked: hashes, order, what it prints, the reader's file, its code."""

import json
import re

import pytest
from typer.testing import CliRunner

import frenemies as fr
from heldto.errors import Problem
from heldto.exercises import diary
from heldto.own import handed_in, preregistration
from heldto.publish.cli import app

SENTENCE = "China trades just as much with India as with Russia"
RULE = {"rule": "at_least", "holds": 90, "partly": 67, "unit": "%", "tables": ["economic/trade"]}
CODE = f"""mine = fr.Claim({SENTENCE!r}, rule="at_least", holds=90, partly=67, unit="%", tables=["economic/trade"])
mine.seal()
mine.verdict(40 * 2)"""


@pytest.fixture(autouse=True)
def _beside_the_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "my-answers.json"))


def page(*values, code=CODE, **given):
    """A page with these figures, one after the other."""
    mine = fr.Claim(SENTENCE, **(RULE | given))
    mine.seal()
    for value in values or [80]:
        mine.verdict(value)
    return fr.export(mine, code=code).path


def faults(*asked, **how):
    return [line for line in handed_in.checked(*asked, **how) if line.startswith("NOT")]


def changed(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return path


def data(path, change):
    """The page with its data changed."""
    pattern = re.compile(r'(<script type="application/json" id="seal-data">)(.*?)(</script>)', re.S)
    text = path.read_text(encoding="utf-8")
    entry = json.loads(pattern.search(text)[2])
    change(entry)
    put = json.dumps(entry).replace("<", "\\u003c")
    path.write_text(pattern.sub(lambda one: one[1] + put + one[3], text), encoding="utf-8")
    return path


def test_an_honest_page_is_borne_out_by_its_file_and_by_its_code():
    path = page(80)
    told = handed_in.checked(path, diary.own_file(), run=True)
    assert faults(path, diary.own_file(), run=True) == []
    text = "\n".join(told)
    assert "The hashes fit" in text and "1 figure under this seal: 80." in text
    assert "By the sealed rule the last figure holds partly." in text
    assert "my-answers.json has the same seal." in text and "(1 in all)" in text
    assert "The code on the page gives its figure: 80." in text
    assert told[-1].startswith("No hash can show")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: one.update(time="2026-01-01T00:00:00+00:00"), "NOT as it was sealed"),
        (lambda one: one["given"].pop(), "NOT"),
        (lambda one: one["given"][0].update(value=95.0), "NOT as it was sealed"),
        (lambda one: one["rule"].update(holds=70.0), "NOT as it was sealed"),
        (lambda one: one.update(hash="0" * 64), "NOT as it was sealed"),
    ],
    ids=["time", "figure taken out", "figure", "rule", "hash"],
)
def test_a_page_whose_data_were_changed_is_found_out(change, says):
    path = data(page(60, 80), change)
    assert any(line.startswith(says) for line in faults(path, diary.own_file()))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (f"<h1>{SENTENCE}", "<h1>China trades more with India", "NOT the sealed sentence"),
        ("<dt>Rule</dt><dd>", "<dt>Rule</dt><dd>at least 5 or ", "NOT the sealed rule"),
        ("½ partly", "✓ holds", "NOT printed: By the sealed rule"),
        ('name="sealed-claim" content="', 'name="sealed-claim" content="0', "NOT the same claim"),
    ],
)
def test_a_page_that_prints_another_thing_than_was_sealed_is_found_out(old, new, says):
    path = page(80)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(line.startswith(says) for line in faults(path)), handed_in.checked(path)


def test_a_figure_that_was_given_after_the_export_or_left_out_is_told_by_the_file():
    path = page(60)
    page(95)  # the page written anew, kept elsewhere
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    old = data(path, lambda one: one["given"].pop())
    assert any("NOT all on the page: 1 more" in one for one in faults(old, diary.own_file()))


def test_a_diary_that_was_cut_short_or_is_of_another_is_told(tmp_path):
    page(80, holds=70)
    path = page(80)
    whole = json.loads(diary.own_file().read_text())
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(whole | {"claims": whole["claims"][1:]}))
    assert any("lacks a seal that stood there" in one for one in faults(path, cut))
    cut.write_text(json.dumps(whole | {"claims": whole["claims"][:1]}))
    assert any("no seal there is of this claim" in one for one in faults(path, cut))
    cut.write_text("{")
    assert faults(path, cut) == ["NOT readable: cut.json."]


def test_code_that_gives_another_figure_or_none_is_told():
    other = page(80, code=CODE.replace("40 * 2", "93"))
    assert "NOT the same figure: the code gives 93, the page has 80." in faults(other, run=True)
    failing = page(80, code="1 / 0")
    assert any(
        "NOT run to its figure: ZeroDivisionError" in one for one in faults(failing, run=True)
    )
    assert faults(page(80, code=""), run=True) == ["NOT to be run: no code is on the page."]


@pytest.mark.parametrize(
    "text", ["", "<h1>A page", "\x00\xff", '<script id="seal-data">{}</script>']
)
def test_a_page_that_is_none_of_ours_is_one_sentence(tmp_path, text):
    (tmp_path / "theirs.html").write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match="theirs.html has no seal that can be read"):
        handed_in.checked(tmp_path / "theirs.html")


def test_the_command_ends_with_1_for_a_fault_and_with_2_for_no_page(tmp_path):
    run = CliRunner().invoke
    path = page(80)
    done = run(app, ["prove", str(path), str(diary.own_file())])
    assert done.exit_code == 0 and "The hashes fit" in done.output
    changed(path, "½ partly", "✓ holds", -1)
    assert run(app, ["prove", str(path)]).exit_code == 1
    assert isinstance(run(app, ["prove", "E4", str(path)]).exception, Problem)
    assert isinstance(run(app, ["prove", str(tmp_path / "none.html")]).exception, Problem)


def test_a_seal_that_lay_before_it_in_time_does_not_follow_it():
    path = page(80)

    def backwards(one):
        given = one["given"][0] | {"time": "2020-01-01T00:00:00+00:00"}
        one["given"] = []
        one.update(preregistration.chained(one | {"given": [given]}, one["before"]))

    told = faults(data(path, backwards))
    assert any(line.startswith("NOT in order") for line in told)
