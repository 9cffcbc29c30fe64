"""A page that was handed in is checked: it is drawn anew, its letters are looked for where others received them, its code is run, and it is compared with others."""

import json
import re
import shutil
import time as time_zone
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import frenemies as fr
from heldto.errors import Problem
from heldto.exercises import diary, sealed
from heldto.own import handed_in, outside, rerun
from heldto.own.page_words import Written
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


SHARE = f"""mine = fr.Claim({SENTENCE!r}, rule="at_least", holds=90, partly=67, unit="%", tables=["economic/trade"])
mine.seal()
trade = fr.evidence.table("economic/trade", "then").query("reporter == 'CHN' and year == 2018")
total = trade.groupby("partner").value_usd.sum()
mine.verdict(100 * total["IND"] / total["RUS"])"""


def shared_page():
    """A page whose code computes its figure from the tables."""
    scope = {"fr": fr}
    exec(SHARE, scope)
    return fr.export(scope["mine"], code=SHARE).path


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


def test_an_honest_page_is_borne_out_by_its_data_its_file_and_its_code():
    path = shared_page()
    told = handed_in.checked(path, diary.own_file(), run=True)
    assert [line for line in told if line.startswith("NOT")] == []
    text = "\n".join(told)
    assert "Drawn anew from its data, the page is the same, word by word." in text
    assert "1 figure under this seal: 89.8902." in text
    assert "By the sealed rule the last figure holds partly." in text
    assert "my-answers.json has the same seal; 1 claim in all." in text
    assert "The code on the page gives its figure: 89.8902." in text
    assert "With other figures in the tables the code gives another figure." in text
    assert told[-1].startswith("No program can tell whether the author knew the figure")


def test_a_page_with_all_that_it_can_have_is_drawn_anew():
    mine = fr.Claim(SENTENCE, why="Nine tenths.", measure="China's trade, 2018", **RULE)
    mine.seal()
    mine.verdict(80, since=95, others={"IND": 89.8, "JPN": 300})
    mine.verdict(70, since=float("nan"))
    mine.reading("imports alone", 32)
    mine.cannot("Goods are not services.")
    path = fr.export(mine, fr.economic.partners_picture(), code=["a = 1", "b = '<&>'"]).path
    assert faults(path) == []


@pytest.mark.parametrize("directed", [True, False], ids=["of now", "of before"])
def test_a_page_of_a_fall_is_drawn_anew_also_one_from_before_it_told_the_direction(
    monkeypatch, directed
):
    monkeypatch.setattr(fr.Claim, "directed", directed)
    path = page(-47.2, rule="fall", holds=20, partly=0, code="x")
    text = path.read_text(encoding="utf-8")
    assert ("The figure: a rise of 47.2 %, which counts against a fall." in text) is directed
    assert ("The figure: -47.2 %." in text) is not directed
    assert ('"directed"' in text) is directed
    monkeypatch.undo()
    assert faults(path) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: one.update(time="yesterday"), "NOT as it was sealed"),
        (lambda one: one["given"].pop(), "NOT the last figure: the page has 80"),
        (lambda one: one["given"][1].update(value=95.0), "NOT the last figure: the page has 80"),
        (lambda one: one["page"].update(figures=[95.0]), "NOT the last figure: the page has 95"),
        (lambda one: one["rule"].update(holds=70.0), "NOT as it was sealed"),
        (lambda one: one.update(hash="0" * 64), "NOT as it was sealed"),
        (lambda one: one["page"].pop("why"), "NOT to be drawn anew"),
        (lambda one: one.pop("given"), "NOT given under the seal: the page's figure, 80"),
    ],
    ids=["time", "figure taken out", "figure", "page's figure", "rule", "hash", "no why", "none"],
)
def test_a_page_whose_data_were_changed_is_found_out(change, says):
    path = data(page(60, 80), change)
    assert any(line.startswith(says) for line in faults(path)), handed_in.checked(path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            f"<h1>{SENTENCE}",
            "<h1>China trades more with India",
            "prints “more”, its data give “just as much”",
        ),
        ("<dt>Rule</dt><dd>", "<dt>Rule</dt><dd>at least 5 or ", "prints “at least 5 or”"),
        ("½ partly", "✓ holds", "prints “✓ holds”, its data give “½ partly”"),
        ("80.0 %", "95.0 %", "prints “95.0”, its data give “80.0”"),
        (
            "</main>",
            "<p hidden>½ partly</p></main>",
            "prints “½ partly [hidden]”, its data give nothing",
        ),
        ("<main", '<main style="display:none"', "“[style] display:none”"),
        ("Trade in goods", "", ""),
    ],
    ids=["sentence", "rule", "verdict", "figure", "hidden", "not shown", "nothing"],
)
def test_a_page_that_says_another_thing_than_its_data_is_found_out(old, new, says):
    path = page(80)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    told = faults(path)
    assert any(says in line for line in told) if says else told == []
    assert all(line.startswith("NOT what its data give: ") for line in told)


