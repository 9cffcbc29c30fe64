"""Questions for Moodle: one XML file that Moodle's question bank imports, with no plugin.

The guess on each claim is a question for certainty-based marking. An exercise is a numerical,
multiple choice, cloze or essay question, with what the exercise says of each foreseen slip. What
Moodle has no question for is listed, and left out.
"""

import ast
import base64
import hashlib
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as Tree

from markupsafe import Markup, escape

from heldto import __version__, article, claims, evidence, exercises
from heldto.claims import UNJUDGED, card, guessed, ledger
from heldto.claims.listed import find_claim
from heldto.claims.span import span_told
from heldto.claims.verdict import Verdict
from heldto.errors import Problem, or_else, write_atomic
from heldto.evidence import actors
from heldto.evidence.paths import notebooks_dir
from heldto.exercises.kinds import Choice, Items, Number, Open, Table
from heldto.exercises.sheets import Exercise
from heldto.pictures import Picture
from heldto.publish.classroom import figures_asked
from heldto.publish.notebook_files import read_notebook
from heldto.tr import tr, tr_n, tr_noop

NAME = "moodle.xml"
MOST_RIGHT = 10  # right options of which Moodle knows the fraction that each is worth
LONGEST = 255  # characters of a question's name
UPLOAD = 2_000_000  # bytes that PHP takes by default
KINDS = {  # of Moodle's questions, as a lecturer calls them
    "multichoice": "multiple choice",
    "numerical": "numbers",
    "cloze": "tables",
    "essay": "essays",
}
NOT_HERE = {
    "frame": "is answered in code, which Moodle does not run",
    "state": "asks for a state of the switches, which Moodle does not have",
}
IN_CODE = "In code:"  # what follows, in a question or a hint, is for readers who write code


@dataclass
class Bank:
    """What was written: questions (XML elements, categories among them), and left_out, a sentence
    for each claim or exercise that has no question.
    """

    questions: list[Tree.Element] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def counted(self) -> Counter[str]:
        """How many questions there are of each of Moodle's types."""
        kinds = Counter(one.get("type", "") for one in self.questions)
        del kinds["category"]
        return kinds

    def to_xml(self) -> bytes:
        """The file, as Moodle's importer reads it."""
        quiz = Tree.Element("quiz")
        quiz.extend(self.questions)
        Tree.indent(quiz)
        return Tree.tostring(quiz, encoding="utf-8", xml_declaration=True)


def write_questions(out: Path | str, pictures: bool = False, pages: str = "") -> list[str]:
    """Write the questions to a file, or into a folder as `moodle.xml`; what to say of it, a line
    each.

    pictures: each exercise shows the picture that stands above it in its notebook; pages: the
    address of the handouts, which questions then link. Raises Problem where the file cannot be
    written.
    """
    bank, path = question_bank(pictures, pages), Path(out)
    if path.is_dir() or not path.suffix:
        path = path / NAME
    with or_else("name another file or folder, or make room there"):
        path.parent.mkdir(parents=True, exist_ok=True)
    text = bank.to_xml()
    with or_else("name another file, or make room there"):
        write_atomic(path, text)
    return [*_said(bank, path, len(text)), *bank.left_out]


def _said(bank: Bank, path: Path, size: int) -> Iterator[str]:
    kinds = ", ".join(f"{count} {KINDS[kind]}" for kind, count in bank.counted.items())
    yield f"wrote {path}: {bank.counted.total()} questions ({kinds})"
    yield (
        "In Moodle: Question bank, Import, Moodle XML format. Compare the number of questions that "
        "Moodle reports with the number above: an import that stops early gives no message."
    )
    yield (
        "For the guesses, choose the quiz setting 'Deferred feedback with CBM'. Import into a new "
        "category for each version: Moodle adds questions and never updates them."
    )
    if size > UPLOAD:
        yield (
            f"The file has {size / 1e6:.1f} MB. Many Moodle sites take 2 MB: leave out --pictures "
            "if yours refuses it."
        )


