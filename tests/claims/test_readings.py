"""The other ways to read each claim: a list that is well formed, and what is counted on it."""

import itertools
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from conftest import cases

from heldto import claims, evidence
from heldto.claims import (
    Finding,
    card,
    ledger,
    listed,
    readings,
    readings_table,
    testing,
    yardstick,
)
from heldto.claims.amended import number
from heldto.claims.rule import COMPARISONS, pairs
from heldto.errors import OUR_FAULT, NotHeld, OurFault, RowError
from heldto.publish import claims as claims_text

LISTED = evidence.table("readings")
DIMENSIONS = list(dict.fromkeys(zip(LISTED["claim"], LISTED["dimension"], strict=True)))
OPTIONS = evidence.rows("readings")


@cases(("claim", "dimension"), DIMENSIONS)
def test_a_dimension_begins_with_the_ledgers_own_option_and_has_others(claim, dimension):
    options = LISTED[LISTED["claim"].eq(claim) & LISTED["dimension"].eq(dimension)]
    assert options["own"].tolist() == [True] + [False] * (len(options) - 1)
    assert len(options) > 1
    assert not (options["own"] & options["alone"]).any()
    assert options["label"].is_unique
    assert options["asks"].ne("").tolist() == options["own"].tolist()


MEASURED_OTHERWISE = [
    (one["claim"], *option)
    for one in evidence.rows("amendments")
    for option in pairs(one["options"]).items()
]


@cases(("claim", "argument", "option"), MEASURED_OTHERWISE)
def test_another_figure_that_a_card_judges_is_among_its_readings(claim, argument, option):
    held = LISTED[LISTED["claim"].eq(claim)]
    asked = held[held["dimension"].map(readings.argument).eq(argument)]
    assert option in set(asked["option"])


def test_a_card_of_which_one_reading_fails_is_not_stable():
    fails = readings.all_readings("G9").query("measure == 'imports known'").verdict.item()
    judged = claims.amended.judge_amended("G9", "then")
    assert fails == next(one.verdict for one in judged.parts if one.name == "imports") == "fails"
    assert readings.summary("G9").stable is not True


# Added when the counts were known: the codebook must give the counts before and after.
ADDED = [
    ("G9", "measure", "imports known"),
    ("E3", "measure", "intensity"),
    ("F2", "measure", "over time"),
    ("M5", "asked", "rival"),
    ("M6", "asked", "rival"),
    ("M16", "measure", "held"),
    ("E11", "measure", "oil or gas"),
    ("E13", "span", "July to June"),
]


FIRST_LIST = "2026-11-27"


def test_an_option_that_came_after_its_rule_has_its_day():
    fixed = {one["claim"]: str(one["day"]) for one in evidence.rows("fixed")}
    days = {(one["claim"], one["dimension"], one["option"]): one["added"] for one in OPTIONS}
    assert {key for key, day in days.items() if str(day) > FIRST_LIST} == {*ADDED}
    for one in OPTIONS:
        day, ruled = str(one["added"] or ""), fixed[one["claim"]]
        of_the_rule = one["own"] or one["dimension"] == readings.THRESHOLD
        assert bool(day) or of_the_rule or ruled >= FIRST_LIST
        assert not day or (day > ruled and not of_the_rule)


def test_a_card_says_which_options_came_after_the_rule():
    (last,) = (one for one in readings.options("F2")["measure"] if one["option"] == "over time")
    says = "Added after the rule was fixed: 9 options on 27 November 2026; 1 option on "
    says += f"30 November 2026 ({last['label']})."
    assert readings.added_later("F2") == says
    for printed in (card.VerdictCard("F2").lines("then"), card.VerdictCard("F2").lines()):
        assert f"  {says}" in printed
    assert says in BeautifulSoup(readings_table.readings_page("F2"), "html.parser").text
    assert says in claims_text.read_otherwise("F2").splitlines()[0]
    assert readings.added_later("F6") == ""


def test_a_day_that_is_none_is_named(rewrite):
    rewrite("F2", 'added = "2026-11-30"', 'added = "soon"')
    says = '"over time", added: "soon" is no day: write it as YYYY-MM-DD'
    assert says in listed.find_claim("F2").fault


