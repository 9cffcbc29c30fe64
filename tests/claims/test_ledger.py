"""The ledger: all fields; a decided verdict hangs on its figure; nothing later reaches *then*."""

import json
from io import StringIO

import pandas as pd
import pytest
from legible import overlaps
from typer.testing import CliRunner

from frenemies.measures import pair
from frenemies.sections.verdict.pictures import together
from heldto import claims, evidence
from heldto.claims import card, ledger
from heldto.errors import Problem
from heldto.ledger import overview
from heldto.publish import claims as printed
from heldto.publish.cli import app

IDS = [
    f"{letter}{number}"
    for letter, count in (("F", 10), ("E", 14), ("G", 18), ("M", 18))
    for number in range(1, count + 1)
]
FIELDS = [
    "id",
    "section",
    "kind",
    "claim",
    "actors",
    "measure",
    "unit",
    "threshold",
    "value_then",
    "value_since",
]
FIELDS += [
    "verdict_then",
    "verdict_since",
    *(
        f"{name}_{vintage}"
        for name in ("strict", "lenient", "tipping_point")
        for vintage in ("then", "since")
    ),
    "reason_then",
    "reason_since",
    "amended_then",
    "amended_since",
    "readings",
    "readings_same",
    "stable",
    "depends_on",
    "data_until",
    "not_updated_since",
    "sources",
]
RUN = CliRunner()


def call(*words):
    found = RUN.invoke(app, ["claims", *words])
    if found.exception:
        raise found.exception
    return found.stdout


# The command


def test_json_has_an_object_a_claim_with_all_fields():
    found = json.loads(call("--json"))
    assert [row["id"] for row in found] == IDS
    assert all(list(row) == FIELDS for row in found)
    assert all(
        row["verdict_then"] in claims.VERDICTS and row["verdict_since"] in claims.VERDICTS
        for row in found
    )
    assert all(
        row["reason_then"]
        and row["reason_since"]
        and row["threshold"]
        and row["measure"]
        and row["unit"]
        for row in found
    )


def test_decided_claims_have_figure_sources_and_tipping_point():
    for row in ledger.entries():
        if row["verdict_then"] != "undecided":
            assert row["value_then"] is not None, row["id"]
            assert row["sources"] and row["data_until"] and row["tipping_point_then"], row["id"]


def test_a_tipping_point_is_told_for_both_times_and_readings_for_then():
    found = ledger.entries(claim="M6")[0]
    assert found["tipping_point_then"] != found["tipping_point_since"]
    since = ledger.entries(claim="M5", vintage="since")[0]
    assert "tipping_point_then" not in since and "stable" not in since
    assert ledger.entries(claim="M5", vintage="then")[0]["readings"] >= 0
    assert ledger.entries(claim="G5")[0]["stable"] is None


def test_a_standing_claim_whose_figures_are_old_says_since_when():
    found = {row["id"]: row["not_updated_since"] for row in ledger.entries()}
    assert {name for name, year in found.items() if year} == {"G1", "M11", "M13"}
    assert found["G1"] == 2020
    for claim in ("G1", "M11"):
        told = card.VerdictCard(claim)
        for lines in (told.lines(), told.lines("since")):
            assert sum(f"not updated since {found[claim]}: " in line for line in lines) == 1
        assert f"not updated since {found[claim]}: " in told.to_html()


def test_what_is_old_is_worked_out_from_the_day_of_retrieval(monkeypatch):
    before = evidence.retrieved
    monkeypatch.setattr(evidence, "retrieved", lambda name: before(name) + 1)
    assert ledger.entry("E3")["not_updated_since"] == 2023


def test_every_since_that_is_updated_says_why_its_figures_end():
    for claim in IDS:
        then, since = ledger.both(claim)
        lines = card.VerdictCard(claim).lines("since")
        if ledger.updated(then, since):
            assert any("end there: " in one or "not updated since" in one for one in lines), claim
            dated = any("end there: the claim is about its own date" in one for one in lines)
            assert dated <= (since.data_until < "2020"), claim


def test_csv_reads_back():
    found = pd.read_csv(StringIO(call("--csv")))
    assert found.columns.tolist() == FIELDS
    assert len(found) == len(IDS)


