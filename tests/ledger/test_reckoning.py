"""The reader against the ledger: agreement, Brier score and calibration by hand; a class; and nothing of it in a stored output."""

import json
from copy import copy

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from legible import outside, overlaps

from heldto import claims, stored
from heldto.claims import ledger
from heldto.exercises import intake, line, score
from heldto.ledger import payoff, reckoning


def write(path, guesses):
    made = [
        {"claim": claim, "verdict": verdict, "sure": sure, "time": "2026-01-01T00:00:00+00:00"}
        for claim, verdict, sure in guesses
    ]
    path.write_text(json.dumps({"version": 1, "exercises": {}, "guesses": made}), encoding="utf-8")


def gathered(folder):
    """The first guesses of a class."""
    return intake.first_guesses(intake.gather_room(folder))


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
    assert f"Brier score {(0.2**2 + 0.4**2 + 0.9**2) / 3:.2f} (0 is" in page.lines[1]
    table = page.tables["Where you and the computed verdicts differ; your surest guess first"]
    assert table[["claim", "said", "sure"]].to_numpy().tolist() == [["M2", wrong, 90]]


def test_a_score_can_be_saved_as_a_picture_which_knows_no_name(tmp_path, known):
    write(tmp_path / "me.json", [("E1", known["E1"], 80), ("M2", "holds", 90)])
    page = reckoning.mine(path=tmp_path / "me.json")
    [picture] = [one for one in page.children if isinstance(one, reckoning.ScorePicture)]
    about = {"claim": "E1", "verdict": known["E1"], "sure": 80, "computed": known["E1"]}
    assert about | {"about": "trade"} in picture.found and len(picture.found) == 2
    nobody = reckoning.mine(path=tmp_path / "none.json")
    assert not [one for one in nobody.children if isinstance(one, reckoning.ScorePicture)]


@pytest.mark.parametrize(
    ("sure", "told"),
    [
        (
            (72, 100),
            "0.26 (0 is best, 1 is worst): worse than guessing at random, and than saying 50 %",
        ),
        ((50, 50), "0.25 (0 is best, 1 is worst): the same as saying 50 % sure of everything."),
        ((40, 60), "0.16 (0 is best, 1 is worst): better than guessing at random."),
        (
            (65, 80),
            "0.23 (0 is best, 1 is worst): worse than guessing at random, better than saying 50 %",
        ),
    ],
)
def test_a_brier_score_is_told_beside_those_of_who_knows_nothing(tmp_path, known, sure, told):
    """Of two guesses the first is wrong, the second right."""
    wrong, right = sure
    off = next(word for word in score.WORDS if word != known["M2"])
    write(tmp_path / "me.json", [("M2", off, wrong), ("E1", known["E1"], right)])
    (line,) = reckoning.mine(path=tmp_path / "me.json").lines[1:]
    assert line.startswith(f"Brier score {told}"), line
    assert "gives 0.19 on average. Saying 50 % sure of everything gives 0.25." in line


def test_a_round_of_some_claims_is_scored_alone_in_the_notebook_and_in_a_handout(tmp_path, known):
    wrong = next(word for word in score.WORDS if word != known["M2"])
    write(tmp_path / "me.json", [("E1", known["E1"], 80), ("M2", wrong, 90)])
    page = reckoning.mine(path=tmp_path / "me.json", claims=["m2", "E3"])
    assert page.lines[0] == "The one prediction does not agree with the computed verdict."
    box = BeautifulSoup(page._full(), "html.parser").select_one(".reckoning")
    assert json.loads(box["data-ledger"]) == {"M2": known["M2"], "E3": known["E3"]}
    none = reckoning.mine(path=tmp_path / "me.json", claims=["E3"])
    assert none.lines == [reckoning.say("no_predictions")] and "E3" in none._full()
    with pytest.raises(claims.UnknownClaim, match="E99"):
        reckoning.mine(path=tmp_path / "me.json", claims=["E99"])