@cases(("claim", "dimension", "option"), ADDED)
def test_the_codebook_counts_an_option_that_was_added_later(claim, dimension, option):
    rows = readings.readings_rows(claim)
    before = [one for one in rows if one[dimension] != option]
    was, became = (
        ", ".join(map(str, readings.tally_readings(counted).counts.values()))
        for counted in (before, rows)
    )
    assert f"{claim} {option} {was} and {became}" in " ".join(
        evidence.describe("readings")["traps"]
    )


LAST_RULE = "2026-11-30"  # a claim whose rule is younger brings readings of its own


def test_no_option_is_added_or_removed_without_a_word_in_the_codebook():
    fixed = {one["claim"]: str(one["day"]) for one in evidence.rows("fixed")}
    old = [one for one in OPTIONS if fixed.get(one["claim"], "9999") <= LAST_RULE]
    keys = sorted(f"{one['claim']}, {one['dimension']}, {one['option']}" for one in old)
    assert sha256("\n".join(keys).encode()).hexdigest()[:16] == "7725eae27345ea5a", (
        "write its date and the counts before and after into the traps of readings in "
        "data/datapackage.json, an added option into ADDED, too, and the new digest here"
    )


@cases("dimension", sorted(set(LISTED["dimension"])))
def test_a_dimension_can_be_an_argument(dimension):
    name = dimension.replace(" ", "_")
    exec(f"def test(vintage, *, {name}): ...")
    assert name != "vintage"


@cases("row", OPTIONS)
def test_a_threshold_has_a_meaning(row):
    comparison = row["rule"]
    numbers = [number(row[name]) for name in ("holds", "partly")]
    assert comparison in ("", "coded", "each_at_least", *COMPARISONS)
    assert not row["own"] or not comparison and numbers == [None, None]
    assert comparison != "coded" or numbers == [None, None]
    if comparison and comparison != "coded":
        figure = [(value, value) if comparison == "each_at_least" else value for value in (-99, 99)]
        verdicts = {claims.compare(comparison, one, *numbers) for one in figure}
        assert verdicts == {"holds", "fails"}


@cases("claim", sorted(set(LISTED["claim"])))
def test_other_thresholds_are_those_of_the_rule_or_stand_here(claim):
    asked = [row for row in OPTIONS if row["claim"] == claim and row["dimension"] == "threshold"]
    for row in asked:
        given = any(number(row[name]) is not None for name in ("holds", "partly"))
        assert given or row["option"] in ("main", "strict", "lenient")
        if not row["own"] and not given:
            own, other = (claims.rule_of(claim, option) for option in ("main", row["option"]))
            assert (own.holds, own.partly) != (other.holds, other.partly) or own.levels


def test_the_same_reason_is_that_of_the_option_before():
    rows = evidence.table("readings").astype(str)
    before = rows.shift()
    leans = rows.why.str.contains("same reason")
    told = before.why.str.contains("in case") & (before.claim + before.dimension).eq(
        rows.claim + rows.dimension
    )
    assert leans.any() and told[leans].all()


def test_claims_that_documents_decide_have_no_readings():
    undecided = {row["id"] for row in evidence.rows("claims") if row["rule"] == "undecided"}
    assert undecided.isdisjoint(LISTED["claim"])


# The engine, on tests of our own


@pytest.fixture
def judged(monkeypatch):
    """A claim's test put in the place of its own."""

    def put(claim, test):
        claims.evaluate(claim, "then")
        monkeypatch.setitem(claims.TESTS, claim, test)
        _forget()
        return readings.all_readings(claim)

    yield put
    _forget()


def _forget():
    pages = (card._remembered, yardstick._remembered)
    for ask in (
        testing.evaluate_or_fault,
        ledger.judge,
        readings.readings_rows,
        readings.summary,
        *pages,
    ):
        ask.cache_clear()


BALANCES = {"each": {"CHN": 10.0, "RUS": 5.0}, "China": 10.0, "Russia": 5.0, "fob": 8.0, "cif": -1}


def balance(vintage, *, balance="each", year="2018"):
    if year == "2019":
        raise NotHeld("no balance of 2019", "ask for 2018")
    value = BALANCES[balance]
    both = isinstance(value, dict)
    return Finding(value=None if both else value, reporters=value if both else None, reason="so")


def verdicts(held, **options):
    return held[held[[*options]].eq(options).all(axis=1)]["verdict"].tolist()


