"""The file for Moodle, read back by the rules of Moodle's own importer (format/xml/format.php)."""

import base64
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as Tree

import pytest
from typer.testing import CliRunner

from heldto import article, claims, evidence, exercises
from heldto.claims import ledger
from heldto.errors import Problem
from heldto.exercises.kinds import Choice, Items, Number, Open, Table
from heldto.publish.classroom import moodle
from heldto.publish.cli import app

# the fractions that Moodle knows, compared within 0.00001 after division by 100
FRACTIONS = [0, 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20]
FRACTIONS += [16.66667, 14.28571, 12.5, 11.11111, 10, 5]
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?|\*")
GAP = re.compile(r"\{1:NUMERICAL:((?:\\.|[^}\\])+)\}")
ASKED = (Number, Choice, Items, Table, Open)
BY_TWO = ("E1", "E2", "E4", "E10")  # claims whose rule asks two books
KNOWN = {"multichoice", "numerical", "cloze", "essay", "category"}


class Plain(HTMLParser):
    """The text of some HTML; tags that are open at its end."""

    def __init__(self, html):
        super().__init__()
        self.text, self.open = "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def plain(html):
    read = Plain(html)
    assert not read.open
    return read.text


def read(xml):
    """What Moodle would import: a dict a question, with its category. Fails where the importer
    would refuse a question, or change it without a word.
    """
    found, category = [], ""
    for one in Tree.fromstring(xml):
        assert one.tag == "question" and one.get("type") in KNOWN
        if one.get("type") == "category":
            category = one.findtext("category/text")
            assert category.startswith("top/") and one.find("info").get("format") == "html"
            continue
        found.append(_question(one, category))
    return found


def _question(one, category):
    name, kind = one.findtext("name/text"), one.get("type")
    assert name and len(name) <= 255 and not re.search(r"<\S", name)
    assert all(part.get("format") for tag in ("questiontext", "hint") for part in one.iter(tag))
    assert one.find("shownumcorrect") is None and one.find("clearwrong") is None
    assert len(one.findtext("idnumber")) <= 100
    answers = [_answer(answer, kind) for answer in one.findall("answer")]
    if kind == "multichoice":
        best = max(worth for worth, *_ in answers)
        if one.findtext("single") == "false":
            best = sum(worth for worth, *_ in answers if worth > 0)
        assert best == pytest.approx(100, abs=0.001)
    return {
        "name": name,
        "kind": kind,
        "category": category,
        "id": one.findtext("idnumber"),
        "text": one.findtext("questiontext/text"),
        "answers": answers,
        "hints": [plain(hint.findtext("text")) for hint in one.findall("hint")],
        "files": [(file.get("name"), file.text) for file in one.iter("file")],
    }


def _answer(answer, kind):
    worth = float(answer.get("fraction"))
    assert any(abs(abs(worth) - known) / 100 <= 0.00001 for known in FRACTIONS), worth
    text, why = answer.findtext("text"), plain(answer.findtext("feedback/text") or "")
    if kind == "numerical":
        assert NUMBER.fullmatch(text), text
        assert float(answer.findtext("tolerance")) >= 0
    return worth, text, why, float(answer.findtext("tolerance") or 0)


def typed(question, value):
    """What Moodle says to a number: the sentence of the first answer that fits."""
    for worth, text, why, tolerance in question["answers"]:
        if text == "*" or abs(float(text) - value) <= tolerance + 1e-9:
            return worth, why
    return 0, ""


@pytest.fixture(scope="module")
def bank():
    return moodle.question_bank()


@pytest.fixture(scope="module")
def questions(bank):
    return {one["id"]: one for one in read(bank.to_xml())}


@pytest.fixture(scope="module")
def asked():
    """{id: the exercise} of all that Moodle can ask."""
    held = [
        exercises.find_exercise(name)
        for one in article.notebooks()
        for name in exercises.exercise_ids(one)
    ]
    return {
        one.id: one
        for one in held
        if isinstance(one.question, ASKED) and not one.question.ask.startswith("In code:")
    }


