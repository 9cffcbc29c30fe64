"""One table of lines, read by Python and by the script of the pages: both read the same, and say the same of the rest."""

import json
import random
import time

import pytest
from conftest import ROOT, in_node

import frenemies
from heldto import claims, evidence
from heldto.exercises import diary, line

TABLE = json.loads((ROOT / "tests" / "lines.json").read_text(encoding="utf-8"))
PLAIN = 1  # the start of the table's checks


def told(read):
    lines, faults = read
    return {
        "lines": [
            {
                "tag": one.tag,
                "round": one.round,
                "guesses": one.guesses,
                "later": [*one.later],
                "row": one.row,
            }
            for one in lines
        ],
        "faults": [{"begins": one.begins, "why": one.why, "row": one.row} for one in faults],
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_a_line_is_read_whatever_stands_around_it(row):
    assert told(line.read_line(row["text"], PLAIN)) == {
        key: row[key] for key in ("lines", "faults")
    }


def test_the_script_reads_what_python_reads():
    found = in_node("line", [("readLines", (row["text"], PLAIN)) for row in TABLE])
    assert found == [{key: row[key] for key in ("lines", "faults")} for row in TABLE]


def ledgers(count, seed=1):
    """Guesses on claims of the ledger, as many sets as asked, those of each round of them."""
    dice, ids = random.Random(seed), [row["id"] for row in evidence.rows("claims")]
    for _ in range(count):
        asked = sorted(dice.sample(ids, dice.randint(1, len(ids))), key=ids.index)
        yield {claim: dice.randint(1, 20) for claim in asked}


def test_both_write_the_same_line_and_read_it_back():
    given = [(line.new_tag(), values, 1 + at % 3) for at, values in enumerate(ledgers(40))]
    written = [line.write_line(*one) for one in given]
    (start,) = in_node("line", [("lineStart", (line.article.current().package,))])
    assert in_node("line", [("writeLine", (*one, start)) for one in given]) == written
    for (tag, values, number), text in zip(given, written, strict=True):
        (read,), faults = line.read_line(text)
        assert (read.tag, read.round, read.guesses, faults) == (tag, number, values, [])


def test_each_guess_has_a_letter_of_its_own():
    sure, words = [None, 0, 39, 40, 59, 60, 79, 80, 100], [*claims.VERDICTS]
    given = [(word, one) for word in words for one in sure]
    values = [line.letter_value(*one) for one in given]
    calls = [("letterValue", (words, word, *[one] * (one is not None))) for word, one in given]
    assert in_node("line", calls) == values
    means = [line.meaning(value) for value in values]
    assert in_node("line", [("letterMeaning", (value,)) for value in values]) == [
        {"at": words.index(word), "band": -1 if band is None else band} for word, band in means
    ]
    assert [word for word, _ in means] == [word for word, _ in given]
    assert [band for _, band in means[: len(sure)]] == [None, 0, 0, 1, 1, 2, 2, 3, 3]


def test_a_line_of_another_seminar_is_refused():
    text = line.write_line("7K3QD", {"E1": 4}, start=line.start_value("another"))
    assert line.read_line(text)[0] == []
    (fault,) = line.read_line(text)[1]
    assert text.startswith(fault.begins) and fault.why.startswith("it is incomplete")


def test_a_line_of_a_later_version_says_so():
    (fault,) = line.read_line("UFR2-7K3QD1-E14-5WW-U")[1]
    assert "later version" in fault.why


@pytest.mark.parametrize("text", ["You are too friendly", "u fries, u Friday afternoon", "FRU", ""])
def test_prose_is_no_line(text):
    assert line.read_line(text) == ([], [])


def spoilt(text, dice):
    """A line with one or two letters changed, two swapped, or a part lost."""
    letters = [*text.replace("-", "")]
    inner = range(4, len(letters) - 1)
    kind = dice.randrange(3)
    if kind == 2:
        first, last = sorted(dice.sample(inner, 2))
        return "".join(letters[:first] + letters[last:])
    for at in dice.sample(inner, dice.randint(1, 2)) if kind == 0 else ():
        letters[at] = dice.choice([one for one in line.LETTERS if one != letters[at]])
    if kind == 1:
        one, other = dice.sample(inner, 2)
        letters[one], letters[other] = letters[other], letters[one]
    return "".join(letters)


def test_no_spoilt_line_is_read_as_another():
    dice, whole = random.Random(7), [*ledgers(20, 3)]
    for _ in range(4000):
        values = dice.choice(whole)
        text = line.write_line("A1B2C", values)
        wrong = spoilt(text, dice)
        if wrong != text.replace("-", ""):
            assert line.read_line(wrong)[0] == [], wrong


def test_three_hundred_lines_of_every_kind_are_read_at_once():
    texts = [line.write_line(line.new_tag(), values) for values in ledgers(300)]
    spoken = [f"my line is “{text}” " for text in texts[:100]] + texts[100:200]
    mail = "\n".join(f"> {text[:30]}\n> {text[30:]}" for text in texts[200:])
    bad = [texts[0][:40], "UFR2" + texts[1][4:], texts[2].replace("-U", "").replace("1-", "1-Z", 1)]
    page = "".join(spoken) + mail + "\n".join(bad)
    began = time.process_time()
    found, faults = line.read_line(page)
    assert time.process_time() - began < 0.1
    assert len(found) == 300 and len(faults) == 3


def test_a_reader_s_line_is_made_of_their_whole_diary_and_keeps_its_tag():
    assert line.own_line() == "" and not diary.own_file().exists()
    for claim, verdict, sure in (("E3", "fails", 80), ("F1", "holds", 35), ("E3", "holds", 100)):
        frenemies.guess(claim, verdict, sure)
    text = line.own_line()
    assert (
        text == line.own_line()
        and f"for the class, all your guesses and no name: {text}" in str(frenemies.progress())
    )
    assert text in frenemies.progress().children[0].value
    assert text not in str(frenemies.progress("economic"))
    ((read,), _) = line.read_line(text)
    assert {claim: line.meaning(one) for claim, one in read.guesses.items()} == {
        "E3": ("fails", 3),
        "F1": ("holds", 0),
    }
    assert frenemies.progress()._repr_mimebundle_()[0]["text/plain"].count("UFR1") == 0
