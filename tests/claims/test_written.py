"""A claim stands in one place: data/claims.csv and data/readings.csv are what the claims.toml of the sections say."""

import shutil
import sys

import pytest

from frenemies import sections
from heldto import article, evidence
from heldto.claims import sentences, written
from heldto.errors import TextError
from heldto.evidence.paths import shipped_data_dir
from heldto.publish import validate

(SECTIONS,) = sections.__path__


def test_the_tables_are_what_the_claims_say():
    told = [*written.stale_tables()]
    assert not told, told  # each names the command that writes the table
    for name, text in written.tables().items():
        assert (shipped_data_dir() / f"{name}.csv").read_bytes() == text.encode()


@pytest.fixture
def changed(monkeypatch, tmp_path):
    """changed(old, new): the claims of the economic section as they are after that change."""

    def change(old, new):
        for path in article.section_dir("economic").parent.glob("*/claims.toml"):
            (tmp_path / "sections" / path.parent.name).mkdir(parents=True)
            shutil.copy(path, tmp_path / "sections" / path.parent.name)
        path = tmp_path / "sections" / "economic" / "claims.toml"
        text = path.read_text("utf-8")
        assert text.count(old) == 1, text.count(old)
        path.write_text(text.replace(old, new), "utf-8")
        monkeypatch.setattr(article, "section_dir", (tmp_path / "sections").joinpath)

    return change


ABOUT = "Russia has a trade surplus of about USD 9 billion with China in 2019"


def test_a_table_that_is_not_written_anew_is_told_with_the_command(changed, monkeypatch):
    monkeypatch.setitem(sys.modules, "frictionless", None)  # it takes long, and knows no claim
    changed(ABOUT, "Russia sells China more than it buys there")
    (told,) = written.stale_tables()
    assert told.startswith("data/claims.csv differs from the claims.toml of the sections")
    assert "frenemies validate --codebook writes it" in told
    assert told in validate.data_faults()


def test_data_of_a_reader_s_own_are_theirs(changed, data):
    changed(ABOUT, "Russia sells China more than it buys there")
    before = (data / "claims.csv").read_bytes()
    assert written.write_claim_tables() == [] and [*written.stale_tables()] == []
    assert (data / "claims.csv").read_bytes() == before


def test_what_is_written_is_what_the_claim_says(changed, data, monkeypatch):
    changed(ABOUT, "Russia sells China more than it buys there")
    monkeypatch.setattr(written, "shipped_data_dir", lambda: data)
    assert written.write_claim_tables() == [data / "claims.csv"]
    assert "Russia sells China more than it buys there" in (data / "claims.csv").read_text("utf-8")
    assert [*written.stale_tables()] == [] == written.write_claim_tables()


def test_an_article_whose_tables_are_written_by_hand_keeps_them(monkeypatch, tmp_path):
    monkeypatch.setattr(article, "section_dir", tmp_path.joinpath)
    assert written.tables() == {} and [*written.stale_tables()] == []


def test_claims_come_by_the_letters_of_the_sections_and_by_number():
    letters = [one.letter for one in article.current().sections.values() if one.letter]
    ids = [row["id"] for row in evidence.rows("claims")]
    assert ids == sorted(ids, key=lambda one: (letters.index(one[0]), int(one[1:])))


E4 = f'claim = "{ABOUT}"'
BALANCE = '[E4.readings.balance]\nasks = "whose books"\n'
SLIPS = [  # what stands there, what is written for it, what is said
    (E4, "", "[E4]: claim is missing: write it"),
    (E4, "claim = 9", '[E4], claim: "9" is not allowed here: write it in "quotes"'),
    (E4, 'claim = ""', "[E4], claim: "),
    (E4, f"{E4}\nholdz = 3", '[E4]: nothing reads the key "holdz". Did you mean "holds"?'),
    (E4, f'{E4}\nstanding = "yes"', '[E4], standing: "yes" is not allowed here: write true'),
    (E4, f'{E4}\nlenient = "3"', '[E4], lenient: "3" is not allowed here: write a number'),
    (E4, f"{E4}\nlenient = true", '[E4], lenient: "True" is not allowed here: write a number'),
    (
        E4,
        f'{E4}\ncap = "partyl"',
        '[E4], cap: "partyl" is not allowed here: Did you mean "partly"?',
    ),
    (E4, f'{E4}\nparts = ["chn"]', '[E4], parts: "chn" is not allowed here: it should match'),
    ('rule = "balance"\ntarget = 9', 'rule = "balance"', '[E4], target: rule "balance" asks'),
    (
        E4,
        f'{E4}\nlevels = {{both = "hold"}}',
        '[E4], levels, "both": "hold" is not a level: write a number',
    ),
    ("[E4]\n", "[Q4]\n", "[Q4]: write a letter (F, E, G, M) and a number in the brackets"),
    (
        BALANCE,
        '[E4.readings.balance]\nask = "whose books"\n',
        '[E4.readings.balance]: nothing reads the key "ask"',
    ),
    (
        BALANCE,
        "[E4.readings.balance]\nasks = 3\n",
        '[E4.readings.balance], asks: "3" is not allowed here: write it in "quotes"',
    ),
    (
        f'{BALANCE}options = [\n    {{ option = "each"',
        f'{BALANCE}options = [\n    {{ opton = "each"',
        '[E4.readings.balance], option 1: nothing reads the key "opton". Did you mean "option"?',
    ),
    (
        f'{BALANCE}options = [\n    {{ option = "each"',
        f'{BALANCE}options = [\n    {{ alone = 1, option = "each"',
        '[E4.readings.balance], option 1, alone: "1" is not allowed here: write true or false',
    ),
    (
        f"{BALANCE}options = [",
        f"{BALANCE}options = [ 3,",
        '[E4.readings.balance], option 1: "3" is not a table',
    ),
    ("[E5]\n", "[E4.readings.year2]\noptions = []\n[E5]\n", '[E4.readings.year2]: no key "asks"'),
    (
        'fob = "By the exports of both (FOB',
        'fobs = 3\nfob = "By the exports of both (FOB',
        '[E4.says], fobs: "3" is not allowed here: write it in "quotes"',
    ),
    (
        'tables = ["economic/us_energy_exports"]',
        'tables = ["economic/us_energy_export"]',
        '[E8], tables: no "economic/us_energy_export". Did you mean',
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_in_a_claim_names_file_claim_and_key(changed, old, new, says):
    changed(old, new)
    with pytest.raises(TextError) as caught:
        written.tables()
    assert str(caught.value).startswith("sections/economic/claims.toml")
    assert says in str(caught.value)
    assert [*written.stale_tables()] == [str(caught.value)]


def test_a_slip_in_a_reading_keeps_no_card_from_saying_its_sentences(changed):
    changed(BALANCE, "[E4.readings.balance]\nasks = whose books\n")
    with pytest.raises(TextError, match="sections/economic/claims.toml: .*line"):
        written.tables()
    assert "fob" in sentences.Sentences("economic").claims["E4"]["says"]
