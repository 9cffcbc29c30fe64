"""The reader against the ledger: agreement, Brier score and calibration by hand; a class; and nothing of it in a stored output."""

import json

import pytest

from frenemies import stored
from frenemies.claims import ledger
from frenemies.exercises import score
from frenemies.sections.verdict import reckoning


def write(path, guesses):
    made = [
        {"claim": claim, "verdict": verdict, "sure": sure, "time": "2026-01-01T00:00:00+00:00"}
        for claim, verdict, sure in guesses
    ]
    path.write_text(json.dumps({"version": 1, "exercises": {}, "guesses": made}), encoding="utf-8")


@pytest.fixture
def known():
    return {claim: ledger.judge(claim, "then").verdict for claim in ("E1", "E3", "M2", "G2")}


def test_agreement_and_brier_by_hand(tmp_path, known):
    wrong = next(word for word in score.WORDS if word != known["M2"])
    write(
        tmp_path / "me.json", [("E1", known["E1"], 80), ("E3", known["E3"], 60), ("M2", wrong, 90)]
    )
    page = reckoning.mine(path=tmp_path / "me.json")
    assert page.lines[0] == "Of 3 predictions 2 agree with the computed verdict, 67 %."
    assert f"Brier score {(0.2**2 + 0.4**2 + 0.9**2) / 3:.2f}: no better" in page.lines[1]
    table = page.tables["Where you and the ledger differ, your surest first"]
    assert table[["claim", "said", "sure"]].to_numpy().tolist() == [["M2", wrong, 90]]


def test_no_predictions_is_no_error(tmp_path):
    assert reckoning.mine(path=tmp_path / "none.json").lines == [reckoning.NONE]


def test_nothing_of_the_reader_is_stored_in_the_output(tmp_path, known):
    write(tmp_path / "me.json", [("E1", "fails", 77)])
    with stored.pages():
        shown = reckoning.mine(path=tmp_path / "me.json")._repr_mimebundle_()[0]
        nobody = reckoning.mine(path=tmp_path / "nobody.json")._repr_mimebundle_()[0]
    assert shown["text/plain"] == reckoning.RUN
    assert all(
        shown[kind] == nobody[kind] and "77 %" not in shown[kind]
        for kind in ("text/html", stored.PAGE)
    )


def test_a_class(tmp_path, known):
    folder = tmp_path / "class"
    folder.mkdir()
    write(folder / "anna.json", [("E1", known["E1"], 100), ("G2", known["G2"], 100)])
    write(folder / "ben.json", [("E1", "fails", 100), ("G2", known["G2"], 100)])
    page = reckoning.our_class(folder)
    assert page.lines[0] == "2 readers."
    claims = reckoning.of_class(score.score(score.gather(folder))).set_index("claim")
    assert claims.index.tolist() == ["E1", "G2"]
    assert (claims.readers["E1"], claims["agree"]["E1"], claims.computed["G2"]) == (
        2,
        0.5,
        "undecided",
    )
    assert page.tables["By reader"].set_index("reader").brier.to_dict() == {"anna": 0, "ben": 0.5}
    assert "<details><summary>By reader</summary>" in page.children[0].value  # names: not at once


def test_guesses_that_came_by_a_link_are_named(tmp_path, capsys):
    for name, came in (("anna", {"came": "link"}), ("ben", {})):
        path = tmp_path / f"{name}.json"
        write(path, [("E1", "fails", 80)])
        contents = json.loads(path.read_text(encoding="utf-8"))
        contents["guesses"][0] |= came
        path.write_text(json.dumps(contents), encoding="utf-8")
    assert score.gather(tmp_path)["reader"].tolist() == ["anna", "ben"]
    assert capsys.readouterr().out == "anna.json: 1 of its guesses came by a link.\n"


def test_one_bad_file_does_not_stop_a_class(tmp_path, known):
    folder = tmp_path / "class"
    folder.mkdir()
    write(
        folder / "anna.json", [("E1", known["E1"], 100), ("X9", "holds", 50), ("G2", "holds", 5000)]
    )
    (folder / "d.json").mkdir()
    page = reckoning.our_class(folder)
    assert page.lines[:2] == ["1 reader.", "The one prediction agrees with the computed verdict."]
    assert "Brier score 0.00" in page.lines[2]


