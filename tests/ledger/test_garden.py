"""The article under readings of one's own: each claim takes the choices that it knows, and the tally follows."""

from conftest import cases

from heldto.claims import ledger, readings
from heldto.ledger import garden

OWN = dict(books="both", year="2018", threshold="main")


def test_by_the_ledgers_own_choices_nothing_turns():
    told = garden.tally_line([], **OWN)
    groups = ledger.in_groups(ledger.table()["verdict_then"])
    own = " ".join(groups[name] for name in ("fixed", "added", "reported"))
    ours = f"{own} {ledger.tallies(ledger.table())['benchmark']}"
    assert told == f"Read in this way: {own} Our own count: {ours} Changed: none."


@cases(
    ("claim", "chosen"),
    [
        ("E4", dict(balance="Russia")),
        ("E4", dict(balance="China", year="2019", threshold="strict")),
        ("E2", dict(books="partner")),
        ("G1", dict(year="2019")),
    ],
)
def test_a_claim_is_read_by_the_choices_that_it_knows(claim, chosen):
    rows = readings.all_readings(claim)
    for name, (own, *_) in readings.options(claim).items():
        rows = rows[rows[name].eq(chosen.get(name, own["option"]))]
    assert garden.verdict_under(claim, **chosen) == rows["verdict"].item()


@cases(
    ("claim", "chosen"),
    [("E4", dict(window="2014")), ("G5", OWN), ("E5", OWN), ("E1", dict(books="own"))],
)
def test_what_a_claim_does_not_know_leaves_it_as_it_is(claim, chosen):
    assert garden.verdict_under(claim, **chosen) == ledger.judge(claim, "then").verdict


def test_the_line_names_what_turned_and_counts_it():
    told = garden.tally_line([], **OWN | {"books": "partner"})
    assert "E4 (fails)" in told and "E2 (holds)" in told
    assert told.startswith("Read in this way: ") and "Changed: none" not in told