def test_a_picture_whose_words_were_changed_is_found_out():
    mine = fr.Claim(SENTENCE, **RULE)
    mine.seal(), mine.verdict(80)
    path = fr.export(mine, fr.economic.partners_picture(), code=CODE).path
    assert faults(path) == []
    changed(path, "In 2018 China traded 6.4 times", "In 2018 China traded 9.9 times", -1)
    assert (
        "NOT the pictures that were exported: their words, figures or lines are others."
        in faults(path)
    )


def test_a_picture_whose_digest_was_forged_with_it_is_not_called_checked():
    mine = fr.Claim(SENTENCE, **RULE)
    mine.seal(), mine.verdict(80)
    path = fr.export(mine, fr.economic.partners_picture(), code=CODE).path
    changed(path, "In 2018 China traded 6.4 times", "In 2018 China traded 9.9 times", -1)
    digests = Written(path.read_text(encoding="utf-8")).digests()
    told = handed_in.checked(data(path, lambda entry: entry["page"].update(pictures=digests)))
    assert any(line.startswith("Not checked: 1 picture. No table was compared") for line in told)
    assert not any(line.startswith("Not checked") for line in handed_in.checked(page(80)))


def test_a_picture_whose_lines_were_moved_is_found_out():
    mine = fr.Claim(SENTENCE, **RULE)
    mine.seal(), mine.verdict(80)
    path = fr.export(mine, fr.economic.partners_picture(), code=CODE).path
    text = path.read_text(encoding="utf-8")
    at = text.index(' d="', text.index("<svg", text.index('class="pictures"')))
    path.write_text(f'{text[:at]} d="M 0 0 {text[at + 4 :]}', encoding="utf-8")
    assert any(line.startswith("NOT the pictures that were exported") for line in faults(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" script-src ", " script-src &#39;unsafe-inline&#39; "),
        ("</body>", "<script>document.body.textContent = 'holds'</script></body>"),
        ("</style>", ".sides{font-size:0}.sides::after{content:'holds';font-size:1rem}</style>"),
        ('<p class="sides">', '<p class="sides of-another">'),
        ("</body>", "<style>main{display:none}</style></body>"),
    ],
    ids=["policy", "script", "style", "class", "second style"],
)
def test_a_page_that_would_show_other_words_is_found_out(old, new):
    path = page(80)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert faults(path) == [
        "NOT written as its data give it: an element, a style or a script is another."
    ]


SHEET = '<div style="position:fixed;inset:0;background:white"><h1>Verdict: holds</h1></div>'
IN_FRAME = '<iframe srcdoc="&lt;h1&gt;holds&lt;/h1&gt;"></iframe>'
WORDS_BESIDE = [  # what a browser shows, and where it was put
    ("<body class=", f'<div class="pictures">{SHEET}</div>', "after"),
    ("<body class=", f'<div id="bar">{SHEET}</div>', "after"),
    ("<body class=", "<!--> <h1>Verdict: holds</h1> -->", "after"),
    ("<body class=", "<!-- --!> <h1>Verdict: holds</h1> -->", "after"),
    ("<body class=", "<![CDATA[ > <h1>Verdict: holds</h1> ]]>", "after"),
    ('<div class="pictures">', "<h1>Verdict: holds</h1>", "in"),
    ('<div class="pictures">', IN_FRAME, "in"),
    ('<div class="pictures">', '<img src="x" onerror="document.title = 1">', "in"),
    ('<div class="pictures">', '<link rel="stylesheet" href="x.css">', "in"),
    ('<div class="bar-body">', "<h1>Verdict: holds</h1>", "in"),
]


