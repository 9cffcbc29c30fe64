"""Only what the data lack makes a verdict undecided; a fault of our own, or a slip in a text, is said as what it is."""

import shutil

import pytest
from bs4 import BeautifulSoup

import frenemies as fr
from frenemies import sections
from frenemies.sections.economic import claim_measures
from frenemies.sections.economic import claims as economic
from heldto import article, claims, errors
from heldto.claims import card, ledger, substitute
from heldto.errors import OUR_FAULT, OurFault, TextError
from heldto.exercises import check, find_exercise, sheets
from heldto.publish import claims as printed
from heldto.publish import proofread
from heldto.text import texts


def broken(*args, **named):
    raise AttributeError("no such column")


LINE = broken.__code__.co_firstlineno + 1
FAULT = f"{OUR_FAULT}: AttributeError: no such column (test_faults.py, line {LINE})"


@pytest.fixture
def anew(mutate):
    """What was worked out before is worked out anew, from the same figures."""
    mutate("glossary", lambda frame: frame[::-1])


def test_a_fault_of_a_measure_is_no_verdict_and_costs_no_other(anew, monkeypatch):
    before = ledger.table("economic")
    monkeypatch.setattr(claim_measures, "crude_growth", broken)
    ledger.judge.cache_clear()
    claims.testing.evaluate_or_fault.cache_clear()
    found = ledger.judge("E5", "then")
    assert (found.verdict, found.reason) == (claims.UNJUDGED, f"{FAULT}.")
    after = ledger.table("economic")
    assert [*after.index[after.verdict_then.ne(before.verdict_then)]] == ["E5"]
    shown = card.VerdictCard("E5")
    for page in (repr(fr.verdict("E5")), printed.plain("E5"), shown.to_html()):
        told = " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())
        assert told.count(FAULT) <= 2 and FAULT in told
        assert "undecided" not in told.lower() and "from this data" not in told
    assert FAULT in ledger.entry("E5")["reason_then"]


def test_a_fault_beside_a_verdict_is_said_there_and_the_verdict_stands(anew, monkeypatch):
    verdict = ledger.judge("E7", "then").verdict
    monkeypatch.setattr(economic.energy, "coal_known_in_2019", broken)
    claims.testing.evaluate_or_fault.cache_clear(), ledger.judge.cache_clear()
    found = ledger.judge("E7", "then")
    assert found.verdict == verdict
    assert f"{FAULT}." in [sentence for sentence, _ in found.context]
    assert [one for one in proofread.of_claim("E7") if FAULT in one] == [f"E7: {FAULT}"]


def test_a_fault_of_what_others_are_measured_by_is_said_and_the_verdict_stands(anew, monkeypatch):
    verdict, test = ledger.judge("F5", "then").verdict, claims.TESTS["F5"]

    def of_others(vintage, china="CHN", russia="RUS"):
        return test(vintage) if russia == "RUS" else broken()

    monkeypatch.setitem(claims.TESTS, "F5", of_others)
    shown = card.VerdictCard("F5")
    page = shown.to_html()
    assert FAULT in page and verdict in page
    with pytest.raises(AttributeError, match="no such column"):
        fr.verdict("F5", RUS="IND")


def test_what_the_data_lack_is_no_fault_of_ours(monkeypatch, anew):
    def lacking(*args, **named):
        raise errors.NotHeld("no figure for crude oil of Russia")

    monkeypatch.setattr(claim_measures, "crude_growth", lacking)
    found = ledger.judge("E5", "then")
    assert (found.verdict, found.reason) == ("undecided", "No figure for crude oil of Russia.")


def test_a_fault_in_an_exercise_is_not_blamed_on_the_data(anew, monkeypatch):
    sheets.exercise_ids("economic")
    monkeypatch.setitem(sheets.SHEETS["economic"]._functions, "E3-rank", broken)
    told = check("E3-rank", 10)
    assert told.right is False and told.says == FAULT
    assert repr(fr.exercise("E3-rank")) == FAULT
    assert [*proofread.of_exercises("economic")] == [f"E3-rank: {FAULT}"]
    with pytest.raises(OurFault):
        find_exercise("E3-rank")


def test_an_exercise_that_our_own_tables_cannot_answer_is_told(anew, monkeypatch):
    sheets.exercise_ids("economic")
    monkeypatch.setitem(sheets.SHEETS["economic"]._functions, "E3-rank", lambda **_: {}[2110])
    assert [*proofread.of_exercises("economic")] == []  # a reader's own data may lack a figure
    monkeypatch.setattr(proofread, "shipped_data_dir", proofread.data_dir)
    (told,) = proofread.of_exercises("economic")
    assert "E3-rank" in told and "2110" in told


# Slips in texts


@pytest.fixture
def written(monkeypatch, tmp_path, anew):
    """written("claims", old, new): the sentences of the section as they are after that change."""

    def change(kind, old, new):
        folder = tmp_path / "sections" / "economic"
        folder.mkdir(parents=True)
        for path in sections.__path__:
            for name in ("claims", "pictures"):
                shutil.copy(f"{path}/economic/{name}.toml", folder / f"{name}.toml")
        path = folder / f"{kind}.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        monkeypatch.setattr(
            article, "section_dir", lambda section, of=None: tmp_path / "sections" / section
        )
        return folder

    return change