def test_a_class_without_files(tmp_path):
    assert "make it" in reckoning.our_class(tmp_path / "class").lines[0]
    (tmp_path / "class").mkdir()
    assert "no reader's file" in reckoning.our_class(tmp_path / "class").lines[0]


def test_the_reader_is_drawn_before_the_class(tmp_path, known):
    wrong = next(word for word in score.WORDS if word != known["M2"])
    (tmp_path / "class").mkdir()
    write(tmp_path / "class" / "ben.json", [("G2", known["G2"], 30)])
    write(tmp_path / "me.json", [("E1", known["E1"], 80), ("M2", wrong, 90)])
    alone = reckoning.mine(path=tmp_path / "me.json", folder=tmp_path / "no").pictures[0]
    both = reckoning.mine(path=tmp_path / "me.json", folder=tmp_path / "class").pictures[0]
    assert alone.title == "You were 85 % sure and right in 50 %: too few guesses to tell more"
    own = "You, 80 % and more sure: 2 guesses, 85 % sure on average, right in 50 %."
    assert alone.alt.endswith(own) and "class" not in alone.alt
    assert own in both.alt and "The class, under 40 % sure: 1 guess, 30 % sure" in both.alt
    assert (
        both.svg
        == reckoning.mine(path=tmp_path / "me.json", folder=tmp_path / "class").pictures[0].svg
    )


@pytest.mark.parametrize(
    ("sure", "told"), [(95, "too sure, and better than"), (50, "about as"), (26, "too modest")]
)
def test_many_guesses_tell_a_tendency(tmp_path, sure, told):
    verdicts = ledger.table()["verdict_then"].head(10)
    other = next(word for word in score.WORDS if word not in set(verdicts[5:]))
    said = [*verdicts[:5], *[other] * 5]
    write(
        tmp_path / "me.json",
        [(one, word, sure) for one, word in zip(verdicts.index, said, strict=True)],
    )
    assert told in reckoning.mine(path=tmp_path / "me.json", folder=tmp_path).pictures[0].title


def test_a_class_is_drawn_claim_by_claim_and_each_with_its_text(tmp_path):
    texts, verdicts = ledger.table()["claim"], ledger.table()["verdict_then"]
    for name, word in (("anna", "holds"), ("ben", "fails")):
        write(tmp_path / f"{name}.json", [(claim, word, 60) for claim in texts.index])
    picture = reckoning.our_class(tmp_path).pictures[1]
    assert picture.title == f"The class is most divided on E1: {texts['E1']}"
    assert len(picture.sentences) == reckoning.payoff.MOST and len(picture.table) == len(texts)
    said = f"E1, {texts['E1']}: 1 holds, 1 fails; computed: {verdicts['E1']}."
    assert picture.sentences[0] == ((), said)
    assert picture.subtitle.startswith(f"The {reckoning.payoff.MOST} of {len(texts)} claims that")


@pytest.mark.parametrize(("number", "told"), [(2, "The claims,"), (60, "The first 12 of 60 ")])
def test_a_class_of_one_mind_is_not_called_divided(tmp_path, number, told):
    claims = ledger.table().index[:number]
    write(tmp_path / "anna.json", [(claim, "holds", 60) for claim in claims])
    picture = reckoning.our_class(tmp_path).pictures[1]
    assert picture.title == "The class is of one mind on every claim"
    assert picture.subtitle.startswith(told)


def test_heads_stand_over_their_columns(tmp_path, known):
    write(tmp_path / "me.json", [("E1", known["E1"], 80)])
    shown = reckoning.mine(path=tmp_path / "me.json", folder=tmp_path / "no").children[0].value
    assert '<th scope="col" class="number">how sure (%)</th>' in shown
    assert '<td class="number">80</td>' in shown and ledger.table()["claim"]["E1"] in shown