@pytest.mark.parametrize(("place", "words", "where"), WORDS_BESIDE)
def test_nothing_but_pictures_stands_among_the_pictures_and_switches(place, words, where):
    mine = fr.Claim(SENTENCE, **RULE)
    mine.seal(), mine.verdict(80)
    path = fr.export(mine, fr.economic.partners_picture(), code=CODE).path
    assert faults(path) == []
    text = path.read_text(encoding="utf-8")
    end = text.index(">", text.index(place)) + 1
    path.write_text(text[:end] + words + text[end:], encoding="utf-8")
    assert faults(path) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<aside class="bar"', '<aside class="shown" class="bar"'),
        ("hidden>", ">"),
        ("China", "Verdict: holds"),
    ],
    ids=["class", "shown", "name"],
)
def test_the_bar_of_a_page_is_the_one_that_its_data_give(old, new):
    mine = fr.Claim(SENTENCE, **RULE)
    mine.seal(), mine.verdict(80)
    path = fr.export(mine, fr.economic.partners_picture(), code=CODE).path
    text = path.read_text(encoding="utf-8")
    start = text.index('<aside class="bar"')
    assert old in text[start:]
    path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    assert any("beside its pictures" in line or "written" in line for line in faults(path))


def test_lines_may_end_as_mail_ends_them():
    path = page(80)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(path) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: one.pop("page"), "NOT to be drawn anew from its data: what the page is drawn"),
        (lambda one: one["rule"].update(more=1), "NOT to be drawn anew from its data: the rule is"),
    ],
    ids=["no page", "another rule"],
)
def test_data_that_leave_nothing_to_compare_are_a_fault(change, says):
    def rehashed(entry):
        change(entry)
        entry["hash"] = sealed.seal_digest(entry)

    path = data(page(80), rehashed)
    assert any(line.startswith(says) for line in faults(path)), handed_in.checked(path)


def test_a_page_of_another_version_is_not_called_the_same():
    path = changed(page(80), 'content="frenemies 1', 'content="frenemies 91')
    assert any(line.startswith("NOT compared: version 91") for line in faults(path))


def test_a_figure_that_was_given_after_the_export_or_left_out_is_told_by_the_file():
    path = page(60)
    kept = path.read_bytes()
    page(95)
    path.write_bytes(kept)
    assert any("NOT all on the page: 1 more" in one for one in faults(path, diary.own_file()))


def test_a_file_that_is_of_another_or_cannot_be_read_is_told(tmp_path):
    page(80, holds=70)
    path = page(80)
    whole = json.loads(diary.own_file().read_text())
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(whole | {"claims": whole["claims"][:1]}))
    assert any("no seal there is of this claim" in one for one in faults(path, cut))
    cut.write_text("{")
    assert faults(path, cut) == ["NOT readable: cut.json."]


# Time


def at(passed):
    return (datetime.now(UTC) + passed).isoformat(timespec="seconds")


def timed(path, sealed_at, judged_at):
    def change(one):
        one["time"] = sealed_at
        one["judged"] = one["given"][0]["time"] = judged_at

    return data(path, change)


def test_a_time_that_is_yet_to_come_and_a_figure_before_the_seal_are_faults():
    path = timed(page(80), at(timedelta(days=900)), at(timedelta(days=901)))
    assert any(line.startswith("NOT yet: a time of the page, ") for line in faults(path))
    path = timed(page(80), at(timedelta()), "2020-01-01T00:00:00+00:00")
    assert any(line.startswith("NOT in order") for line in faults(path))