def decidable():
    return [one for one in evidence.rows("claims") if one["rule"] != "undecided"]


def test_each_claim_and_each_exercise_that_moodle_can_ask_is_one_question(bank, questions, asked):
    ids = {f"frenemies-guess-{row['id']}" for row in decidable()}
    ids |= {f"frenemies-exercise-{name}" for name in asked}
    assert questions.keys() == ids and len(read(bank.to_xml())) == len(ids)
    info = Tree.fromstring(bank.to_xml()).findtext("question/info/text")
    assert plain(info).startswith(f"{len(ids)} questions in this file.")


def test_what_moodle_cannot_ask_is_listed_with_the_reason(bank, asked):
    held = {name for one in article.notebooks() for name in exercises.exercise_ids(one)}
    told = {line.split(": ")[1]: line for line in bank.left_out}
    left = {row["id"] for row in evidence.rows("claims")} - {row["id"] for row in decidable()}
    assert told.keys() == left | held - asked.keys() != left != set()
    assert all(re.search("code|switches|no table here can decide", one) for one in told.values())


def test_no_text_shows_its_markup(bank):
    """What is escaped twice stands before a student as <p> and &#39;."""
    texts = [part.text for part in Tree.fromstring(bank.to_xml()).iter("text") if part.text]
    assert len(texts) > 300
    assert not [text for text in texts if re.search(r"&(lt;/?p&gt;|amp;#?\w+;)", text)]


def test_a_guess_has_the_four_verdicts_in_their_order_and_the_right_one(questions):
    for row in decidable():
        question = questions[f"frenemies-guess-{row['id']}"]
        words = {text: worth for worth, text, *_ in question["answers"]}
        offered = ["holds", "partly", "fails", "undecided"]
        first = offered.index(row["cap"] or "holds")
        rule, books = claims.rule_of(row["id"]), 2 if row["id"] in BY_TWO else 1
        assert [*words] == [word for word in offered[first:] if rule.can_give(word, books)]
        assert words[ledger.judge(row["id"], "then").verdict] == 100
        assert row["claim"] in plain(question["text"])
        assert "Judge by what was known in August 2019" in plain(question["text"])
        assert not any(
            why for *_, why, _ in question["answers"]
        )  # the verdict comes after the quiz


def test_a_verdict_that_the_rule_never_gives_is_not_offered_and_the_text_says_so(questions):
    without = {
        row["id"]
        for row in decidable()
        if "partly"
        not in [text for _, text, *_ in questions[f"frenemies-guess-{row['id']}"]["answers"]]
    }
    assert {"M2", "M11"} <= without and not {"E1", "M6", "M13", "G10", "G8"} & without
    for row in decidable():
        told = "never says partly" in plain(questions[f"frenemies-guess-{row['id']}"]["text"])
        assert told is (row["id"] in without), row["id"]


def test_no_hint_sends_to_what_stands_above(questions):
    """In Moodle nothing stands above a question but its own text."""
    hints = {name: one["hints"] for name, one in questions.items()}
    assert not [
        (name, hint) for name in hints for hint in hints[name] if re.search(r"\babove\b", hint)
    ]


def test_a_question_read_alone_says_what_is_measured_and_on_which_page_it_stands(questions):
    for row in decidable():
        text = plain(questions[f"frenemies-guess-{row['id']}"]["text"])
        assert "What is measured: " in text and "{" not in text and "can decide" not in text, text
        if [*ledger.judge(row["id"], "then").tables] != ["documents"]:  # these name no year
            assert re.search(r"\b(19|20)\d\d", text.partition("Judge by")[0]), text
        title = article.current().sections[article.section_of_notebook(row["notebook"])].title
        assert f"“{title}”, at {row['id']}." in text
    for name in ("F2", "E15", "G6"):
        assert claims.row(name)["measure"] in plain(questions[f"frenemies-guess-{name}"]["text"])


