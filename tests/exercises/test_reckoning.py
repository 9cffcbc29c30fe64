"""The reader against the ledger: agreement, Brier score and calibration by hand; a class; and nothing of it in a stored output."""

import json

import pandas as pd
import pytest

from frenemies import stored
from frenemies.claims import ledger
from frenemies.exercises import reckoning, score


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
    assert page.lines[0] == "Of 3 predictions 2 agree with the computed verdict, 67%."
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
        shown[kind] == nobody[kind] and "77" not in shown[kind]
        for kind in ("text/html", stored.PAGE)
    )


def test_a_class(tmp_path, known):
    folder = tmp_path / "class"
    folder.mkdir()
    write(folder / "anna.json", [("E1", known["E1"], 100), ("G2", known["G2"], 100)])
    write(folder / "ben.json", [("E1", "fails", 100), ("G2", known["G2"], 100)])
    page = reckoning.our_class(folder)
    assert page.lines[0] == "2 readers."
    claims = page.tables["By claim, the most divided first"].set_index("claim")
    assert claims.index.tolist() == ["E1", "G2"]
    assert (claims.readers["E1"], claims["agree"]["E1"], claims.computed["G2"]) == (
        2,
        0.5,
        "undecided",
    )
    assert page.tables["By reader"].set_index("reader").brier.to_dict() == {"anna": 0, "ben": 0.5}


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
    assert isinstance(
        reckoning.readers(pd.DataFrame(columns=["reader", *score.COLUMNS])), pd.DataFrame
    )