LETTERS = fr.Claim(SENTENCE, **RULE).letters


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{before} Kim: my seal is {letters}.", "before the first figure."),
        ("Kim, {before}\n\nmy seal\n{LETTERS}", "before the first figure."),
        ("{before} Kim: {letters}\n{late} Kim again: {letters}", "before the first figure."),
        ("{late} Kim: {letters}", "NOT before the figure: "),
        ("{long_before} Kim: {letters}", "NOT by one clock: "),
        ("{late} Kim: I had sealed this on {before}: {letters}", "NOT before the figure: "),
        ("Kim: {letters}", "NOT dated: "),
        ("{before} Kim: {letters}0, aaaaaaaaaaaa", "NOT in chat.txt: the letters"),
    ],
    ids=["in time", "capitals", "twice", "late", "clock", "typed", "no time", "another"],
)
def test_letters_that_others_received_are_compared_with_the_times_of_the_page(tmp_path, text, says):
    sealed_at, judged_at = at(-timedelta(hours=3)), at(-timedelta(hours=1))
    path = timed(page(80), sealed_at, judged_at)
    times = {
        "before": at(-timedelta(hours=2)),
        "late": at(-timedelta(minutes=5)),
        "long_before": at(-timedelta(days=30)),
    }
    chat = tmp_path / "chat.txt"
    chat.write_text(text.format(letters=LETTERS, LETTERS=LETTERS.upper(), **times))
    told = "\n".join(handed_in.checked(path, received=chat))
    assert says in told
    bad = [line for line in told.splitlines() if line.startswith("NOT") and "what its" not in line]
    assert bool(bad) is says.startswith("NOT")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[02.12.26, 23:59:10] anna: sealed at {before} {letters}", "“02.12.26” may be its own"),
        ("02/12/2026, 23:59 - anna: {letters} {before}", "“02/12/2026” may be its own stamp"),
        ("Heute 23:59 anna: mine is\n{before} {letters}", "“23:59” may be its own stamp"),
        ("anna sealed at {before} this: {letters}", "the only time there is amid words"),
        ("{before} Kim: hello\nmy letters {letters}\n", "stands in a line above the letters"),
        (
            "{before} Kim: {letters} (edited)",
            "its post says “edited”. A post that was edited after",
        ),
        ("Kim, {before}\nmine: {letters}\nLast Edited {late}\n", "its post says “Edited”."),
        ("{early} Ann (bearbeitet): hello\n{before} Kim: {letters}", ""),
        ("{before} Kim: {letters}", ""),
    ],
)
def test_a_time_that_its_author_may_have_typed_is_not_believed_in_silence(tmp_path, text, says):
    path = timed(page(80), at(-timedelta(hours=3)), at(-timedelta(hours=1)))
    chat = tmp_path / "chat.txt"
    hours = {"early": 3, "before": 2, "late": 0.5}
    times = {name: at(-timedelta(hours=ago)) for name, ago in hours.items()}
    chat.write_text(text.format(letters=LETTERS, **times))
    told = "\n".join(handed_in.checked(path, received=chat))
    assert says in told
    assert says or not any(word in told for word in ("yourself", "line above"))


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("2026-12-01T10:05:00+01:00", "2026-12-01T09:05"),
        ("2026-12-01 10:05 UTC, Kim", "2026-12-01T10:05"),
        ("[2026-12-01, 10:05:30Z] Kim", "2026-12-01T10:05"),
        ("Tuesday, 1 December 2026, 3:05 PM", "2026-12-01T15:05"),
        ("1 December 2026, 15:05", "2026-12-01T15:05"),
        (
            "Kim, 1 December 2026, 15:05\nsince 2026-11-20 10:05 UTC this is mine:",
            "2026-12-01T15:05",
        ),
        ("2026-13-01 10:05 UTC", None),
        ("no time", None),
    ],
)
def test_times_are_read_as_messages_and_forums_write_them(line, time, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time_zone.tzset()
    (found,) = outside._read(f"{line}\n{LETTERS}")
    assert (found.time and found.time.isoformat()[:16]) == time


def test_a_file_of_messages_is_read_once_for_a_class(tmp_path, monkeypatch):
    folder, chat, read = tmp_path / "class", tmp_path / "chat.txt", []
    folder.mkdir()
    for name in ("ana", "ben"):
        shutil.copy(page(80), folder / f"{name}.html")
    monkeypatch.setattr(outside, "received", lambda path: read.append(path) or [])
    told = "\n".join(handed_in.checked_folder(folder, chat))
    assert read == [chat] and told.count("NOT in chat.txt") == 2


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(Problem, match="name the file in which the letters were received"):
        handed_in.checked(page(80), received=tmp_path / "none.txt")


def test_a_file_of_messages_that_is_too_large_is_not_read(tmp_path):
    large = tmp_path / "forum.txt"
    with large.open("wb") as file:
        file.truncate(outside.LARGEST + 1)
    with pytest.raises(Problem, match="forum.txt has more than 20 MB: save the text alone"):
        handed_in.checked(page(80), received=large)


# Its code


def test_code_that_gives_another_figure_none_or_a_typed_one_is_told():
    typed = page(80)
    assert faults(typed, run=True) == [
        "NOT computed: with other figures in the tables the code gives the same: it is typed."
    ]
    other = page(80, code=CODE.replace("40 * 2", "93"))
    assert "NOT the same figure: the code gives 93, the page has 80." in faults(other, run=True)
    failing = page(80, code="1 / 0")
    assert any(
        "NOT run to its figure: ZeroDivisionError" in one for one in faults(failing, run=True)
    )
    assert faults(page(80, code=""), run=True) == ["NOT to be run: no code is on the page."]


def with_more(**verdict):
    """A page whose code gives a reading and another actor's figure beside its own."""
    more = SHARE.replace(
        'mine.verdict(100 * total["IND"] / total["RUS"])',
        'mine.verdict(100 * total["IND"] / total["RUS"], others={"JPN": 100 * total["JPN"] / total["RUS"]})\n'
        'mine.reading("Germany", 100 * total["DEU"] / total["RUS"])',
    )
    scope = {"fr": fr}
    exec(more, scope)
    for old, new in verdict.items():
        exec(f"mine.{old}({new})", scope)
    return fr.export(scope["mine"], code=more).path


def test_a_reading_and_another_actor_that_the_code_does_not_give_are_told():
    assert faults(with_more(), run=True) == []
    (reading,) = faults(with_more(reading='"imports alone", 93.0'), run=True)
    assert reading.startswith(
        "NOT the same reading “imports alone”: the code gives none, the page has 93"
    )
    figure = 'mine.card.then.finding.value, others={"JPN": 12.0}'
    *_, other = faults(with_more(verdict=figure), run=True)
    assert "NOT the same other actor “JPN”: the code gives" in other and "the page has 12" in other


def test_a_typed_figure_since_reading_or_other_actor_beside_a_computed_figure_is_told():
    figure = 'mine.verdict(100 * total["IND"] / total["RUS"]'
    typed = SHARE.replace(f"{figure})", f"{figure}, since=171.3, others={{'JPN': 314.5}})")
    scope = {"fr": fr}
    exec(typed := f'{typed}\nmine.reading("imports alone", 43.21)', scope)
    told = faults(fr.export(scope["mine"], code=typed).path, run=True)
    stays = "NOT computed: with other figures in the tables {} stays {}: it is typed."
    assert told == [
        stays.format("the figure since", "171.3"),
        stays.format("the reading “imports alone”", "43.21"),
        stays.format("the other actor “JPN”", "314.5"),
    ]


def test_a_typed_reading_is_told_where_a_file_that_decides_nothing_lies_beside_the_page():
    Path("idle.csv").write_text("a\n1\n")
    typed = f'import pandas as pd\nprint(len(pd.read_csv("idle.csv")))\n{SHARE}\nmine.reading("imports alone", 43.21)'
    scope = {"fr": fr}
    exec(typed, scope)
    path = fr.export(scope["mine"], code=typed).path
    Path("idle.csv").rename(path.parent / "idle.csv")
    (stays,) = [line for line in handed_in.checked(path, run=True) if "stays" in line]
    assert stays == (
        "Read this: with other figures in the tables the reading “imports alone” stays 43.21: it is "
        "typed, or comes from idle.csv."
    )


def test_a_typed_figure_with_a_crumb_of_a_table_is_told():
    crumb = SHARE.replace(
        'mine.verdict(100 * total["IND"] / total["RUS"])', 'mine.verdict(80 + 1e-20 * total["IND"])'
    )
    scope = {"fr": fr}
    exec(crumb, scope)
    told = handed_in.checked(fr.export(scope["mine"], code=crumb).path, run=True)
    assert any("gives nearly the same" in line and "Read it" in line for line in told)


OWN_FIGURES = f"""import pandas as pd
mine = fr.Claim({SENTENCE!r}, rule="at_least", holds=90, partly=67, unit="%")
mine.seal()
frame = FRAME
mine.verdict(frame["share"].mean())"""


def told_of_own(frame, has_file=True):
    """What is told of a page with figures of its author's own, run where its file may lie."""
    code, scope = OWN_FIGURES.replace("FRAME", frame), {"fr": fr}
    Path("visits.csv").write_text("share\n80\n84\n")
    exec(code, scope)
    path = fr.export(scope["mine"], code=code).path
    Path("visits.csv").rename(path.parent / "visits.csv" if has_file else "elsewhere.csv")
    return [line for line in handed_in.checked(path, run=True) if "code" in line]


def test_code_whose_file_did_not_come_with_the_page_is_neither_a_fault_nor_a_proof(
    tmp_path, monkeypatch
):
    (tmp_path / "at work").mkdir()
    monkeypatch.chdir(tmp_path / "at work")
    assert told_of_own('pd.read_csv("visits.csv")', has_file=False) == [
        "The code was not run: a file did not come with it (visits.csv). Ask for it, put it beside "
        "the page and run again."
    ]
    same, moved = told_of_own('pd.read_csv("visits.csv")')
    assert same == "The code on the page gives its figure: 82."
    assert moved.startswith("With other figures in the tables the code gives the same. It reads")
    assert "(visits.csv), which the second run leaves as it is" in moved


def test_figures_that_are_the_authors_own_are_not_called_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    *_, own = told_of_own('pd.DataFrame({"share": [80, 84]})')
    assert own.startswith("The code reads no table of ours: its figures are the author's own")
    (typed,) = faults(page(80), run=True)
    assert typed.startswith("NOT computed")


def test_a_line_in_brackets_that_begins_like_a_magic_is_run_and_a_magic_is_not():
    sums = "even = (\n    7\n    % 4 == 3\n)\nother = (\n    'A'\n    != 'B'\n)\n"
    cell = "%matplotlib inline\nif True:\n    !echo\n" + sums + CODE
    ran = rerun.rerun(
        [cell.replace("40 * 2", "80 * even * other")], fr.Claim(SENTENCE, **RULE).hash
    )
    assert [one["value"] for one in ran.figures] == [80], ran.errors


def test_the_code_of_others_gets_no_variable_of_ours(monkeypatch):
    monkeypatch.setenv("A_SECRET", "x")
    peek = "import os\n" + CODE.replace("40 * 2", "80 if 'A_SECRET' not in os.environ else 1")
    ran = rerun.rerun([peek], fr.Claim(SENTENCE, **RULE).hash)
    assert [one["value"] for one in ran.figures] == [80], ran.errors


def test_each_figure_of_the_tables_is_a_little_more_and_what_names_a_row_stays(tmp_path):
    folder = rerun._changed(tmp_path / "data")
    was, now = (
        pd.read_csv(place / "economic" / "trade.csv") for place in (rerun.data_dir(), folder)
    )
    ratio = (now.value_usd / was.value_usd)[was.value_usd > 1e6]
    assert ratio.min() > 1 and ratio.max() < 1.101 and ratio.round(5).nunique() >= rerun.STEPS
    same = ["reporter", "partner", "year", "flow", "imputed"]
    assert now[same].equals(was[same])


# The pages of a class


def test_pages_of_a_class_that_share_a_seal_or_a_figure_are_named(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()

    def hand_in(name, path):
        (folder / name).write_bytes(path.read_bytes())

    hand_in("a.html", page(88.61234))
    hand_in("b.html", folder / "a.html")
    hand_in("c.html", page(70))
    hand_in("d.html", page(88.61234, holds=95))
    hand_in("e.html", page(70, holds=96))
    (folder / "notes.html").write_text("<h1>Notes")
    told = handed_in.checked_folder(folder)
    assert "NOT two pages: a.html and b.html are the same file." in told
    same = [line for line in told if line.startswith("NOT two seals: ")]
    assert len(same) == 2 and all("c.html have the same claim and rule" in line for line in same)
    figures = [line for line in told if line.startswith("NOT two figures: ")]
    assert len(figures) == 3 and "88.61234" in figures[0]  # 70 is a figure of anybody
    assert any("notes.html: passed over: " in line for line in told)
    assert "a.html: no fault." in told and told[-2].startswith("5 pages; ")
    with pytest.raises(Problem, match="has no page that fr.export wrote"):
        handed_in.checked_folder(tmp_path / "none")


def test_letters_are_looked_for_for_each_page_of_a_folder(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.html").write_bytes(page(80).read_bytes())
    chat = tmp_path / "chat.txt"
    chat.write_text("nothing")
    (line, *_) = handed_in.checked_folder(folder, chat)
    assert line.startswith("a.html: NOT in chat.txt: the letters ")


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
    assert done.exit_code == 0 and "Drawn anew from its data" in done.output
    chat = tmp_path / "chat.txt"
    chat.write_text(f"{at(timedelta())} {LETTERS}")
    assert run(app, ["prove", str(path), "--sealed", str(chat)]).exit_code == 0
    done = run(app, ["prove", str(tmp_path)])
    assert done.exit_code == 0 and "1 page; 0 things that two share." in done.output
    changed(path, "½ partly", "✓ holds", -1)
    assert run(app, ["prove", str(path)]).exit_code == 1
    assert run(app, ["prove", str(tmp_path)]).exit_code == 1
    assert isinstance(run(app, ["prove", str(tmp_path), "--run"]).exception, Problem)
    assert isinstance(run(app, ["prove", "E4", str(path)]).exception, Problem)
    assert isinstance(run(app, ["prove", "E4", "--sealed", str(chat)]).exception, Problem)
    assert isinstance(run(app, ["prove", str(tmp_path / "none.html")]).exception, Problem)