def test_section_claim_and_vintage():
    assert [row["id"] for row in json.loads(call("--section", "economic", "--json"))] == [
        f"E{number}" for number in range(1, 15)
    ]
    (row,) = json.loads(call("--claim", "e3", "--vintage", "then", "--json"))
    assert row["id"] == "E3"
    assert "verdict_then" in row and "verdict_since" not in row
    assert "Since" not in call("--claim", "M5", "--vintage", "then")
    assert "As known in August 2019" not in call("--claim", "M5", "--vintage", "since")


@pytest.mark.parametrize(
    "words, says",
    [
        (["--claim", "X1"], "no claim"),
        (["--section", "military", "--claim", "E1"], "not in section military, but in economic"),
        (["--section", "nautical"], "There are framing, economic"),
        (["--vintage", "now"], '"then" or "since"'),
    ],
)
def test_a_wrong_request_says_what_there_is(words, says):
    with pytest.raises(Problem, match=says):
        call(*words)


def test_plain_text_says_everything_a_reader_needs():
    text = " ".join(printed.plain("E1").split())
    row = ledger.entry("E1")
    for part in (
        row["claim"],
        "(China)",
        "(Russia)",
        "PARTLY",
        row["reason_then"],
        "Tipping point",
        row["threshold"],
        row["sources"],
    ):
        assert part in text
    assert "What would decide it" in printed.plain("G2")


# Every decided verdict hangs on its figure


def scale(column, factor, **where):
    def change(rows):
        mask = pd.Series(True, rows.index)
        for name, wanted in where.items():
            mask &= (
                rows[name].isin(wanted) if isinstance(wanted, list) else rows[name].eq(str(wanted))
            )
        assert mask.any(), where
        whole = not rows[column].str.contains(".", regex=False).any()
        numbers = pd.to_numeric(rows[column]) * factor
        return rows.assign(
            **{
                column: rows[column].mask(
                    mask,
                    numbers.round().astype("Int64").astype(str) if whole else numbers.astype(str),
                )
            }
        )

    return change


def put(column, value, **where):
    def change(rows):
        mask = (
            rows[list(where)] == pd.Series({name: str(wanted) for name, wanted in where.items()})
        ).all(axis=1)
        assert mask.any(), where
        return rows.assign(**{column: rows[column].mask(mask, value)})

    return change


def drop(**where):
    def change(rows):
        mask = (
            rows[list(where)] == pd.Series({name: str(wanted) for name, wanted in where.items()})
        ).all(axis=1)
        assert mask.any(), where
        return rows[~mask]

    return change