def question_bank(pictures: bool = False, pages: str = "") -> Bank:
    """The questions of the current article. pages: the address of the handouts, "" where none is
    known.
    """
    if pages and not pages.startswith(("https://", "http://")):
        raise Problem(f"--pages {pages}: write the address of the handouts, from https:// on")
    bank = Bank()
    guesses = [*_guesses(bank, pages)]
    exercise_questions = [*_exercises(bank, pictures, pages)]
    state = _state([*guesses, *exercise_questions])
    title = f"{article.current().title} {state}".replace("/", "//")
    count = len(guesses) + len(exercise_questions)
    info = tr_n(
        "{n} question in this file. Compare with the number that Moodle imports.",
        "{n} questions in this file. Compare with the number that Moodle imports.",
        count,
    )
    cbm = tr("In the quiz, choose the behaviour 'Deferred feedback with CBM' for these.")
    parts = ((tr("Guesses"), guesses, f"{info} {cbm}"), (tr("Exercises"), exercise_questions, info))
    for name, questions, intro in parts:
        if questions:
            bank.questions += [_category(f"top/{title}/{name}", intro), *questions]
    if not bank.questions:
        raise Problem("this article has no claim and no exercise that Moodle could ask")
    return bank


def _state(questions: Sequence[Tree.Element]) -> str:
    """What tells one export from the next in the name of a category: the version of a package, and
    of a folder a digest of the questions themselves.
    """
    if article.current().is_package:
        return __version__
    return hashlib.sha256(b"".join(map(Tree.tostring, questions))).hexdigest()[:8]


def _without_stop(reason: str) -> str:
    """A reason as it ends a line: "Did you mean "votes"?." of a fault has two stops."""
    return reason.removesuffix(".") if reason.endswith(("?.", "!.")) else reason


def _guesses(bank: Bank, pages: str) -> Iterator[Tree.Element]:
    for claim in (row["id"] for row in evidence.rows("claims")):
        then, since = ledger.both(claim)
        if then.verdict == UNJUDGED:
            bank.left_out.append(f"not in the file: {claim}: {_without_stop(then.reason)}")
            continue
        if then.rule.comparison == "undecided":  # its rule gives the answer away
            bank.left_out.append(f"not in the file: {claim}: no table here can decide it")
            continue
        known = tr("As known in {month}", month=article.current().month)
        feedback = [f"{known}: {tr(then.verdict)}. {then.reason}"]
        if ledger.updated(then, since):
            feedback.append(f"{tr('Since')}: {tr(since.verdict)}. {since.reason}")
        yield _guess(claim, then, feedback, pages)


def _guess(claim: str, then: Verdict, feedback: Sequence[str], pages: str) -> Tree.Element:
    row, shown, asked = claims.row(claim), card.VerdictCard(claim), find_claim(claim)
    says = _sentence(claim)
    measure = tr("What is measured: {what}.", what=asked.told("what"))
    rule = tr("Rule: {rule}.", rule=asked.told("thresholds"))  # that which decides, and no other
    texts = [says, measure, span_told(claim), *shown.measured(), rule]
    if then.finding.reporters:
        texts.append(tr("Two books are asked. If their verdicts differ, the claim holds partly."))
    books = len(then.finding.reporters or [""])
    # an option that cannot be right would be no question
    words = [word for word in guessed.offered(claim) if then.rule.can_give(word, books)]
    if then.rule.cap:
        texts.append(
            tr(
                "By this rule {verdict} is the best verdict, so no better one is offered.",
                verdict=tr(then.rule.cap),
            )
        )
    elif "partly" not in words:
        texts.append(tr("This rule never says partly, so that is not offered."))
    said = tr_noop("The claim stands with its figures on the page {page}.")
    place = _place(pages, row["notebook"], claim, tr(said))
    asks = guessed.ahead_told(claim) or tr(
        "Judge by what was known in {month}. What do the figures of that time say?",
        month=article.current().month,
    )
    figures = (
        _figures(figures_asked.claim_figures(asked.measure, asked.due)) if asked.measure else ""
    )
    if then.figure and not figures:
        figures = _paragraphs([_figure_told(then)])
    text = _paragraphs(texts) + figures + _paragraphs([place, asks])
    question = _question("multichoice", f"{claim}: {says.removesuffix('.')}", text)
    _say(question, "generalfeedback", _paragraphs(feedback))
    _add_text(question, "idnumber", _id("guess", claim))
    _options(question, single=True, shuffled=False)
    right = guessed.held_against(claim)
    for word in words:  # a guess on what is still to come is as good as another
        _answer(question, 100 if right in ("", word) else 0, escape(tr(word)))
    return question