def test_all_options_are_taken_together_under_each_threshold(judged):
    held = judged("E4", balance)
    assert len(held) == 5 * 2 * 3
    assert held["own"].sum() == 1
    assert held[held["own"]]["verdict"].item() == "partly"
    own = dict.fromkeys(["year"], "2018")
    assert verdicts(held, **own, threshold="main") == [
        "partly",
        "holds",
        "partly",
        "holds",
        "fails",
    ]
    strict = verdicts(held, **own, threshold="strict")
    assert strict == ["partly", "holds", "fails", "holds", "fails"]
    assert set(verdicts(held, year="2019")) == {"undecided"}
    assert held[held["own"]]["figure"].item() == 7.5
    assert held[held["year"].eq("2019")]["figure"].isna().all()


def test_the_line_counts_them_and_names_what_moves_the_verdict(judged):
    judged("E4", balance)
    told = readings.summary("e4")
    assert (told.readings, told.verdict, told.stable) == (15, "partly", False)
    assert (told.readings_lacking, told.readings_late, told.distinct_figures) == (15, 0, 5)
    assert told.words() == (
        "6 of 15 readings hold, 5 partly, 4 fail, by 5 distinct figures: "
        "depends on whose books. 15 more cannot be computed here."
    )


def test_what_cannot_be_worked_out_is_not_stable(judged):
    held = judged("E4", lambda vintage, *, balance="", year="": Finding(reason="none"))
    told = readings.summary("E4")
    assert set(held["verdict"]) == {"undecided"} and told.stable is None
    assert (told.readings, told.readings_lacking) == (0, 30)
    assert told.words() == "No reading can be computed here: too few readings to say."
    assert readings_table.readings_page("E4") == ""


def test_a_reading_whose_table_is_missing_is_left_out_and_counted_as_such(data):
    """Coal by an edition of which no table is there; that of today is there still."""
    whole = readings.summary("E7")
    (data / "economic" / "coal_editions.csv").unlink()
    told = readings.summary("E7")
    assert told.whole.readings > 0 and told.readings_lacking > whole.readings_lacking
    counts = [one.whole.readings + one.readings_lacking for one in (told, whole)]
    assert counts[0] == counts[1]


def test_a_choice_that_is_taken_alone_meets_only_the_ledgers_own(judged):
    held = judged("E9", lambda vintage, *, fuel="Australian LNG": Finding(value=30, reason="so"))
    own = held["fuel"].eq("Australian LNG") & held["threshold"].eq("main")
    assert (held["fuel"].eq("Australian LNG") | held["threshold"].eq("main")).all()
    assert len(held) == len(readings.options("E9")["fuel"]) + 2
    assert held[own]["own"].all()


def votes(vintage, *, measure="kappa", year="2018"):
    return Finding(value={"opposed": 0.15, "ideal": 0.9}.get(measure, 0.3), reason="so")


def test_a_measure_with_thresholds_of_its_own_is_held_against_those_alone(judged):
    held = judged("F5", votes)
    assert set(verdicts(held, measure="opposed")) == {"partly"}
    assert set(verdicts(held, measure="ideal")) == {"holds"}
    assert set(held[held["measure"].isin(["opposed", "ideal"])]["threshold"]) == {"main"}
    assert verdicts(held, measure="kappa", year="2018") == ["partly", "fails", "holds"]


def test_a_verdict_that_a_test_codes_itself_is_taken_as_it_is(judged):
    held = judged("G8", lambda vintage, *, measure="agree": Finding(value="partly", reason="so"))
    assert set(held["verdict"]) == {"partly"}
    assert held["figure"].isna().all()
    words = "0 of 6 readings hold, 6 partly, 0 fail, by 1 distinct figure: too few readings to say."
    assert readings.summary("G8").words() == words


STABLE = [  # by the partner's books, where China's say 28; whether stable, on what it depends
    (28.01, True, ""),
    (15.5, False, "whose figures"),
    (40, False, "whose books"),
]


@pytest.mark.parametrize(("partner", "stable", "depends"), STABLE)
def test_stable_is_what_stands_and_lies_farther_off_than_the_books(
    judged, partner, stable, depends
):
    def added(vintage, *, books="both", year="2018"):
        far = int(year) - 2018
        own = (partner if books == "partner" else 28) + far / 10
        return Finding(value=own + (books == "fob") / 50, reason="so")

    judged("E10", added)
    told = readings.summary("E10")
    assert (told.stable, told.depends_on) == (stable, depends)