def test_no_predictions_is_no_error(tmp_path):
    assert reckoning.mine(path=tmp_path / "none.json").lines == [reckoning.say("no_predictions")]


def test_nothing_of_the_reader_is_stored_in_the_output(tmp_path, known):
    write(tmp_path / "me.json", [("E1", "fails", 77)])
    with stored.pages():
        shown = reckoning.mine(path=tmp_path / "me.json")._repr_mimebundle_()[0]
    with stored.pages():  # of another page: ids are given once on each
        nobody = reckoning.mine(path=tmp_path / "nobody.json")._repr_mimebundle_()[0]
    assert shown["text/plain"] == reckoning.say("reckon")
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
    claims = reckoning.of_class(score.score(gathered(folder))).set_index("claim")
    assert claims.index.tolist() == ["E1", "G2"]
    assert (claims.readers["E1"], claims["agree"]["E1"], claims.computed["G2"]) == (
        2,
        0.5,
        "undecided",
    )
    assert page.tables["By reader"].set_index("reader").brier.to_dict() == {"anna": 0, "ben": 0.5}
    assert "<details><summary>By reader</summary>" in page.children[0].value  # names: not at once


def test_a_class_counts_files_lines_and_zips_alike_and_the_first_round_alone(tmp_path, known):
    write(tmp_path / "anna.json", [("E1", known["E1"], 100)])
    other = next(word for word in score.WORDS if word != known["E1"])
    ben = line.write_line("BBBBB", {"E1": line.letter_value(other, 90)})
    later = line.write_line("BBBBB", {"E1": line.letter_value(known["E1"], 90)}, number=2)
    (tmp_path / "pad.txt").write_text(f"{ben} {later}")
    page = reckoning.our_class(tmp_path)
    assert page.lines[:2] == [
        "2 readers.",
        "Of 2 predictions 1 agrees with the computed verdict, 50 %.",
    ]
    assert page.lines[2].startswith("Brier score 0.00")  # of the file alone
    assert page.lines[3].startswith("1 of the guesses came as lines, which tell no percentage")
    readers = page.tables["By reader"]
    assert readers["reader"].tolist() == ["anna", "pad.txt, line 1"]
    assert "nan" not in page.children[0].value
    (tmp_path / "anna.json").unlink()
    alone = reckoning.our_class(tmp_path)
    assert alone.lines[0] == "1 reader." and len(alone.pictures) == 1
    assert not [said for said in alone.lines if "Brier score 0" in said]


def test_guesses_that_came_by_a_link_are_named(tmp_path, capsys):
    for name, came in (("anna", {"came": "link"}), ("ben", {})):
        path = tmp_path / f"{name}.json"
        write(path, [("E1", "fails", 80)])
        contents = json.loads(path.read_text(encoding="utf-8"))
        contents["guesses"][0] |= came
        path.write_text(json.dumps(contents), encoding="utf-8")
    assert "2 readers." in reckoning.our_class(tmp_path).lines
    said = capsys.readouterr().out
    assert said == "anna.json: 1 of its guesses came by a link. They count.\n"


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
    assert "create it" in reckoning.our_class(tmp_path / "class").lines[0]
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
    ("sure", "right", "count", "told"),
    [
        (95, 5, 10, "too sure, and not clearly better than chance"),
        (50, 5, 10, "about as sure as right, and not clearly"),
        (26, 5, 10, "as far as 10 guesses can tell, as sure as right"),
        (50, 5, 9, "as far as 9 guesses can tell, as sure as right, and better"),
        (26, 9, 10, "too modest, and better than chance"),
        (60, 12, 40, "too sure, and not clearly better"),
        (60, 10, 40, "too sure, and no better"),
    ],
)
def test_many_guesses_tell_a_tendency_that_chance_would_rarely_make(
    tmp_path, sure, right, count, told
):
    verdicts = ledger.table()["verdict_then"].head(count)
    others = [next(word for word in score.WORDS if word != verdict) for verdict in verdicts]
    said = [*verdicts[:right], *others[right:]]
    write(
        tmp_path / "me.json",
        [(one, word, sure) for one, word in zip(verdicts.index, said, strict=True)],
    )
    assert told in reckoning.mine(path=tmp_path / "me.json", folder=tmp_path).pictures[0].title