def _figure_told(then: Verdict) -> str:
    """The figure on which a claim rests, with its source: its rows would be too many."""
    told = tr("The figure as known in {month}", month=article.current().month)
    return f"{told}: {then.figure}. {tr('Source:')} {then.sources}."


def _figures(asked: figures_asked.Figures | None) -> Markup:
    """The figures that a question needs, as a table with what they have in common, and a source."""
    if asked is None:
        return Markup("")
    head = Markup("").join(Markup("<th>{}</th>").format(cell) for cell in asked.head)
    rows = (
        Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row) for row in asked.rows
    )
    body = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in rows)
    top = Markup("<tr>{}</tr>").format(head) if head else ""
    table = Markup("<table>{}{}</table>").format(top, body)
    source = f"{tr('Source:')} {asked.source}."
    return _paragraphs(["; ".join(asked.common)]) + table + _paragraphs([source])


def _sentence(claim: str) -> str:
    """What a claim says, in our words and so without quotation marks; "... and far less" goes on
    from the claim before it.
    """
    ids = [row["id"] for row in evidence.rows("claims")]
    says = str(claims.row(claim)["claim"])
    if says.startswith("...") and claim != ids[0]:
        says = f"{_sentence(ids[ids.index(claim) - 1]).removesuffix('.')} {says}"
    return says if says.endswith((".", "?", "!")) else f"{says}."


def _place(pages: str, notebook: str, at: str, said: str) -> Markup:
    """A sentence about a {page}, and its link where the address of pages is known."""
    section = article.section_of_notebook(notebook)
    page = article.current().sections[section].title or notebook.replace("_", " ")
    heading = tr(", at {claim}", claim=at)
    heading = "" if at.startswith("cell-") else heading  # of a cell no reader sees the id
    name: Markup | str = f"“{page}”{heading}"
    if pages:
        address = f"{pages.rstrip('/')}/{notebook}.html#at={at}"
        name = Markup('<a href="{}" target="_blank">{}</a>').format(address, name)
    return Markup(escape(said)).format(page=name)


def _exercises(bank: Bank, pictures: bool, pages: str) -> Iterator[Tree.Element]:
    for section, notebook in article.notebooks().items():
        cells = _cells_of_exercises(notebook)
        picture_by_exercise = _pictures_above(section) if pictures else {}
        for name in exercises.exercise_ids(section):
            try:
                exercise = exercises.find_exercise(name)
                question = _exercise(exercise, picture_by_exercise.get(name))
                if figures := _figures(figures_asked.exercise_figures(exercise)):
                    _add_to_text(question, figures)
                if name in cells:
                    said = tr(
                        "The picture and the table stand above Exercise {exercise} on the page "
                        "{page}.",
                        exercise=name,
                        page="{page}",
                    )
                    _add_to_text(question, _place(pages, notebook, cells[name], said))
            except (Problem, exercises.Unanswerable) as lack:
                bank.left_out.append(f"not in the file: {name}: {lack}")
            else:
                yield question