def test_a_question_has_the_figures_that_it_needs_with_unit_and_source(questions):
    guess, exercise = (questions[f"frenemies-{one}"] for one in ("guess-E1", "exercise-E1-total"))
    says = plain(guess["text"])
    assert "The figure as known in August 2019: 106.7 billion dollars (China), 108.2 " in says
    assert "Source: IMF Direction of Trade Statistics" in says
    asks = plain(exercise["text"])
    assert "Russia's books: exports to China, 2014 (USD bn)37.5" in asks and "88.4" not in asks
    assert "Source: IMF Direction of Trade Statistics" in asks
    typed_ones = [one for one in questions.values() if one["kind"] in ("numerical", "cloze")]
    assert sum("Source:" in one["text"] for one in typed_ones) >= len(typed_ones) - 7  # are counted


def test_every_guess_names_its_rule_in_the_same_word(questions):
    guesses = [plain(one["text"]) for name, one in questions.items() if "guess" in name]
    assert guesses and all(re.search(r"(?<!First )\bRule: ", text) for text in guesses)
    assert not any("First rule" in text for text in guesses)


def test_an_exercise_is_named_as_readers_know_it_and_a_hint_tells_no_verdict(questions):
    texts = {name: plain(one["text"]) for name, one in questions.items() if "exercise" in name}
    assert "above Exercise M14-coding on the page" in texts["frenemies-exercise-M14-coding"]
    assert not [name for name, text in texts.items() if re.search(r"\b(cell|ex)-\w", text)]
    hints = exercises.find_exercise("F-brier").question.hints
    assert not any(re.search("[A-Z][0-9]", hint) for hint in hints)


def test_with_the_address_of_the_pages_each_question_links_a_place_there():
    linked = read(moodle.question_bank(pages="https://uni.example/students/").to_xml())
    places = {
        one["id"]: re.findall(r'href="https://uni.example/students/([^"]+)"', one["text"])
        for one in linked
    }
    assert places["frenemies-guess-F2"] == ["02_geopolitical.html#at=F2"]
    assert places["frenemies-exercise-E4-balance"] == ["01_economic.html#at=cell-ex-e4-balance"]
    lacking = [name for name, found in places.items() if len(found) != 1]
    assert not lacking, f"no cell of a notebook shows what these ask: {', '.join(lacking)}"
    with pytest.raises(Problem, match="from https:// on"):
        moodle.question_bank(pages="students")


def test_a_number_that_is_typed_gets_the_sentence_that_our_own_check_gives(questions, asked):
    same = typed_in = 0
    for name, exercise in asked.items():
        if isinstance(exercise.question, Number):
            question = questions[f"frenemies-exercise-{name}"]
            assert typed(question, exercise.question.answer)[0] == 100
            assert question["answers"][-1][1] == "*"
            for value, _, right in moodle.foreseen(exercise.question):
                worth, why = typed(question, value)
                assert (worth == 100) is right, (name, value)
                says = exercise.question.judge(value).says
                same += bool(set(says.split(" Or: ")) & set(why.split(" Or: ")))
                typed_in += 1
    assert typed_in > 200 and same / typed_in > 0.97


def test_no_answer_to_a_number_is_hidden_by_one_before_it(questions):
    for question in questions.values():
        if question["kind"] == "numerical":
            values = [text for _, text, *_ in question["answers"]]
            assert len(values) == len(set(values)), question["name"]


def test_a_table_is_a_gap_a_row_and_each_gap_has_its_right_answer_first(questions, asked):
    tables = {name: one for name, one in asked.items() if isinstance(one.question, Table)}
    assert tables
    for name, exercise in tables.items():
        gaps = GAP.findall(questions[f"frenemies-exercise-{name}"]["text"])
        assert len(gaps) == len(exercise.question.answer)
        for gap, target in zip(gaps, exercise.question.answer.values(), strict=True):
            first, *others = re.split(r"(?<!\\)~", gap)
            value, rest = first.removeprefix("=").split(":", 1)
            assert float(value) == pytest.approx(target) and float(rest.split("#")[0]) > 0
            assert all(re.match(r"%0%-?[\d.e+-]+:[\d.e+-]+#", one) for one in others)