def test_on_a_phone_no_word_of_the_pictures_of_a_class_is_cut_and_no_mark(tmp_path):
    ids = ledger.table().index
    for name, words in (("anna", score.WORDS), ("ben", score.WORDS[::-1])):
        guesses = [(claim, words[at % 4], 60) for at, claim in enumerate(ids)]
        write(tmp_path / f"{name}.json", guesses)
    made = reckoning.our_class(tmp_path).pictures
    assert len(made) == 2
    for picture in made:
        phone = copy(picture)
        phone.figure = picture.narrow()
        assert overlaps(phone) == [] == outside(phone)
        (ax,) = phone.figure.axes
        across = [bar.get_x() + bar.get_width() for bar in ax.patches]
        assert max(across, default=0) <= ax.get_xlim()[1]


@pytest.mark.parametrize("agreed", [0.1, 0.2, 0.24, 0.3])
def test_on_a_phone_a_number_of_guesses_stands_on_no_word_of_chance(agreed):
    found = pd.DataFrame({"sure": [60] * 10, "agrees": [True, False] * 5})
    for said in (0.3, 0.5, 0.6, 0.75, 0.9):
        band = pd.DataFrame({"band": ["some"], "n": [1300], "said": [said], "agreed": [agreed]})
        picture = payoff.calibration({"The class": score.Score(found, agreed, 0.2, band)})
        phone = copy(picture)
        phone.figure = picture.narrow()
        assert overlaps(phone) == [] == outside(phone), said


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


def test_a_claim_that_few_guessed_does_not_lead_the_most_divided(tmp_path):
    """E1 divides eight readers in two; E2 three in three, E3 one not at all."""
    said = {f"r{at}": [("E1", score.WORDS[at % 2], 60 + at)] for at in range(8)}
    for name, word in zip(said, score.WORDS[:3], strict=False):
        said[name].append(("E2", word, 60))
    said["r0"].append(("E3", "holds", 60))
    for name, guesses in said.items():
        write(tmp_path / f"{name}.json", guesses)
    picture = reckoning.our_class(tmp_path).pictures[1]
    assert picture.table["claim"].tolist() == ["E1", "E2", "E3"]
    assert picture.title.startswith("The class is most divided on E1")
    assert picture.subtitle.endswith(". Claims that few guessed come last.")


def test_a_class_is_not_called_of_one_mind_on_what_few_guessed(tmp_path):
    for at in range(8):
        few = [("E2", score.WORDS[at], 60)] if at < 3 else []
        write(tmp_path / f"r{at}.json", [("E1", "holds", 60 + at), *few])
    title = reckoning.our_class(tmp_path).pictures[1].title
    assert title == "The class is agreed on every claim that more than a few guessed"


@pytest.mark.parametrize(("number", "told"), [(2, "The claims:"), (60, "The first 12 of 60 ")])
def test_a_class_of_one_mind_is_not_called_divided(tmp_path, number, told):
    claims = ledger.table().index[:number]
    write(tmp_path / "anna.json", [(claim, "holds", 60) for claim in claims])
    picture = reckoning.our_class(tmp_path).pictures[1]
    assert picture.title == "The class is agreed on every claim"
    assert picture.subtitle.startswith(told)


def test_heads_stand_over_their_columns(tmp_path, known):
    write(tmp_path / "me.json", [("E1", known["E1"], 80)])
    shown = reckoning.mine(path=tmp_path / "me.json", folder=tmp_path / "no").children[0].value
    assert '<th scope="col" class="number">how sure (%)</th>' in shown
    assert '<td class="number">80</td>' in shown and ledger.table()["claim"]["E1"] in shown