def _exercise(exercise: Exercise, picture: Picture | None) -> Tree.Element:
    """An exercise as a question. Raises Problem where Moodle has no such question."""
    task = exercise.question
    if task.ask.lstrip().startswith(IN_CODE):
        raise Problem(NOT_HERE["frame"])
    if isinstance(task, Number):
        question = _number(exercise, task)
    elif isinstance(task, Choice):
        question = _choice(exercise, task)
    elif isinstance(task, Items):
        question = _items(exercise, task)
    elif isinstance(task, Table):
        question = _cloze_question(exercise, task)
    elif isinstance(task, Open):
        question = _open(exercise, task)
    else:
        raise Problem(NOT_HERE.get(task.kind, "is a kind of question that Moodle does not have"))
    for hint in task.hints if not isinstance(task, Open) else ():
        if words := _paragraphs([hint]):
            _say(question, "hint", words)
    if picture is not None:
        _show(question, picture)
    return question


def _started(kind: str, exercise: Exercise, text: Markup, solution: str = "") -> Tree.Element:
    """A question with what all kinds have: name, text, feedback, number, penalty."""
    question = _question(kind, exercise.title, text)
    if solution:
        _say(question, "generalfeedback", _paragraphs([solution]))
    _add_text(question, "idnumber", _id("exercise", exercise.id))
    _add_text(question, "penalty", "0.3333333")
    return question


def _number(exercise: Exercise, number: Number) -> Tree.Element:
    alone = tr("Write the number alone, without its unit.")
    text = _paragraphs([number.ask, f"{number.wanted()} {alone}"])
    question = _started("numerical", exercise, text, number.solution)
    for value, why, right in foreseen(number):
        answer = _answer(question, 100 if right else 0, f"{value:.12g}", escape(why))
        _add_text(answer, "tolerance", f"{tolerance(number, value):.12g}")
    anything = _answer(question, 0, "*", escape(number.unforeseen()))
    _add_text(anything, "tolerance", "0")
    _add_text(question, "showunits", "3")  # no unit is asked for
    return question


def foreseen(asked: Number) -> list[tuple[float, str, bool]]:
    """The answers to a number that something is said of, the right one first: (value, what is said,
    right?). Slips that give the same figure are one answer, their sentences joined by "Or:".
    """
    slips = [*asked.known, *((asked.answer * by, why) for by, why in asked.slips().items())]
    slips += [*asked.roughly().items()]
    reasons: dict[str, list[str]] = {}
    values: dict[str, float] = {}
    for value, why in slips:
        text = asked.written(value, 2 if abs(value) < abs(asked.answer) else 0)
        if math.isfinite(value) and not asked.near(value, asked.answer):
            values.setdefault(text, value)
            reasons.setdefault(text, []).append(why)
    joined = {text: tr(" Or: ").join(dict.fromkeys(whys)) for text, whys in reasons.items()}
    right = round(asked.answer) if asked.rounded else asked.answer
    right_answer = (float(right), asked.means, True)
    return [right_answer, *((float(values[text]), why, False) for text, why in joined.items())]


def tolerance(asked: Number, value: float) -> float:
    """How far an answer may be from a value and still be it: the last digit asked for, or 0.2 %;
    half of the distance where a slip stands nearer to the right answer than that. Half of one where
    a whole number is asked for that the answer is not.
    """
    if asked.rounded and value == round(asked.answer):
        return 0.5
    if not asked.digits and not asked.rounded:
        return 0.0
    reach = 0.5 if asked.rounded else max(10**-asked.digits, abs(value) * 0.002)
    distance = abs(value - asked.answer)
    return min(reach, distance / 2) if distance else reach


def _choice(exercise: Exercise, choice: Choice) -> Tree.Element:
    question = _started("multichoice", exercise, _paragraphs([choice.ask]), choice.solution)
    right_count = sum(bool(right) for _, right, _ in choice.choices)
    _options(question, single=right_count == 1, shuffled=True)
    for text, is_right, why in choice.choices:
        _answer(
            question,
            _worth(bool(is_right), right_count, len(choice.choices)),
            escape(text),
            escape(why),
        )
    return question