TEXTS = [  # what stands there, what is written for it, what is said
    (
        "a balance of {{ reporters.CHN",
        "a balance of {{ reporter.CHN",
        '[E4.sentences], reason: "reporter" is not a figure here. Did you mean "reporters"?',
    ),
    (
        "a balance of {{ reporters.CHN",
        "a balance of {{ reporters.CHM",
        '[E4.sentences], reason: "reporters.CHM" is not a figure here. Did you mean "CHN"?',
    ),
    (
        "books give {{ reporters.RUS | signed(1)",
        "books give {{ reporters.RUS | singed(1)",
        'Did you mean "signed"?',
    ),
    (
        "books give {{ reporters.RUS | signed(1) }}",
        "books give {{ reporters.RUS | signed(1)",
        "[E4.sentences], reason: ",
    ),
    (
        "books give {{ reporters.RUS | signed(1) }}",
        "books {{ reporters | signed(1) }}",
        "[E4.sentences], reason: ",
    ),
    (
        "books give {{ reporters.RUS | signed(1) }}",
        "books {reporters[RUS]:+.1f}",
        "[E4.sentences], reason: {rep",
    ),
    (
        'fob = "By the exports of both',
        'fobs = "By the exports of both',
        '[E4.sentences]: no sentence "fob". Did you mean "fobs"?',
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), TEXTS, ids=[says for *_, says in TEXTS])
def test_a_slip_in_a_sentence_is_named_and_reaches_no_verdict(rewrite, old, new, says):
    rewrite("E4", old, new)
    told = [*proofread.of_claim("E4")]
    assert told and all("data/claims.toml" in one and says in one for one in told)
    for one in ledger.both("E4"):
        assert one.verdict != "undecided" and "from this data" not in one.reason
    assert ledger.judge("E1", "then").verdict != claims.UNJUDGED
    assert (
        len(substitute.substituted_figure("E4", "then", RUS="IND")) == 2
    )  # others are asked for a figure alone


def test_every_text_of_the_article_can_be_read():
    assert [one for path in proofread.files() for one in proofread.file_slips(path)] == []


def test_a_text_that_nobody_asks_for_is_read_all_the_same(tmp_path):
    path = tmp_path / "sections" / "economic" / "pictures.toml"
    path.parent.mkdir(parents=True)
    rows = ['[coal]\ntitle = "{{ a | number(1) }}"', "[coal.then]", 'lead = "{{ a | nmber(1) }}"']
    path.write_text("\n".join([*rows, '[words]\nunused = ["x", "{a:.1f}"]']), "utf-8")
    filter_, brace = texts.slips(path)
    begin = "sections/economic/pictures.toml, "
    assert filter_.startswith(f'{begin}[coal], then, lead: nothing writes a figure as "nmber".')
    assert brace.startswith(f"{begin}[words], unused: {{a:.1f}} has one brace on either side")
    path.write_text("[coal", "utf-8")
    assert [one.startswith("sections/economic/pictures.toml: ") for one in texts.slips(path)] == [
        True
    ]


PICTURES = [
    (
        "by {{ moved | number(0) }} points",
        "by {{ moved_ | number(0) }} points",
        '[russia-turn], title: "moved_" is not a figure here. Did you mean "moved"?',
    ),
    (
        "by {{ moved | number(0) }}",
        "by {{ moved | numbr(0) }}",
        '[russia-turn], title: nothing writes a figure as "numbr". Did you mean "number"?',
    ),
    (
        "by {{ moved | number(0) }}",
        "by {moved:.0f}",
        "[russia-turn], title: {moved:.0f} has one brace on either side: write a figure as {{",
    ),
    ("by {{ moved | number(0) }}", "by {{ moved | number(0)", "[russia-turn], title: "),
    ("[russia-turn]\n", "[rusia-turn]\n", 'no picture "russia-turn". Did you mean "rusia-turn"?'),
    (
        "neutral = \"Partners' shares",
        "neutrul = \"Partners' shares",
        '[russia-turn]: no field "neutrul" of a picture. Did you mean "neutral"?',
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), PICTURES, ids=[says for *_, says in PICTURES])
def test_a_slip_in_a_picture_s_words_is_named_and_costs_that_picture(written, old, new, says):
    from importlib.util import module_from_spec, spec_from_file_location

    from frenemies.sections.economic.pictures import trade

    written("pictures", old, new)
    spec = spec_from_file_location("spoilt", trade.__file__)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)  # it is loaded all the same
    with pytest.raises(TextError) as caught:
        module.turn_picture()
    assert str(caught.value).startswith("sections/economic/pictures.toml")
    assert says in str(caught.value)
    assert [*proofread.of_picture(module.turn_picture)] == [str(caught.value)]
    assert module.partners_picture().title