TWO = ["CHN", "RUS"]
YEARS = [str(year) for year in range(2014, 2019)]
BEFORE_TARIFFS = [f"2017-{month:02d}" for month in range(7, 13)] + [
    f"2018-{month:02d}" for month in range(1, 7)
]
EARLY_PACIFIC = ("Joint Sea-2012", "Joint Sea-2013", "Joint Sea-2014", "Joint Sea-2015")
MUTATIONS = {  # claim: vintage, table, what is done to the deciding figure
    "F1": ("then", "geopolitical/meetings", lambda rows: rows.head(20)),
    "F2": (
        "then",
        "geopolitical/engagement_days",
        scale("days", 0.1, leader="Xi Jinping", partner="RUS"),
    ),
    "F3": (
        "then",
        "economic/trade",
        scale("value_usd", 0.4, reporter="RUS", partner="CHN", year=2018),
    ),
    "F4": ("then", "geopolitical/rivalries", drop(actor_a="CHN", actor_b="IND")),
    "F5": (
        "then",
        "geopolitical/agreement",
        scale("kappa", 0.1, actor_a="CHN", actor_b="RUS", year=2018),
    ),
    "E1": ("then", "economic/trade", scale("value_usd", 0.9, reporter=TWO, partner=TWO, year=2018)),
    "E2": ("then", "economic/trade_groups", scale("value_usd", 0.5, year=2018)),
    "E3": (
        "then",
        "economic/trade",
        scale("value_usd", 3, reporter="CHN", partner="RUS", year=2018),
    ),
    "E4": (
        "then",
        "economic/trade",
        scale("value_usd", 3, reporter=TWO, partner=TWO, flow="export", year=2018),
    ),
    "E5": (
        "then",
        "economic/energy_imports",
        scale("quantity", 0.5, commodity="crude oil", actor="RUS", year=2018),
    ),
    "E6": (
        "then",
        "economic/energy_imports",
        scale("quantity", 30, commodity="LNG", actor="RUS", year=2018),
    ),
    "E7": ("then", "economic/coal_editions", scale("coal", 0.5, edition=2019, year=2018)),
    "E8": ("then", "economic/us_energy_exports", scale("value_usd", 0.1, month=BEFORE_TARIFFS)),
    "E9": (
        "then",
        "economic/energy_imports",
        scale("quantity", 0.1, commodity="LNG", origin="Australia", year=2018),
    ),
    "E10": ("then", "economic/trade_groups", scale("value_usd", 0.1, year=2018)),
    "E11": (
        "since",
        "economic/energy_imports",
        scale("quantity", 0.1, commodity="coal", origin="Russia", year=2025),
    ),
    "E13": (
        "then",
        "economic/energy_imports",
        scale("quantity", 0.1, commodity="crude oil", origin="United States", year=2018),
    ),
    "G1": ("then", "economic/trade", scale("value_usd", 0.01, partner="CHN", year=2018)),
    "G3": (
        "then",
        "military/arms_transfers",
        scale("tiv", 0.1, supplier="RUS", recipient="CHN", year=YEARS),
    ),
    "G6": ("then", "military/arms_transfers", scale("tiv", 0.1, supplier="RUS", recipient="SYR")),
    "G7": ("then", "military/arms_transfers", scale("tiv", 0.1, supplier="CHN", recipient="PAK")),
    "G8": (
        "then",
        "geopolitical/agreement",
        scale("agree", 0.5, actor_a="PAK", actor_b="SAU", year=2018),
    ),
    "G9": ("then", "geopolitical/iran_votes", put("CHN", "N", date="2015-07-20")),
    "G10": ("then", "geopolitical/pledges", drop(actor_a="JPN", actor_b="USA", pledge="defence")),
    "G11": (
        "then",
        "geopolitical/agreement",
        scale("kappa", 0.1, actor_a="CHN", actor_b="PRK", year=2018),
    ),
    "G14": ("then", "geopolitical/religion", scale("low", 0.1, actor="IRN", group="Shia")),
    "G15": ("then", "geopolitical/religion", scale("low", 0.1, actor="PAK", group="Sunni")),
    "F6": ("then", "documents", put("shows", "one side=for", claim="F6")),
    "F7": ("then", "documents", put("shows", "as said=for", claim="F7")),
    "E14": ("then", "economic/gdp_population", scale("gdp_usd", 0.1, actor="RUS", year=2018)),
    "F10": (
        "then",
        "geopolitical/sanctions",
        lambda rows: rows.assign(target=rows.target.replace({"RUS": "PHL", "PHL": "RUS"})),
    ),
    "F8": ("then", "documents", put("shows", "a friend=for", claim="F8")),
    "F9": ("then", "documents", put("shows", "evening=for", claim="F9")),
    "G17": ("then", "documents", put("shows", "by others=for", claim="G17")),
    "M17": ("then", "documents", put("shows", "named=for", claim="M17")),
    "M18": ("then", "documents", put("shows", "elsewhere=for", claim="M18")),
    "M1": ("since", "military/exercises", put("sea", "Baltic Sea", name="Joint Sea-2019")),
    "M2": ("then", "military/exercises", lambda rows: rows[~rows.date.str.startswith("2019")]),
    "M3": (
        "then",
        "military/exercises",
        lambda rows: rows[~rows.name.str.startswith(EARLY_PACIFIC)],
    ),
    "M4": ("then", "military/arms_transfers", scale("tiv", 0.1, supplier="UKR", recipient="CHN")),
    "M5": ("then", "military/arms_transfers", scale("tiv", 0.1, supplier="RUS", recipient="VNM")),
    "M6": ("then", "military/arms_transfers", scale("tiv", 0.1, supplier="RUS", recipient="IND")),
    "M7": ("then", "military/wars", drop(actor_a="CHN", actor_b="IND", list="COW")),
    "M8": ("then", "military/deals", scale("units", 3, weapon="Project-636E", recipient="VNM")),
    "M10": ("then", "military/inf_timeline", put("kind", "joint proposal", date="2019-08-05")),
    "M11": (
        "then",
        "geopolitical/pledges",
        put("pledge", "defence", actor_a="CHN", actor_b="RUS", pledge="consultation"),
    ),
    "M13": ("then", "geopolitical/pledges", drop(actor_a="PHL", actor_b="USA", pledge="defence")),
    "M14": ("then", "geopolitical/conflicts", lambda rows: rows[~rows.side_a.eq("UKR")]),
    "M15": ("then", "geopolitical/opinion", scale("unfavourable", 0.1, about="CHN", actor="VNM")),
    "M16": ("since", "economic/trade_russia", scale("value_usd", 0.1, partner="CHN", year=2024)),
}