def _items(exercise: Exercise, items: Items) -> Tree.Element:
    right, wrong = [*items.answer], [*items.wrong]
    fillers = [code for code in actors.ALL if code not in {*right, *wrong}]
    wrong += fillers[: max(0, 4 - len(wrong))]  # a list of right ones alone asks nothing
    if len(right) > MOST_RIGHT:
        raise Problem(f"more than {MOST_RIGHT} of its options are right, which Moodle cannot mark")
    text = _paragraphs([items.ask, tr("Choose all that belong.")])
    question = _started("multichoice", exercise, text, items.solution)
    _options(question, single=False, shuffled=True)
    for code in [*right, *wrong]:
        why = items.wrong.get(code, "")  # it stands beside what was chosen, not what is missing
        worth = _worth(code in right, len(right), len(right) + len(wrong))
        _answer(question, worth, escape(actors.name(code)), escape(why))
    return question


def _worth(right: bool, of: int, among: int) -> float:
    """What choosing an option is worth, in per cent: all right ones together 100."""
    if right:
        return 100 / of
    return -100 / (among - of) if of > 1 and among > of else 0


def _cloze_question(exercise: Exercise, table: Table) -> Tree.Element:
    """A cloze question: a gap a row."""
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td></tr>").format(
            actors.name(key) if key in actors.ALL else key, Markup(_gap(table, key, target))
        )
        for key, target in table.answer.items()
    )
    head = Markup("<tr><th>{}</th><th>{}</th></tr>").format(table.key, table.value)
    text = _paragraphs([table.ask]) + Markup("<table>{}{}</table>").format(head, rows)
    return _started("cloze", exercise, text, table.solution)


def _gap(table: Table, key: str, target: float) -> str:
    """A gap of a cloze question, in Moodle's own writing."""
    slips = [(values[key], why) for values, why in table.wrong if key in values]
    number = Number(
        answer=target, wrong=slips, unit=table.unit, digits=table.digits, means=table.means
    )
    answers = [
        f"{'=' if right else '%0%'}{value:.12g}:{tolerance(number, value):.12g}#{_in_gap(why)}"
        for value, why, right in foreseen(number)
    ]
    return "{1:NUMERICAL:" + "~".join(answers) + "}"


def _in_gap(text: str) -> str:
    """A sentence within a gap: what would end the gap, or the sentence, has a backslash before it,
    and what would be HTML is escaped.
    """
    return "".join("\\" + sign if sign in '}~#/"\\' else sign for sign in str(escape(text)))


def _open(exercise: Exercise, essay: Open) -> Tree.Element:
    question = _started("essay", exercise, _paragraphs([essay.ask]))
    _add_text(question, "responseformat", "editor")
    _say(question, "graderinfo", _paragraphs([*essay.points(), essay.solution]))
    return question


# --- the parts of a question ------------------------------------------------------------------


def _category(name: str, info: str) -> Tree.Element:
    category = Tree.Element("question", type="category")
    _text(category, "category", name)
    _say(category, "info", _paragraphs([info]))
    return category


def _question(kind: str, name: str, text: Markup) -> Tree.Element:
    question = Tree.Element("question", type=kind)
    plain = name.replace("<", "‹").replace(">", "›")  # Moodle strips what looks like a tag
    shortened = plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 2]} …"
    _text(question, "name", shortened)
    _say(question, "questiontext", text)
    return question


def _id(kind: str, name: str) -> str:
    """A question's own number in Moodle, the article's name in it."""
    return f"{article.current().package}-{kind}-{name}"[:100]


def _options(question: Tree.Element, single: bool, shuffled: bool) -> None:
    _add_text(question, "single", "true" if single else "false")
    _add_text(question, "shuffleanswers", "true" if shuffled else "false")
    _add_text(question, "answernumbering", "abc" if shuffled else "none")
    _add_text(question, "showstandardinstruction", "0")


