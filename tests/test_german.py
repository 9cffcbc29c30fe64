"""An article speaks German: one catalogue has a German for every text of the engine, and no page of the example has English left."""

import io
import json
import re
import string
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import german
import msgids
import pytest
import started
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment

from heldto import article, catalogues, tr
from heldto.claims import ledger
from heldto.claims.card import VerdictCard
from heldto.claims.listed import all_ids
from heldto.errors import Problem
from heldto.exercises import forms, quick, sheets
from heldto.exercises.guesses import guess_page
from heldto.ledger import overview
from heldto.publish.handouts import assets
from heldto.text import words
from heldto.toggles import declared, of_claims

DE = catalogues.FOLDER / "de.po"
ENGLISH = re.compile(  # words without which hardly an English sentence is, and that are no German ones
    r"\b(the|of|and|to|is|are|with|which|that|this|it|for|from|not|or|at|been|has|have|you|your|they|there|what"
    r"|how|who|where|why|than|only|more|most|each|others?|here|about|figures?|claims?|verdicts?|guess|guesses"
    r"|holds|fails|partly|undecided|picture|rule|known|shown|years?|actors?|sure|since)\b",
    re.IGNORECASE,
)
ATTRIBUTES = (
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "data-tell",
    "data-about",
    "data-how",
    "data-seminar",
)
KEYS = {"Page", "Arrow", "Escape", "Enter", "Home", "End"}  # names of keys, and how they begin
KEYS |= {"PageUp", "PageDown", "ArrowLeft", "ArrowRight", "AbortError", "Claim", "UTF-8"}
KEYS |= {"answers-do my-line-do", "wall-row wall-rounds"}
CODE = ("script", "style", "code", "pre", "title")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The example in German."""
    return german.made(tmp_path_factory.mktemp("german") / "sitz")


@pytest.fixture(scope="module")
def speaks(folder):
    with article.using(article.read_folder(folder)):
        yield folder


@pytest.fixture(scope="module")
def needed():
    return msgids.everything()


def blanks(text):
    """What stands in the places of a text: of str.format, of Jinja, and of a script."""
    scripts = re.findall(
        r"\$\{([^{}?]*)\}", re.sub(r"wordOf\(([^()]*)\)|\.map\(wordOf\)", r"\1", text)
    )
    script = {re.sub(r'"[^"]*"', '""', one) for one in scripts}
    jinja = {
        one.strip()
        for one in re.findall(r"\{\{(.*?)\}\}|\{%\s*if (.*?)%\}", text)
        for one in one
        if one
    }
    if jinja or "${" in text:
        return script | jinja
    return {
        f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None
    }


# --- the catalogue ---------------------------------------------------------------------------


def test_every_text_of_the_engine_has_a_german_and_no_other_is_kept(needed):
    held = {key for key in catalogues.catalogue("de").forms if key[0] != "script"}
    assert not needed.keys() - held, "write these into languages/de.po"
    assert not held - needed.keys(), (
        "the engine says these no longer: delete them in languages/de.po"
    )


def test_every_german_text_keeps_the_places_of_the_english_one():
    lost = {
        english: words
        for (_, english), forms in catalogues.catalogue("de").forms.items()
        for words in forms
        if blanks(english) != blanks(words)
    }
    assert not lost


def test_a_text_that_counts_has_a_german_for_one_and_for_several(needed):
    entries = catalogues.catalogue("de")
    for key, plural in needed.items():
        assert (len(entries.forms[key]) == 2) is bool(plural), key
        assert entries.plurals.get(key, "") == plural
        assert all(entries.forms[key]), key


def test_a_catalogue_is_read_as_babel_reads_it():
    theirs = read_po(io.BytesIO(DE.read_bytes()))
    ours = catalogues.catalogue("de")
    for message in theirs:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[0]
        german = [message.string] if isinstance(message.string, str) else [*message.string]
        assert ours.forms[message.context or "", english] == german
    assert len(ours.forms) == len(theirs)


@pytest.mark.parametrize(
    "line", ["msgid English", '"alone"', "msgid 'a'", 'mgstr "a"', 'msgid "a" b"']
)
def test_a_line_that_is_none_of_a_catalogue_is_named(line):
    with pytest.raises(Problem, match="xx.po, line 2: .*: mend that line"):
        catalogues.parsed_catalogue(f"# words\n{line}\n", "xx.po")


def test_a_text_of_a_script_stands_there_as_it_is_in_the_catalogue():
    literals = {*quoted(msgids.scripts())}
    entries = catalogues.catalogue("de").forms
    gone = [
        text
        for about, text in entries
        if about == "script" and not {f'"{text}"', f"`{text}`"} & literals
    ]
    assert not gone


def test_no_text_of_a_script_lacks_a_german():
    """Words with a capital, or a sentence of several; the rest of a script's literals are selectors, keys and markup."""
    entries = catalogues.catalogue("de").forms
    lacking = [
        text
        for text in dict.fromkeys(msgids.literals(msgids.scripts()))
        if re.match(r"[A-Z][a-z]+([ ,.?!:].*)?$", text)
        or re.match(r"[a-z]{2,} [a-z]{2,}[a-z ,]* [a-z]+$", text)
        if ("script", text) not in entries and text not in KEYS
    ]
    assert not lacking