def test_every_decided_claim_has_a_mutation():
    decided = {
        row["id"]
        for row in ledger.entries()
        if "undecided" not in (row["verdict_then"], row["verdict_since"])
    }
    assert decided <= set(MUTATIONS)


@pytest.mark.parametrize("claim", MUTATIONS)
def test_a_changed_figure_changes_the_verdict(claim, mutate):
    vintage, table, change = MUTATIONS[claim]
    before = ledger.judge(claim, vintage)
    mutate(table, change)
    after = ledger.judge(claim, vintage)
    assert after.verdict != before.verdict, after.reason
    assert after.verdict != "undecided"
    assert after.value != before.value


# Nothing later reaches a verdict of then


def later(entry, rows):
    field, cut = entry["time"]["field"], entry["time"]["cut"]
    limit = evidence.CUTS[cut]
    return pd.to_numeric(rows[field]).gt(limit) if cut == "annual" else rows[field].gt(str(limit))


def absurd(field, column):
    """Another value than any known: the far end of what the description allows."""
    limits = field.get("constraints", {})
    if field["type"] == "boolean":
        return column.map({"true": "false", "false": "true"}).fillna(column)
    if "enum" in limits:
        others = {
            word: next((other for other in limits["enum"] if other != word), word)
            for word in map(str, limits["enum"])
        }
        return column.map(lambda word: others.get(word, word))
    if field["type"] in ("integer", "number"):
        top, low = limits.get("maximum", 987654321), limits.get("minimum", -987654321)
        numbers = pd.to_numeric(column.mask(column.eq("")))
        return (
            pd.Series(str(int(top)), column.index)
            .where(numbers.ne(top), str(int(low)))
            .mask(column.eq(""), "")
        )
    return column


def spoil(entry, rows):
    """Every row after the cut made absurd, and rows before it left alone."""
    kept = {*entry["schema"].get("primaryKey", []), entry["time"]["field"]} | {
        key["fields"][0] for key in entry["schema"].get("foreignKeys", [])
    }
    mask = later(entry, rows)
    fields = [field for field in entry["schema"]["fields"] if field["name"] not in kept]
    return rows.assign(
        **{
            field["name"]: rows[field["name"]].mask(
                mask, absurd(field, rows[field["name"]]).astype(str)
            )
            for field in fields
        }
    ), int(mask.sum())


TIMED = [name for name, entry in evidence.package()["tables"].items() if entry.get("time")]
THEN_FIELDS = (
    "verdict",
    "value",
    "strict",
    "lenient",
    "varied",
    "tipping_point",
    "reason",
    "data_until",
    "context",
    "by_reporter",
)


def verdicts(vintage):
    return {
        claim: {name: getattr(ledger.judge(claim, vintage), name) for name in THEN_FIELDS}
        for claim in IDS
    }


def differing(before, after):
    pairs = {
        claim: {
            name: (old[name], after[claim][name])
            for name in THEN_FIELDS
            if old[name] != after[claim][name]
        }
        for claim, old in before.items()
    }
    return {claim: fields for claim, fields in pairs.items() if fields}


def test_absurd_later_figures_leave_then_unmoved(mutate):
    then, since, changed = verdicts("then"), verdicts("since"), 0
    for name in TIMED:
        entry = evidence.describe(name)

        def change(rows, entry=entry):
            nonlocal changed
            rows, count = spoil(entry, rows)
            changed += count
            return rows

        mutate(name, change)
    assert changed > 1000
    for name in TIMED:
        evidence.table(name)  # still good data, so it is the cut that keeps it out, not an error
    assert differing(then, verdicts("then")) == {}
    assert len(differing(since, verdicts("since"))) >= 12  # ... while since does move


