"""The ruler: each figure lies in the zone of its verdict, words stay inside, no scale no ruler."""

import html
import re
from pathlib import Path

import pytest

from frenemies import claims, evidence, templates
from frenemies.claims import ledger, units
from frenemies.claims.card import VerdictCard
from frenemies.claims.ruler import WIDTH, ruler
from frenemies.pictures import style

IDS = evidence.table("claims")["id"].tolist()
ZONE = re.compile(r'<rect x="(\d+)" y="\d+" width="(\d+)"[^>]* fill="(#\w+)"')
WORDS = re.compile(r'<text x="(-?\d+)" y="(\d+)"( text-anchor="end")?>([^<]+: [^<]+)</text>')
SPOT = re.compile(r'<circle cx="(\d+)" cy="(\d+)" r="4"( fill="none")?/>')


def marks(page):
    """Each mark as (place across, row, hollow, x of its words, whether they end there, words)."""
    spots, words = SPOT.findall(page), WORDS.findall(page)
    assert [int(y) + 4 for _, y, _ in spots] == [int(y) for _, y, _, _ in words]
    return [
        (int(x), int(y), bool(hollow), int(at), bool(end), html.unescape(said))
        for (x, y, hollow), (at, _, end, said) in zip(spots, words, strict=True)
    ]


def drawn(claim):
    card = VerdictCard(claim)
    return card, ruler(card.then, card.since if ledger.updated(card.then, card.since) else None)


WITH = [claim for claim in IDS if drawn(claim)[1]]


def test_a_scale_decides_these_claims():
    without = set(IDS) - set(WITH)
    assert {claims.row(claim)["rule"] for claim in without} == {
        "coded",
        "undecided",
        "each_at_least",
    }
    assert (
        without & {"E1", "E3", "G10", "M3"} == set()
        and {"F4", "G2", "G8", "M1", "M10", "M14"} <= without
    )


@pytest.mark.parametrize("claim", WITH)
def test_each_figure_lies_in_the_zone_of_its_verdict(claim):
    card, page = drawn(claim)
    zones = [
        (float(left), float(left) + float(wide), colour)
        for left, wide, colour in ZONE.findall(page)
    ]
    assert zones[0][0] == 0 and abs(zones[-1][1] - WIDTH) < 1
    sides = [card.then, *([card.since] if ledger.updated(card.then, card.since) else [])]
    for verdict in sides:
        values = (
            verdict.value.values()
            if isinstance(verdict.value, dict)
            else verdict.value
            if isinstance(verdict.value, tuple)
            else [verdict.value]
        )
        for value in values:
            expected = claims.COLOURS[verdict.rule.alone(value)]
            words = units.short(value, card.row["unit"])
            at = next(x for x, *_, said in marks(page) if said.endswith(words))
            assert expected in {
                colour for left, right, colour in zones if left - 1 <= at <= right + 1
            }, (claim, value)


@pytest.mark.parametrize("claim", WITH)
def test_words_stay_inside_and_in_their_own_rows(claim):
    found = marks(drawn(claim)[1])
    assert len({row for _, row, *_ in found}) == len(found)
    for _, _, _, x, end, said in found:
        wide = len(said) * 5.6
        assert (x - wide > -6) if end else (x + wide < WIDTH + 6), (claim, said)


def test_then_is_filled_and_since_is_hollow():
    page = drawn("M5")[1]
    assert sorted((said, hollow) for _, _, hollow, _, _, said in marks(page)) == [
        ("August 2019: 75.8 %", False),
        ("since: 34.2 %", True),
    ]
    assert ">strict<" in page and ">lenient<" in page


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, "wars", "1 war"),
        (2, "wars", "2 wars"),
        (0, "pledges", "0 pledges"),
        (0.25, "share of eight", "2 of eight"),
        (-35.1, "percent fall", "a rise of 35.1 %"),
        (54.2, "percent fall", "a fall of 54.2 %"),
        (-0.0018, "percent below peak", "0.002 % above the peak"),
        (0.0, "percent fall", "zero"),
        (106.72, "USD bn", "106.7 billion dollars"),
        (0.583, "kappa", "a kappa of 0.58"),
        (3, "rank", "rank 3"),
    ],
)
def test_a_figure_with_its_unit(value, unit, words):
    assert units.in_words(value, unit) == words


def test_white_words_can_be_read_on_the_colour_of_every_verdict():
    assert set(claims.COLOURS) == set(claims.SIGNS) == set(claims.VERDICTS)
    assert all(
        style.contrast("white", colour) >= style.LEGIBLE for colour in claims.COLOURS.values()
    )


def test_a_tag_has_the_colour_of_its_verdict():
    sheet = (Path(templates.__file__).parent / "tag.css").read_text()
    assert dict(re.findall(r"\.tag-(\w+) \{ background: (#\w+); \}", sheet)) == claims.COLOURS
