"""Predictions: kept on disk, first one counts, nothing lost by two kernels or a broken file, scored against the ledger."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import sample_readings
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import frenemies as fr
from heldto import claims, exercises, stored
from heldto.claims import card
from heldto.claims import ledger as ledger_of
from heldto.errors import Problem
from heldto.exercises import diary, guesses, intake, line, score


@pytest.fixture(autouse=True)
def _a_new_kernel(monkeypatch):
    for forms in ("_RULINGS", "_ASKED", "_NOT_KEPT", "LISTENERS"):
        monkeypatch.setattr(guesses, forms, {})


RULED = (
    "As known in August 2019",
    "The verdict would flip",
    "partly",
)  # what gives the verdict on E1 away


def test_another_in_an_actor_s_place_is_no_guess_and_no_verdict_of_the_ledger():
    before = ledger_of.entry("E3"), diary.load_answers(), str(fr.progress("economic"))
    shown = fr.verdict("E3", RUS="IND")
    data, metadata = shown._repr_mimebundle_()
    assert isinstance(shown, card.VerdictCard) and "Not the article's claim" in data["text/plain"]
    assert stored.metadata_of({"metadata": metadata})["kind"] == "swapped"
    assert 'id="verdict-' not in data["text/html"] and not guesses._RULINGS
    assert before == (ledger_of.entry("E3"), diary.load_answers(), str(fr.progress("economic")))


def test_a_guess_in_code_is_kept_and_gives_nothing_away():
    shown = fr.guess("e1", "Holds", 80)
    assert score.recorded()[["claim", "verdict", "sure"]].to_numpy().tolist() == [
        ["E1", "holds", 80]
    ]
    assert repr(shown) == "Recorded: holds, 80 %. Go on below."
    assert shown._repr_html_() == "<p>Recorded: holds, 80 %. Go on below.</p>"


def test_the_first_guess_counts():
    fr.guess("E1", "holds", 80)
    later = fr.guess("E1", "fails", 100)
    assert score.recorded().verdict.tolist() == ["holds"] and "holds, 80 %" in later.text
    assert len(diary.load_answers()["guesses"]) == 2


ODD = [
    *[("hold", 50, "Did you mean holds"), ("maybe", 50, "choose fails, holds")],
    *[("holds", 120, "A blind guess"), ("holds", "very", "A blind guess"), ("holds", None, "100")],
]


@pytest.mark.parametrize(("verdict", "sure", "says"), ODD)
def test_an_odd_guess_is_refused_in_words(verdict, sure, says):
    with pytest.raises(Problem, match=says):
        score.record_guess("E1", verdict, sure)
    assert score.recorded().empty


def test_an_unknown_claim_is_refused():
    with pytest.raises(claims.UnknownClaim):
        fr.guess("Z9")


def test_a_form_records_once_and_gives_nothing_away():
    shown = fr.guess("E1")
    assert shown.said.value == ""
    shown.record()
    assert "Choose a verdict" in shown.said.value and score.recorded().empty
    shown.verdict.value, shown.sure.value = "holds", 65
    shown.record()
    assert shown.said.value == "<p>Recorded: holds, 65 %. Go on below.</p>"
    assert shown.verdict.disabled and shown.sure.disabled
    assert shown.button.description == "Recorded" and shown.verdict.disabled


def test_asked_again_a_form_shows_what_was_said_and_keeps_it():
    fr.guess("E1", "partly", 65)
    again = fr.guess("E1")
    assert (again.verdict.value, again.sure.value, again.verdict.disabled) == ("partly", 65, True)
    assert "You said partly, 65 % sure. Your guess is saved" in again.said.value


def test_a_form_asks_once_more_after_a_discussion_and_the_first_guess_stays():
    shown = fr.guess("E1")
    shown.verdict.value, shown.sure.value = "holds", 65
    shown.record()
    assert shown.line.children[-1].description == "Guess again"
    shown.later.click()
    assert (shown.verdict.value, shown.verdict.disabled, shown.sure.disabled) == (
        None,
        False,
        False,
    )
    assert shown.said.value == "<p>Recorded: holds, 65 %, which stays. What do you say now?</p>"
    assert shown.button.description == "Record my second guess"
    shown.later.click()  # and back
    assert (shown.verdict.value, shown.sure.value, shown.verdict.disabled) == ("holds", 65, True)
    assert shown.said.value == "<p>Recorded: holds, 65 %. Go on below.</p>"
    shown.later.click()
    shown.record()
    assert "Choose a verdict" in shown.said.value and shown.asks_again
    shown.verdict.value, shown.sure.value = "fails", 90
    shown.record()
    told = "Recorded: holds, 65 %; then: fails, 90 %. Go on below."
    assert shown.said.value == f"<p>{told}</p>"
    assert shown.button.description == "Recorded" and shown.later not in shown.line.children
    assert score.predicted("E1") == (("holds", 65), ("fails", 90))
    assert score.recorded().verdict.tolist() == ["holds"]
    assert [one["verdict"] for one in diary.load_answers()["again"]] == ["fails"]
    assert [line.meaning(one["E1"])[0] for one in line.rounds(diary.load_answers()).values()] == [
        "holds",
        "fails",
    ]
    later = fr.guess("E1")  # another day
    assert "You said holds, 65 % sure; then fails, 90 % sure." in later.said.value
    assert later.verdict.value == "fails" and later.later not in later.line.children
    ruled = BeautifulSoup(fr.verdict("E1").said.value, "html.parser").select_one(".ruling")
    assert ruled.get_text().startswith(
        "You said holds, 65 % sure; then fails, 90 % sure. The figures say"
    )


def test_who_has_seen_the_verdict_is_not_asked_again():
    shown = fr.guess("E1")
    shown.verdict.value = "holds"
    shown.record()
    shown.later.click()
    fr.verdict("E1")  # it opens, below a guess
    assert shown.later not in shown.line.children and shown.verdict.disabled
    assert shown.said.value == "<p>Recorded: holds, 50 %. Go on below.</p>"
    run_again = fr.guess("E1")
    assert run_again.later not in run_again.line.children


def is_state(button):
    """Whether a button looks like text: it says what has been done, and does nothing more."""
    return "heldto-state" in button._dom_classes


def test_one_of_several_claims_is_asked_again():
    shown = fr.guess(["E2", "E10"])
    for row in shown.rows:
        row.verdict.value = "holds"
    shown.record()
    assert shown.button.description == "All recorded" and is_state(shown.button)
    shown.rows[1].later.click()
    assert shown.button.description == "Record them all" and not is_state(shown.button)
    shown.rows[1].verdict.value = "partly"
    shown.record()
    assert shown.button.description == "All recorded"
    assert score.predicted("E2") == (("holds", 50),)
    assert score.predicted("E10") == (("holds", 50), ("partly", 50))


def test_several_claims_are_guessed_in_one_form_each_or_all_at_once():
    shown = fr.guess(["e2", "E10"])
    union, four = shown.rows
    union.verdict.value = "holds"
    union.record()
    assert score.recorded().claim.tolist() == ["E2"] and four.said.value == ""
    shown.record()
    assert "Recorded: holds, 50 %" in union.said.value and "Choose a verdict" in four.said.value
    four.verdict.value, four.sure.value = "fails", 90
    shown.record()
    assert len(diary.load_answers()["guesses"]) == 2 and score.predicted("E10") == (("fails", 90),)
    assert "Recorded: fails, 90 %. Go on below." in four.said.value


def test_a_form_for_several_is_stored_as_a_question_and_is_their_forms_in_a_handout():
    fr.guess("E2", "fails", 95)
    with stored.pages():
        data, about = fr.guess(["E2", "E10"])._repr_mimebundle_()
    assert about["frenemies"] == {"kind": "guess", "claim": "E2 E10", "page": True}
    assert data["text/plain"].startswith("Your verdicts on E2 and E10\nE2: ")
    assert data[stored.PAGE] == guesses.guess_page("E2") + guesses.guess_page("E10")
    assert not [text for text in data.values() if "95" in text]


def test_a_verdict_stands_below_what_the_reader_said():
    fr.guess("E1", "holds", 70)
    said = fr.verdict("e1").said.value
    card = BeautifulSoup(said, "html.parser").select_one("details.verdict[open]:not([id])")
    line = card.select_one(".ruling").get_text()
    assert line == "You said holds, 70 % sure. The figures say ½ partly."
    assert "As known in August 2019" in said


def test_a_verdict_that_rests_on_documents_alone_is_what_they_say():
    fr.guess("F6", "fails", 60)
    for page in (fr.verdict("F6").said.value, card.VerdictCard("F6").to_html()):
        said = BeautifulSoup(page, "html.parser").select_one(".ruling").get_text()
        assert said.endswith("The documents say ✓ holds.")


def test_a_verdict_asked_for_before_a_guess_asks_for_one_and_opens_all_the_same():
    fr.verdict("E1")
    waiting = fr.verdict("E1")  # as when all cells are run twice
    assert "You have not guessed yet" in waiting.said.value
    assert not [word for word in RULED if word in waiting.said.value]
    waiting.button.click()
    assert "You said" not in waiting.said.value and "The figures say" in waiting.said.value
    assert waiting.opened and waiting.button.layout.display == "none"
    assert "The figures say" in fr.verdict("E1").said.value  # it stays open


def test_a_waiting_verdict_hears_of_the_guess_and_still_waits():
    waiting = fr.verdict("E1")
    fr.guess("E1", "fails", 30)
    assert waiting.said.value == "<p>You said fails, 30 % sure.</p>"
    waiting.button.click()
    assert "You said <b>fails</b>, 30 % sure. The figures say" in waiting.said.value


def test_the_other_readings_of_an_open_verdict_are_drawn_at_a_click(monkeypatch):
    sample_readings.put(monkeypatch)
    form = fr.verdict("E4")
    closed = form.children
    form.reveal()
    (draw,) = form.children[len(closed) :]
    draw.click()
    (shown,) = form.children[len(closed) :]
    assert shown.picture.title.startswith("E4: 12 of 30 readings hold")
    form.reveal()
    assert form.children == (*closed, shown)
    decided = fr.verdict("G5")
    closed = decided.children
    decided.reveal()
    assert decided.children == closed


def test_then_and_since_are_told_apart():
    different = next(code for code in ledger_ids() if both_words(code)[0] != both_words(code)[1])
    fr.guess(different, "holds", 50)
    then, since = both_words(different)
    said = BeautifulSoup(fr.verdict(different).said.value, "html.parser").select_one(".ruling")
    assert [tag.get_text()[2:] for tag in said.select(".tag")] == [then, since]
    assert "of August 2019 say" in said.get_text() and said.select_one(".since > .tag")


def ledger_ids():
    return list(ledger_of.table().index)


def both_words(claim):
    return [side.verdict for side in ledger_of.both(claim)]


def test_printed_a_verdict_is_its_lines_whatever_was_said():
    lines = repr(fr.verdict("E1"))
    fr.guess("E1", "fails", 95)
    assert repr(fr.verdict("E1")) == lines == "\n".join(card.VerdictCard("E1").lines())


def test_what_is_stored_of_a_verdict_is_its_closed_card_and_nobodys_answer():
    with stored.pages():
        before = fr.verdict("E1")._repr_mimebundle_()
    fr.guess("E1", "fails", 95)
    with stored.pages():
        after = fr.verdict("E1")._repr_mimebundle_()
    kept = ("text/html", "text/plain", stored.PAGE)
    assert [before[0][kind] for kind in kept] == [after[0][kind] for kind in kept]
    about = before[1]["frenemies"]
    assert "verdict.css" in about.pop(stored.SHEETS)
    assert about == {"kind": "verdict", "claim": "E1", "page": True}
    closed = '<details class="verdict" data-bar="handout" id="verdict-E1"><summary>'
    assert closed in before[0][stored.PAGE]


def test_what_is_stored_of_a_guess_holds_nobodys_answer():
    with stored.pages():
        before = fr.guess("E1")._repr_mimebundle_()[0]
        fr.guess("E1", "fails", 95)
        after = fr.guess("E1")._repr_mimebundle_()[0]
    kept = ("text/html", "text/plain", stored.PAGE)
    assert [before[kind] for kind in kept] == [after[kind] for kind in kept]
    assert (
        before[stored.PAGE].count('type="radio"') == 4 and 'data-claim="E1"' in before[stored.PAGE]
    )
    assert not [kind for kind in kept if "95" in after[kind]]


def frame(*rows):
    return pd.DataFrame(rows, columns=["claim", "verdict", "sure", "time"])


@pytest.fixture
def ledger(monkeypatch):
    verdicts = {"E1": "partly", "E2": "holds", "E3": "fails", "E4": "undecided"}
    monkeypatch.setattr(
        score.guessed, "judge", lambda claim, vintage: type("V", (), {"verdict": verdicts[claim]})
    )


def test_agreement_brier_and_calibration_by_hand(ledger):
    found = score.score(
        frame(
            ("E1", "partly", 90, ""),
            ("E2", "fails", 80, ""),
            ("E3", "fails", 50, ""),
            ("E4", "holds", 30, ""),
        )
    )
    assert found.table.agrees.tolist() == [
        True,
        False,
        True,
        False,
    ] and found.table.computed.tolist() == ["partly", "holds", "fails", "undecided"]
    assert found.agreement == 0.5
    assert found.brier == pytest.approx((0.1**2 + 0.8**2 + 0.5**2 + 0.3**2) / 4)
    assert found.calibration.to_numpy().tolist() == [
        ["under 40 %", 1, 0.3, 0.0],
        ["40-59 %", 1, 0.5, 1.0],
        ["80 % and more", 2, pytest.approx(0.85), 0.5],
    ]


def test_half_sure_of_everything_scores_a_quarter(ledger):
    assert score.score(frame(("E1", "partly", 50, ""), ("E2", "fails", 50, ""))).brier == 0.25


def test_no_predictions_no_score():
    found = score.score(score.recorded())
    assert (
        found.agreement is None
        and found.brier is None
        and found.calibration.empty
        and found.table.empty
    )


def test_score_against_the_real_ledger():
    fr.guess("M8", "holds", 100)
    assert score.score(score.recorded()).brier == 0
    assert score.score(score.recorded(), "since").agreement == 1


def gathered(folder):
    """The first guesses of a class."""
    return intake.first_guesses(intake.gather_room(folder))


def test_a_class_is_gathered_from_a_folder(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    for name, verdict in (("ana", "holds"), ("ben", "fails")):
        score.record_guess("E1", verdict, 70, folder / f"{name}.json")
    (folder / "shopping.json").write_text('["milk"]')
    (folder / "broken.json").write_text("{")
    (folder / "d.json").mkdir()
    (folder / "cleo.json").write_text(json.dumps({"guesses": [GOOD, *UNSOUND], "exercises": {}}))
    before = (folder / "cleo.json").read_text()
    found = gathered(folder)
    assert found[["reader", "claim", "verdict", "sure"]].to_numpy().tolist() == [
        ["ana", "E1", "holds", 70],
        ["ben", "E1", "fails", 70],
        ["cleo", "E1", "holds", 80],
    ]
    none = "skipped, because it is not a reader's file and has no line for the class."
    assert intake.gather_room(folder).told == [
        "broken.json: skipped, because it is damaged: it was cut off or changed. "
        "Ask for the file again.",
        f"cleo.json: these entries cannot be read: {len(UNSOUND)}. The others count.",
        f"shopping.json: {none}",
    ]
    assert (folder / "broken.json").read_text() == "{"
    assert (folder / "cleo.json").read_text() == before
    assert score.score(found).table.shape[0] == 3 and 0 <= score.score(found).brier <= 1


def test_what_moodle_packs_is_read_folder_by_folder(tmp_path):
    course = tmp_path / "class" / "Course-42"
    for name, verdict in (("Ana Ruiz_11", "holds"), ("Ben Ode_12", "fails"), ("Cy_13", "")):
        (course / f"{name}_assignsubmission_file_").mkdir(parents=True)
        if verdict:
            file = course / f"{name}_assignsubmission_file_" / "my-answers.json"
            score.record_guess("E1", verdict, 70, file)
    (course / "__MACOSX").mkdir()
    (course / "__MACOSX" / "._my-answers.json").write_text("x")
    score.record_guess("E1", "partly", 70, tmp_path / "class" / "dora.json")
    (tmp_path / "class" / ".ipynb_checkpoints").mkdir()
    score.record_guess("E1", "partly", 70, tmp_path / "class" / ".ipynb_checkpoints" / "dora.json")
    found = gathered(tmp_path / "class")
    assert found[["reader", "verdict"]].to_numpy().tolist() == [
        ["Course-42/Ana Ruiz_11", "holds"],
        ["Course-42/Ben Ode_12", "fails"],
        ["dora", "partly"],
    ]
    assert intake.gather_room(tmp_path / "class").told == []
    shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path / "class")
    packed = gathered(tmp_path / "all.zip")  # as Moodle hands it out
    assert {*packed["reader"]} == {*found["reader"]}


def test_two_readers_of_one_name_stay_two(tmp_path):
    (tmp_path / "ana").mkdir()
    score.record_guess("E1", "holds", 70, tmp_path / "ana.json")
    score.record_guess("E1", "fails", 71, tmp_path / "ana" / "my-answers.json")
    assert gathered(tmp_path)["reader"].tolist() == ["ana", "ana-2"]


def test_a_file_that_came_twice_is_one_reader(tmp_path):
    score.record_guess("E1", "holds", 70, tmp_path / "ana.json")
    (tmp_path / "ana-1.json").write_bytes((tmp_path / "ana.json").read_bytes())
    assert gathered(tmp_path)["reader"].tolist() == ["ana-1"]
    told = intake.gather_room(tmp_path).told
    assert told == ["ana.json: it is the same as ana-1.json, so it is counted once."]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_a_device_and_a_file_that_is_too_large_are_left_out_in_a_line_each(tmp_path):
    score.record_guess("E1", "holds", 70, tmp_path / "ana.json")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    (tmp_path / "far.json").symlink_to("ana-elsewhere")
    with open(tmp_path / "large.json", "wb") as file:
        file.truncate(diary.LARGEST + 1)
    assert gathered(tmp_path)["reader"].tolist() == ["ana"]
    special = "(it is not a regular file, but a device or a pipe)"
    assert intake.gather_room(tmp_path).told == [
        "far.json: skipped, because it cannot be read (No such file or directory).",
        "large.json: skipped, because it is larger than 5 MB.",
        f"pipe.json: skipped, because it cannot be read {special}.",
        f"zero.json: skipped, because it cannot be read {special}.",
    ]


def test_an_empty_folder(tmp_path):
    assert gathered(tmp_path).empty


@pytest.mark.slow
def test_two_kernels_at_once_lose_no_entry():
    code = """if True:
        import sys
        from frenemies import exercises
        from heldto.exercises import score
        for n in range(25):
            score.record_guess(sys.argv[1], "holds", n)
            exercises.check("E1-total", n)
    """
    running = [
        subprocess.Popen([sys.executable, "-c", code, claim]) for claim in ("E1", "E2", "E3")
    ]
    assert [one.wait() for one in running] == [0, 0, 0]
    kept = diary.load_answers()
    assert sorted((guess["claim"], guess["sure"]) for guess in kept["guesses"]) == sorted(
        (claim, n) for claim in ("E1", "E2", "E3") for n in range(25)
    )
    assert kept["exercises"]["E1-total"]["tries"] == 75


BROKEN = [
    *[
        "",
        "{",
        "[]",
        "null",
        "\x00",
        "[" * 5000,
        '{"guesses": 3, "exercises": {}}',
        '{"guesses": [], "exercises": []}',
    ]
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_set_aside_with_one_line(text, capsys):
    path = diary.own_file()
    path.write_text(text)
    fr.guess("E1", "holds", 80)
    said = capsys.readouterr().out
    assert (
        said
        == "my-answers.json could not be read: it was saved as my-answers-unreadable-1.json, and a new file begins.\n"
    )
    assert path.with_name("my-answers-unreadable-1.json").read_text() == text
    assert len(score.recorded()) == 1


GOOD = {"claim": "E1", "verdict": "holds", "sure": 80, "time": ""}
UNSOUND = [
    *[
        {},
        3,
        None,
        [],
        GOOD | {"claim": 1},
        GOOD | {"claim": "X9"},
        GOOD | {"verdict": "maybe"},
        GOOD | {"time": None},
    ],
    *[GOOD | {"sure": sure} for sure in (5000, -1, None, "80", True, 0.5, float("nan"))],
]


@pytest.mark.parametrize("bad", UNSOUND, ids=repr)
def test_an_entry_that_cannot_count_is_set_aside_and_the_rest_goes_on(bad, capsys):
    """One such entry used to stop the reckoning, or to give a Brier score of 2500."""
    path, later = diary.own_file(), GOOD | {"claim": "E2"}
    text = json.dumps(
        {
            "version": 1,
            "guesses": [GOOD, bad, later],
            "exercises": {"E1-total": {"tries": 2, "right": True}},
        }
    )
    path.write_text(text)
    assert score.recorded().claim.tolist() == ["E1", "E2"]
    assert capsys.readouterr().out == (
        "my-answers.json: 1 entry could not be read. The old file was saved as my-answers-unreadable-1.json; the other entries are kept.\n"
    )
    assert path.with_name("my-answers-unreadable-1.json").read_text() == text
    kept = json.loads(path.read_text())
    assert kept["guesses"] == [GOOD, later] and kept["exercises"]["E1-total"]["tries"] == 2
    assert 0 <= score.score(score.recorded()).brier <= 1 and capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "bad", [3, None, {"tries": "x"}, {"tries": -1}, {"tries": 1, "right": "yes"}], ids=repr
)
def test_an_exercise_that_cannot_count_stops_no_check(bad, capsys):
    diary.own_file().write_text(
        json.dumps({"version": 1, "guesses": [GOOD], "exercises": {"E1-total": bad}})
    )
    assert not fr.check("E1-total", "no idea")
    assert "1 entry could not be read" in capsys.readouterr().out
    assert (
        diary.load_answers()["exercises"]["E1-total"]["tries"] == 1 and len(score.recorded()) == 1
    )


def test_a_file_with_a_byte_order_mark_is_read():
    diary.own_file().write_bytes(
        b"\xef\xbb\xbf" + json.dumps({"version": 1, "guesses": [GOOD], "exercises": {}}).encode()
    )
    assert score.recorded().claim.tolist() == ["E1"]


def test_a_folder_in_the_place_of_the_file_stops_nothing(capsys):
    diary.own_file().mkdir()
    assert (
        score.recorded().empty and "my-answers.json cannot be read here" in capsys.readouterr().out
    )
    assert fr.guess("E1", "holds", 80).text.startswith(
        "Not kept: my-answers.json cannot be written here"
    )
    assert "Not kept" in fr.check("E1-total", 1).says and fr.progress().rows()
    assert diary.own_file().is_dir()


def test_no_guess_is_lost_where_the_claims_cannot_be_read(data):
    diary.change_file(lambda contents: contents["guesses"].append(GOOD))
    (data / "claims.toml").write_bytes(b"\xff")
    assert score.recorded().claim.tolist() == ["E1"]
    assert not list(diary.own_file().parent.glob("*unreadable*"))


def test_a_second_broken_file_does_not_bury_the_first():
    for text in ("{", "}"):
        diary.own_file().write_text(text)
        diary.load_answers()
    assert [
        diary.own_file().with_name(f"my-answers-unreadable-{n}.json").read_text() for n in (1, 2)
    ] == ["{", "}"]


def trees(inner):
    return st.lists(inner) | st.dictionaries(
        st.sampled_from(["guesses", "exercises", "claim", "sure"]), inner
    )


TREES = st.recursive(st.none() | st.integers() | st.text(), trees).map(
    lambda tree: json.dumps(tree).encode()
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80) | TREES)
def test_no_file_is_fatal(content, tmp_path):
    path = tmp_path / "any.json"
    path.write_bytes(content)
    assert set(diary.load_answers(path)) >= {"version", "guesses", "exercises"}


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0 and not os.path.exists("/proc"),
    reason="needs a place that cannot be written",
)
def test_a_place_that_cannot_be_written_is_said_in_one_line(monkeypatch):
    monkeypatch.setenv("FRENEMIES_DIARY", "/proc/nowhere/my-answers.json")
    shown = fr.guess("E1", "holds", 80)
    assert shown.text.startswith("Not kept: my-answers.json cannot be written here")
    right = exercises.find_exercise("E1-total").question.answer
    assert "Not kept" in fr.check("E1-total", right).says and fr.check("E1-total", right).right


def test_the_working_folder_holds_the_file_where_nothing_else_is_said(monkeypatch, tmp_path):
    monkeypatch.delenv("FRENEMIES_DIARY")
    monkeypatch.chdir(tmp_path)
    score.record_guess("E1", "holds", 50)
    assert (tmp_path / "my-answers.json").exists()


@pytest.mark.slow
def test_in_a_browser_kernel_whose_fcntl_has_no_flock_guesses_and_checks_are_kept():
    code = """if True:
        import sys, types
        sys.modules["fcntl"] = types.ModuleType("fcntl")  # what Pyodide has: a module that locks nothing
        import frenemies as fr
        print(fr.guess("E1", "holds", 80).text)
        print(fr.check("E1-total", 1).right)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Recorded: holds, 80 %.") and "Not kept" not in done.stdout
    kept = diary.load_answers()
    assert [guess["claim"] for guess in kept["guesses"]] == ["E1"] and kept["exercises"][
        "E1-total"
    ]["tries"] == 1


