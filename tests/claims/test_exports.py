"""data/claims.csv and data/readings.csv are what the claims.toml of the sections say."""

import sys

from conftest import look_again

from heldto import article, evidence
from heldto.claims import exports, listed
from heldto.evidence.paths import shipped_data_dir
from heldto.publish import validate

ABOUT = "Russia has a trade surplus of about USD 9 billion with China in 2019"
OTHER = "Russia sells China more than it buys there"


def test_the_exports_are_what_the_claims_say():
    assert not [*exports.stale_exports()]  # each names the command that writes the table
    for name in exports.ROWS:
        assert (shipped_data_dir() / f"{name}.csv").read_bytes() == exports.exported(name).encode()


def test_a_stale_export_is_told_with_the_command_that_writes_it(rewrite, copied, monkeypatch):
    monkeypatch.setitem(sys.modules, "frictionless", None)  # it takes long, and knows no claim
    monkeypatch.setattr(exports, "shipped_data_dir", lambda: copied)
    rewrite("E4", ABOUT, OTHER)
    (told,) = exports.stale_exports()
    assert told.startswith("data/claims.csv differs from the claims.toml of the sections")
    assert "frenemies validate --codebook writes it" in told
    assert told in validate.data_faults()
    assert exports.write_exports() == [copied / "claims.csv"]
    look_again()
    assert OTHER in (copied / "claims.csv").read_text("utf-8")
    assert [*exports.stale_exports()] == [] == exports.write_exports()


def test_a_reader_s_data_need_no_export(rewrite, copied):
    rewrite("E4", ABOUT, OTHER)
    before = (copied / "claims.csv").read_bytes()
    assert exports.write_exports() == [] and [*exports.stale_exports()] == []
    assert (copied / "claims.csv").read_bytes() == before


def test_an_export_that_is_gone_or_spoilt_costs_no_claim(data):
    (data / "claims.csv").unlink()
    (data / "readings.csv").write_text("spoilt")
    look_again()
    assert listed.find_claim("E4").fault == "" and len(evidence.rows("claims")) == len(
        listed.all_ids()
    )


def test_claims_come_by_the_letters_of_the_sections_and_by_number():
    letters = article.current().letters
    ids = listed.all_ids()
    assert ids == sorted(ids, key=lambda name: (letters.index(name[0]), int(name[1:])))