def test_a_reading_that_no_table_can_feed_is_not_counted_and_said_once(judged):
    spans = {"2017-18": 40, "2018-19": 41, "2017-19": 42}

    def growth(vintage, *, measure="tonnes", span="2017-18"):
        given = {"tonnes": 0, "increase": 0.5}
        lacks = measure not in given
        return Finding(value=None if lacks else spans[span] + given[measure], reason="so")

    judged("E5", growth)
    words = (
        "2 of 2 readings hold, 0 partly, 0 fail, by 2 distinct figures: too few readings to say. "
        "With the 4 that take a later year 6 of 6 readings hold, 0 partly, 0 fail. "
        "3 more cannot be computed here."
    )
    assert readings.summary("E5").words() == words
    page = BeautifulSoup(readings_table.readings_page("E5"), "html.parser")
    assert page.text.count("cannot be computed") == 1 and len(readings_table.in_order("E5")) == 6
    offered = {row.th.contents[0].strip() for row in page.select("[data-option]")}
    assert "growth of the tonnes, a year" in offered
    assert "growth of Russia's share, a year" not in offered


@pytest.mark.parametrize(("distinct", "ends"), [(4, "too few readings to say"), (5, "stable")])
def test_fewer_than_five_distinct_figures_say_nothing(judged, distinct, ends):
    numbers = itertools.count()

    def added(vintage, *, books="both", year="2018"):
        return Finding(value=50 + next(numbers) % distinct / 10, reason="so")

    judged("E10", added)
    told = readings.summary("E10")
    assert (told.distinct_figures, told.ends()) == (distinct, ends)
    assert (told.stable, told.depends_on) == (True if ends == "stable" else None, "")


def test_no_more_than_partly_is_never_called_stable(judged):
    def points(vintage, *, start="", end="2018", union="", trend=""):
        return Finding(value=99 + len(start + union + trend) + int(end or 2018), reason="so")

    judged("F3", points)
    told = readings.summary("F3")
    assert told.stable is None and told.distinct_figures >= readings.FEWEST
    assert told.words().startswith("0 of 72 readings hold, 72 partly, 0 fail, by ")
    assert told.ends() == "stable, and no reading can give more than partly"


def test_a_choice_that_the_test_does_not_take_is_named(judged):
    with pytest.raises(
        RowError, match='the test of E4 takes no argument "year". There are balance'
    ):
        judged("E4", lambda vintage, *, balance="each": Finding(value=9, reason="so"))


def test_a_claim_without_readings_has_none():
    assert readings.all_readings("G5").empty
    assert readings.summary("G5") is None


def test_a_fault_of_ours_in_one_reading_is_said_and_counted_as_no_verdict(judged):
    def broken(vintage, china="CHN", russia="RUS", *, balance="each", year=""):
        return Finding(value=1 / (balance != "cif") * 9, reason="so")

    fault = "A fault of this package, please report it: ZeroDivisionError: division by zero"
    with pytest.raises(OurFault, match=fault):
        judged("E4", broken)
    ledger.judge.cache_clear()
    shown = card.VerdictCard("E4")
    assert ledger.judge("E4", "then").verdict == "holds" and ledger.ledger_summary("E3")
    for page in ("\n".join(shown.lines()), shown.to_html()):
        assert fault in page and "not held here" not in page and "cannot be computed" not in page
    assert fault in ledger.entry("E4")["depends_on"]
    ledger.judge.cache_clear()


# The ledger's own reading


READ = list(dict.fromkeys(LISTED["claim"]))


@cases("claim", READ)
def test_a_claims_test_takes_every_choice_that_is_listed_for_it(claim):
    assert readings.lacking(claim) == []


@pytest.mark.parametrize("claim", READ)
def test_the_ledgers_own_reading_is_the_ledgers_verdict(claim):
    held = readings.all_readings(claim)
    assert held["own"].sum() == 1
    assert held[held["own"]]["verdict"].item() == ledger.judge(claim, "then").verdict
    assert not held["reason"].str.contains(OUR_FAULT).any()
