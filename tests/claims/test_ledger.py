"""The ledger: all fields; nothing later reaches *then*."""

import itertools
import json
from io import StringIO

import pandas as pd
import pytest
from legible import overlaps
from typer.testing import CliRunner

from frenemies.measures import pair
from frenemies.sections.verdict.pictures import together
from heldto import claims, evidence
from heldto.claims import card, firm, ledger, readings
from heldto.errors import Problem
from heldto.ledger import overview
from heldto.publish import claims as printed
from heldto.publish.cli import app

IDS = evidence.table("claims")["id"].tolist()
FIELDS = [
    "id",
    "section",
    "kind",
    "voice",
    "claim",
    "actors",
    "measure",
    "proxy",
    "unit",
    "threshold",
    "fixed_beforehand",
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
    "noise_then",
    "noise_since",
    "marks_then",
    "marks_since",
    "others_then",
    "others_since",
    "readings",
    "readings_same",
    "readings_late",
    "readings_lacking",
    "distinct_figures",
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
    old = {claim: year for claim, year in found.items() if year}
    assert old["G1"] == 2020 and all(claims.row(claim)["standing"] for claim in old)
    for claim, year in old.items():
        told = card.VerdictCard(claim)
        for lines in (told.lines(), told.lines("since")):
            assert sum(f"Not updated since {year}: " in line for line in lines) == 1
        assert f"Not updated since {year}: " in told.to_html()


def test_what_is_old_is_worked_out_from_the_day_of_retrieval(monkeypatch):
    before = evidence.retrieved
    monkeypatch.setattr(evidence, "retrieved", lambda name: before(name) + 1)
    assert ledger.entry("E3")["not_updated_since"] == 2023


def test_every_since_that_is_updated_says_why_its_figures_end():
    for claim in IDS:
        then, since = ledger.both(claim)
        lines = card.VerdictCard(claim).lines("since")
        if ledger.updated(then, since):
            assert any("end there: " in one or "Not updated since" in one for one in lines), claim
            dated = any("end there: the claim is about its own time" in one for one in lines)
            assert dated <= (since.data_until < "2020"), claim


def test_csv_reads_back():
    found = pd.read_csv(StringIO(call("--csv")))
    assert found.columns.tolist() == FIELDS
    assert len(found) == len(IDS)


def test_section_claim_and_vintage():
    assert [row["id"] for row in json.loads(call("--section", "economic", "--json"))] == [
        claim for claim in IDS if claim.startswith("E")
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
        "The verdict would flip",
        row["threshold"],
        row["sources"],
    ):
        assert part in text
    assert "What would decide it" in printed.plain("G2")


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


@pytest.mark.slow
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


def told_of_then():
    """All that is told of then beside the verdicts: how readings fall out, cards and marks."""
    told = {}
    for claim in IDS:
        summary = readings.summary(claim)
        known = summary and (summary.tally, summary.verdict, summary.stable, summary.depends_on)
        marks = ledger.judge(claim, "then").marks
        told[claim] = known, marks, firm.firmness(claim, "then"), printed.plain(claim, "then")
    return told


def test_later_rows_may_as_well_not_exist(mutate):
    then, told = verdicts("then"), told_of_then()
    for name in TIMED:
        entry = evidence.describe(name)
        mutate(name, lambda rows, entry=entry: rows[~later(entry, rows)])
    assert differing(then, verdicts("then")) == {}
    assert {one: now for one, now in told_of_then().items() if now != told[one]} == {}


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


def test_the_glance_is_printed_on_pages_that_together_show_every_claim_once():
    picture = overview.glance_picture()
    sheets = [sheet() for sheet in picture.sheets]
    assert len(sheets) > 1 and not overview.glance_picture(shown=["CHN", "RUS"]).sheets
    words = [[one.get_text() for one in sheet.axes[0].texts] for sheet in sheets]
    told = [text for texts in words for text in texts if text in IDS]
    assert told == [*overview.in_reading_order().index]
    assert [texts.count("since") for texts in words] == [1] * len(sheets)


def test_squares_of_two_verdicts_of_the_glance_do_not_meet():
    figure = overview.glance_picture().figure
    figure.draw_without_rendering()
    signs = [one.get_bbox_patch() for one in figure.axes[0].texts if one.get_bbox_patch()]
    boxes = [one.get_window_extent() for one in signs]
    assert len(boxes) > 2
    assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_the_glance_counts_what_the_ledger_says():
    table = ledger.table()
    assert overview.glance_picture().title == ledger.tallies(table)["short"]


def test_amended_rules_are_counted_only_where_there_are_any():
    table = ledger.table()
    assert "With the amended rules" in ledger.tallies(table)["amended"]
    assert ledger.tallies(table[table.amended_then.eq("")])["amended"] == ""


def test_filters_narrow_and_come_back():
    page = overview.browse()
    assert len(page.shown) == len(IDS)
    page.choices["section"].value = "military"
    page.actor.value = "VNM"
    own = {row["id"] for row in evidence.rows("claims") if "VNM" in row["actors"]}
    assert own and {*page.shown.index} == {claim for claim in own if claim.startswith("M")}
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
    assert "defence" not in pair.pair_pledges(2018)


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