def test_later_rows_may_as_well_not_exist(mutate):
    then = verdicts("then")
    for name in TIMED:
        entry = evidence.describe(name)
        mutate(name, lambda rows, entry=entry: rows[~later(entry, rows)])
    assert differing(then, verdicts("then")) == {}


def test_an_end_that_came_later_was_not_known_then(mutate):
    then = verdicts("then")
    for table in ("geopolitical/pledges", "geopolitical/rivalries", "geopolitical/memberships"):
        mutate(table, lambda rows: rows.assign(end_year=rows.end_year.replace("", "2021")))
    assert differing(then, verdicts("then")) == {}


# On the page


def test_the_glance_shows_every_claim_in_reading_order():
    picture = overview.glance_picture()
    assert sorted(picture.table.id) == sorted(IDS)
    assert picture.table.paragraph.is_monotonic_increasing
    assert overlaps(picture) == []
    written = [text.get_text() for text in picture.figure.axes[0].texts]
    assert all(claim in written for claim in IDS)
    signs = [
        text.get_text()
        for text in picture.figure.axes[0].texts
        if text.get_text() in claims.SIGNS.values()
    ]
    assert signs[4:] == [
        claims.SIGNS[row[name]]
        for row in picture.table.to_dict("records")
        for name in ("verdict_then", "verdict_since")
    ]


def test_the_glance_counts_what_the_ledger_says():
    table = ledger.table()
    assert f"{table.verdict_then.eq('holds').sum()} hold, " in overview.glance_picture().title


def test_filters_narrow_and_come_back():
    page = overview.browse()
    assert len(page.shown) == len(IDS)
    page.choices["section"].value = "military"
    page.actor.value = "VNM"
    assert page.shown.index.tolist() == ["M13", "M5", "M7", "M8", "M15", "M18"]
    page.choices["verdict_then"].value = "undecided"
    assert page.shown.empty and f"0 of {len(IDS)} claims" in page._page.value
    for choice in (*page.choices.values(), page.actor):
        choice.value = ""
    assert len(page.shown) == len(IDS)


def test_without_a_kernel_the_whole_table_stands():
    page = overview.browse()
    page.actor.value = "VNM"
    assert page._repr_mimebundle_()[0]["text/html"].count("<tr>") == len(IDS) + 1


def test_a_card_is_of_the_claim_or_of_its_rule_with_another_in_a_place():
    own, put = card.VerdictCard("e3"), card.VerdictCard("E3", RUS="IND")
    assert own.heading() == "Verdict on E3"
    assert put.heading().endswith("The rule of E3") and "India" in put.heading()


def test_a_verdict_card_names_both_vintages():
    text = "\n".join(card.VerdictCard("M5").lines())
    assert "As known in August 2019: HOLDS" in text
    assert "Since (figures to 2024): PARTLY" in text
    assert 'class="tag tag-holds"' in card.VerdictCard("M5").to_html()


# Then and now


def test_then_and_now_reads_the_tables():
    found = together.then_and_now().set_index("measure")
    assert found.then["trade"] == pytest.approx(108.246680299)
    assert found.then["votes"] == 0.583
    assert found.then["arms"] == pytest.approx(100 * 4893.75 / 6982.95, abs=1e-4)
    assert found.latest_year["exercises"] == 2019  # after that the list is a selection
    assert "defence" not in pair.pledged(2018)


def test_dependence_is_a_share_of_the_whole():
    found = together.dependence()
    assert found.share.dropna().between(0, 1).all()
    assert not found.duplicated(["kind", "of", "year"]).any()
    assert found.query("kind == 'trade' and of == 'RUS' and year == 2018").share.iloc[
        0
    ] == pytest.approx(0.158, abs=0.001)


@pytest.mark.parametrize("draw", [together.then_and_now_picture, together.dependence_picture])
def test_the_pictures_of_the_pair_are_legible(draw):
    assert overlaps(draw()) == []
    assert 'class="a-CHN a-RUS' in draw().svg or 'class="a-RUS a-CHN' in draw().svg


def test_a_single_claim_is_counted_as_one():
    told = ledger.tally(pd.Series(["holds", "holds", "fails", "undecided"]))
    assert told == "2 hold, 0 hold in part, 1 fails, 1 is undecided"