def test_hints_come_in_their_order_and_an_essay_has_its_rubric_for_the_lecturer(bank, questions):
    found = exercises.find_exercise("E4-balance")
    hints = questions["frenemies-exercise-E4-balance"]["hints"]
    assert len(hints) == len(found.question.hints) and hints[0] == found.question.hints[0]
    assert not any("In code:" in hint for one in questions.values() for hint in one["hints"])
    assert not any("In code:" in one["text"] for one in questions.values())
    essays = [one for one in bank.questions if one.get("type") == "essay"]
    assert essays and all(one.findtext("graderinfo/text") for one in essays)


@pytest.mark.slow
def test_the_picture_above_an_exercise_lies_in_the_question_with_its_words(tmp_path):
    wrote = moodle.write_questions(tmp_path / "with.xml", pictures=True)
    held = {one["id"]: one for one in read((tmp_path / "with.xml").read_bytes())}
    shown = [one for one in held.values() if one["files"]]
    assert len(shown) > 20 and "questions" in wrote[0] and any("MB" in line for line in wrote)
    for one in shown:
        ((file, data),) = one["files"]
        assert f'src="@@PLUGINFILE@@/{file}"' in one["text"] and 'alt="' in one["text"]
        assert base64.b64decode(data).startswith(b"\x89PNG")


def test_an_unjudged_claim_is_left_out_and_the_rest_is_written(monkeypatch):
    real = ledger.both

    def spoilt(claim):
        then, since = real(claim)
        if claim == "E4":
            from dataclasses import replace

            return replace(then, verdict=claims.UNJUDGED), since
        return then, since

    monkeypatch.setattr(ledger, "both", spoilt)
    bank = moodle.question_bank()
    ids = {one["id"] for one in read(bank.to_xml())}
    assert "frenemies-guess-E4" not in ids and "frenemies-guess-E5" in ids
    assert any(line.startswith("not in the file: E4:") for line in bank.left_out)


def test_the_command_writes_into_a_folder_or_a_file_and_says_how_to_import(tmp_path):
    done = CliRunner().invoke(app, ["moodle", str(tmp_path / "new")])
    assert done.exit_code == 0 and "Deferred feedback with CBM" in done.output
    assert (tmp_path / "new" / "moodle.xml").is_file()


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(Problem, match="name another file"):
        moodle.write_questions(tmp_path / "taken" / "moodle.xml")
    assert (tmp_path / "taken").read_text() == "mine"


def test_nobody_who_ticks_what_belongs_reads_that_something_is_missing(questions):
    """Moodle says the feedback of an option to whoever ticked it."""
    for question in questions.values():
        if question["kind"] == "multichoice":
            said = [why for worth, _, why, _ in question["answers"] if worth > 0]
            assert not [why for why in said if "missing" in why], question["name"]


def test_a_guess_asks_by_one_rule_and_shows_a_paraphrase_as_no_quotation(questions):
    """Who reads Moodle alone knows no strict reading, and not which sentence stood before."""
    for row in decidable():
        text = plain(questions[f"frenemies-guess-{row['id']}"]["text"])
        assert not re.search(r"(?i)\bstrict\b|\blenient\b", text), text
        assert row["claim"] in text and f"“{row['claim']}" not in text
        assert not text.startswith("..."), text
        assert ("Two books are asked" in text) == (row["id"] in BY_TWO), text


def test_a_number_is_asked_for_in_one_unit(questions):
    text = questions["frenemies-exercise-M5-share"]["text"]
    volume = plain(text.partition("<table>")[0])  # the figures have units of their own
    assert "TIV" not in volume and "Give a number in %" in volume