def quoted(code):
    return [f"{quote}{one}{quote}" for one in msgids.literals(code) for quote in '"`']


# --- the language ----------------------------------------------------------------------------


def test_an_unknown_language_is_named_with_file_key_and_remedy(tmp_path):
    path = tmp_path / "article.toml"
    path.write_text(
        'title = "A"\nauthor = "B"\nday = 2020-01-01\nlanguage = "dee"\n[sections.one]\nletter = "A"\n'
    )
    with pytest.raises(
        Problem, match=r'article.toml: language is "dee", which has no catalogue here. .*\bde\b'
    ):
        article.read_article(path, "own")


def test_english_is_as_it_is_written(needed):
    assert tr.language() == "en"
    for context, english in needed:
        assert tr.tr(english, context=context) == english
    code = msgids.page_script()
    assert catalogues.catalogue("en").script(code) == code
    assert "wordOf" not in assets.page_values()


def test_what_is_counted_and_what_is_put_in(speaks):
    assert tr.tr("Verdict on {claim}", claim="A1") == "Urteil zu A1"
    assert tr.tr_n("{n} claim", "{n} claims", 1) == "1 Behauptung"
    assert tr.tr_n("{n} claim", "{n} claims", 3) == "3 Behauptungen"
    assert (
        tr.tr("The first {most} of {count:,} rows.", most=5, count=1234)
        == "Die ersten 5 von 1.234 Zeilen."
    )
    assert tr.tr_html("Hint {number}", number="<b>") == "Hinweis &lt;b&gt;"


def test_days_and_figures_are_written_as_german_writes_them(speaks):
    assert words.format_day("2015-09-28") == "28. September 2015"
    assert words.format_day("2015-03") == "März 2015"
    assert words.percent(0.085) == "8,5 %"
    assert tr.numerals("-1,234.5") == "-1.234,5"
    assert tr.numerals("2004-14 version 1") == "2004-14 version 1"


# --- the example -----------------------------------------------------------------------------


def test_each_text_of_the_example_is_in_german_txt():
    """A text that somebody adds to the example needs a German beside it."""
    known = {english for english, _, _ in german.pairs()}
    lacking = [
        text
        for name in ("claims.toml", "pictures.toml", "exercises.toml")
        for text in re.findall(
            r'(?<![\w.])"((?:[^"\\\n]|\\.)*)"', (german.EXAMPLE / name).read_text(encoding="utf-8")
        )
        if re.search("[a-z]{3} [a-z]{2}", text) and text not in known and "fr.evidence" not in text
    ]
    assert not lacking


def test_figures_verdicts_and_thresholds_are_those_of_the_english_one(speaks):
    columns = [
        f"{name}_{side}"
        for name in ("value", "verdict", "strict", "lenient")
        for side in ("then", "since")
    ]
    columns += ["readings", "readings_same", "distinct_figures", "stable", "data_until_then"]
    german_ones = ledger.table()
    with article.using(article.read_folder(german.EXAMPLE)):
        english_ones = ledger.table()
    columns = [name for name in columns if name in english_ones]
    assert len(columns) > 10
    assert german_ones[columns].to_json() == english_ones[columns].to_json()