def _answer(
    question: Tree.Element, worth: float, text: Markup | str, why: Markup | str = ""
) -> Tree.Element:
    """An answer. worth: per cent, with the five decimals that Moodle compares."""
    number = question.get("type") == "numerical"
    answer = Tree.SubElement(
        question,
        "answer",
        fraction=f"{worth:.5f}".rstrip("0").rstrip("."),
        format="moodle_auto_format" if number else "html",
    )
    Tree.SubElement(answer, "text").text = str(text)
    if why:
        _say(answer, "feedback", why)
    return answer


def _say(parent: Tree.Element, name: str, html: Markup | str) -> Tree.Element:
    part = Tree.SubElement(parent, name, format="html")
    Tree.SubElement(part, "text").text = str(html)
    return part


def _text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(Tree.SubElement(parent, name), "text").text = text


def _add_text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(parent, name).text = text


def _paragraphs(texts: Sequence[str]) -> Markup:
    parts = (text.partition(IN_CODE)[0].strip() for text in texts)
    return Markup("").join(Markup("<p>{}</p>").format(words) for words in parts if words)


# --- the picture above an exercise ------------------------------------------------------------


def _pictures_above(section: str) -> dict[str, Picture]:
    """{exercise: the picture that stands last above it in the section's notebook}."""
    from heldto.publish.proofread import picture_functions

    functions, pictures = picture_functions(), dict[str, Picture]()
    above: dict[str, Picture] = {}
    last_picture = ""
    path = notebooks_dir() / f"{article.notebooks()[section]}.ipynb"
    for cell in read_notebook(path).cells if path.is_file() else ():
        for kind, name in _names_in_code(cell.source) if cell.cell_type == "code" else ():
            if kind == "picture" and name in functions:
                last_picture = name
            elif kind == "exercise" and last_picture:
                above[name] = pictures.setdefault(last_picture, functions[last_picture]())
    return above


def _names_in_code(source: str) -> Iterator[tuple[str, str]]:
    """What the code of a cell names: ("picture", "section.name_picture") or ("exercise", id)."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic, or a gap that a reader fills
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.endswith("_picture"):
            yield "picture", ast.unparse(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".exercise"):
            for word in node.args:
                if isinstance(word, ast.Constant):
                    yield "exercise", str(word.value)


def _cells_of_exercises(notebook: str) -> dict[str, str]:
    """{exercise: the id of its place on the page} of a notebook."""
    path = notebooks_dir() / f"{notebook}.ipynb"
    return {
        name: f"cell-{cell.id}"
        for cell in (read_notebook(path).cells if path.is_file() else ())
        if cell.cell_type == "code"
        for kind, name in _names_in_code(cell.source)
        if kind == "exercise"
    }


def _add_to_text(question: Tree.Element, html: Markup) -> Tree.Element:
    """Put a paragraph below a question's text. Returns the text's element."""
    part = question.find("questiontext")
    assert part is not None
    text = part.find("text")
    assert text is not None
    # a plain str: ElementTree asks it to replace "&", which Markup would escape once more
    inside = html if html.startswith(("<table>", "<p>")) else Markup("<p>{}</p>").format(html)
    text.text = str(Markup("{}{}").format(Markup(text.text), inside))
    return part


def _show(question: Tree.Element, picture: Picture) -> None:
    """The picture below a question's text, with its words."""
    file = f"{picture.key}.png"
    image = Markup('<img src="@@PLUGINFILE@@/{}" alt="{}"><br>{}')
    part = _add_to_text(question, image.format(file, picture.alt, picture.source))
    data = io.BytesIO()
    picture.figure.savefig(data, format="png", dpi=100)
    attachment = Tree.SubElement(part, "file", name=file, path="/", encoding="base64")
    attachment.text = base64.b64encode(data.getvalue()).decode()