def test_answers_to_another_article_stay_apart(tmp_path, monkeypatch):
    monkeypatch.delenv("FRENEMIES_DIARY", raising=False)
    monkeypatch.chdir(tmp_path)
    other = json.dumps({"version": 1, "article": "other", "guesses": [GOOD], "exercises": {}})
    Path("my-answers.json").write_text(other, "utf-8")
    assert (
        diary.own_file() == Path("my-answers-frenemies.json")
        and diary.load_answers()["guesses"] == []
    )
    assert not diary.change_file(lambda contents: contents["guesses"].append(GOOD))
    assert json.loads(diary.own_file().read_text("utf-8"))["article"] == "frenemies"
    assert Path("my-answers.json").read_text("utf-8") == other


def test_a_file_that_names_no_article_is_ours(tmp_path, monkeypatch):
    monkeypatch.delenv("FRENEMIES_DIARY", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("my-answers.json").write_text(json.dumps({"version": 1, "guesses": [GOOD]}), "utf-8")
    assert diary.own_file() == Path("my-answers.json") and len(diary.load_answers()["guesses"]) == 1


def calls(function):
    """(how often functions of the engine and of the article were called, what came of it)."""
    count, ours = 0, str(Path(card.__file__).parents[2])

    def seen(frame, event, arg):
        nonlocal count
        count += event == "call" and frame.f_code.co_filename.startswith(ours)

    sys.setprofile(seen)
    try:
        made = function()
    finally:
        sys.setprofile(None)
    return count, made


def test_a_verdict_that_was_shown_is_shown_again_at_once_and_the_same():
    shown = fr.verdict("E4")
    first = shown._repr_mimebundle_()[0]["text/html"]
    for same in (shown, fr.verdict("E4")):
        count, again = calls(same._repr_mimebundle_)
        assert again[0]["text/html"] == first and count <= 500


def test_a_card_that_is_remembered_is_never_that_of_other_figures(mutate):
    shown = card.VerdictCard("E1")
    pages = [shown.to_html(), shown.to_html(opened=True), shown.to_image()]
    judged = ledger_of.judge("E1", "then")
    value = judged.rule.short(judged.value["RUS"])
    assert all(value in page for page in pages)
    mutate("economic/trade", lambda frame: frame.assign(value_usd=frame["value_usd"].map(halved)))
    again = [shown.to_html(), shown.to_html(opened=True), shown.to_image()]
    assert not any(value in page for page in again)
    assert [card.VerdictCard("E1").to_html(), card.VerdictCard("E1").to_image()] == again[::2]


def halved(cell):
    return f"{int(cell) // 2}" if cell else cell


def test_who_guesses_after_a_card_was_shown_reads_the_own_words_above_it():
    shown = fr.verdict("E4")
    shown.reveal()
    assert "You said" not in shown.said.value
    fr.guess("E4", "fails", 95)
    assert "You said <b>fails</b>, 95 % sure." in shown.said.value


def test_of_several_rows_one_button_leads():
    form = guesses.Guesses("M5", "M6")
    leading = [one.button.button_style for one in (*form.rows, form)]
    assert leading == ["", "", "primary"]
    assert guesses.Guess("M5").button.button_style == "primary"