def test_a_language_alone_changes_no_seal_and_no_digest(tmp_path):
    import shutil

    copy = shutil.copytree(german.EXAMPLE, tmp_path / "seat_in_german")
    german.spoken(copy)
    code = "import json, heldto as fr\nfrom heldto.claims import proof, seals\nfrom heldto.claims.listed import all_ids, row\n"
    code += "told = {one: [proof.rule_digest(proof.beforehand(one)), seals.is_sealed(one), str(fr.ledger.judge(one, 'then').value)] for one in all_ids()}\n"
    code += "print(json.dumps([told, *proof.proof_sentences('A1')]))"
    both = [started.python(where, code=code) for where in (german.EXAMPLE, copy)]
    assert all(done.returncode == 0 for done in both), both
    english, theirs = (json.loads(done.stdout.splitlines()[-1]) for done in both)
    assert english[0] == theirs[0]
    assert any("the same digest" in sentence for sentence in english[1:])
    assert any("the same digest" in sentence for sentence in theirs[1:])


def parts():
    """What a page shows of the example, a piece each, with its name."""
    for claim in all_ids():
        card = VerdictCard(claim)
        yield (
            claim,
            f"<pre-line>{chr(10).join(card.lines())}</pre-line>{card.to_html()}{guess_page(claim)}",
        )
    for key in of_claims.pictures():
        yield key, declared.drawn(key)().page()
    for name in sheets.exercise_ids():
        yield name, str(forms.exercise_page(forms.checks.find_exercise(name)))
    yield "round", str(quick.quick_round()._page())
    yield "glance", overview.glance_picture().page()


def told(html):
    """Every text that somebody sees or hears on a page: text nodes and attributes."""
    tree = BeautifulSoup(html, "html.parser")
    for text in tree.find_all(string=True):
        is_code = text.parent.name in CODE or text.find_parent(CODE)
        printed = text.find_parent(class_="dataframe")  # by Python: a table's own names of columns
        if not (isinstance(text, Comment) or is_code or printed):
            yield " ".join(text.split())
    for tag in tree(True):
        yield from (str(tag[name]) for name in ATTRIBUTES if tag.has_attr(name))


def english_in(html, entries):
    """The texts of a page with an English word in them, or that are an entry of the catalogue."""
    keys = {
        english
        for (about, english), forms in entries.items()
        if about != "script" and forms[0] != english
    }
    return sorted({text for text in told(html) if ENGLISH.search(text) or text in keys})


@pytest.mark.slow
def test_no_english_is_left_in_what_a_page_shows(speaks):
    entries = catalogues.catalogue("de").forms
    left = {name: texts for name, html in parts() if (texts := english_in(html, entries))}
    assert not left


@pytest.mark.slow
def test_no_english_is_left_on_the_pages_of_the_example(folder):
    """The whole of it: sealed, its notebooks written and executed, and all that a class is handed."""
    note = "wer die Regeln schrieb, kannte einen Teil der Zahlen"
    made = [["cards"], ["card", "--all"], ["moodle", "moodle"], ["site", "site", "--handouts-only"]]
    steps = [["seal", "--note", note], ["notebooks"], ["handouts", "--seminar"], *made, ["check"]]
    for line in steps:
        done = started.python(folder, "heldto", *line)
        assert done.returncode == 0, done.stdout + done.stderr
    assert 'language "de": still in English: ' in done.stdout  # nobody takes a part for the whole
    entries = catalogues.catalogue("de").forms
    for name in ("seminar", "lesson-45"):
        with zipfile.ZipFile(folder / "handouts" / f"{name}.zip") as pack:
            pack.extractall(folder / name)
    pages = sorted(folder.rglob("*.html"))
    names = {path.name for path in pages}
    handed = "plan-45 key letter misreadings slips wall codebook role-cards lesson-45"
    assert {f"{name}.html" for name in [*handed.split(), "marker-cards", "index"]} <= names
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert '<html lang="de"' in html, path
        assert not english_in(html, entries), path
    quiz = ElementTree.parse(folder / "moodle" / "moodle.xml")
    parts = ("questiontext", "generalfeedback", "answer")
    asked = {one.findtext("text") or "" for tag in parts for one in quiz.iter(tag)}
    assert len(asked) > 20 and not {one for one in asked if english_in(one, entries)}
    pages = [folder / "handouts" / "01_weight.html", folder / "handouts" / "wall.html"]
    said = [
        re.sub(r"\$\{[^}]*\}", "", one)
        for path in pages
        for one in msgids.literals(html_script(path))
    ]
    assert not [
        one
        for one in said
        if re.search(r" (the|your?|are|they|there|this|with) |^(the|your?) ", one)
    ]


def html_script(path):
    return re.findall(
        r'<script type="module">(.*?)</script>', Path(path).read_text(encoding="utf-8"), re.DOTALL
    )[-1]
