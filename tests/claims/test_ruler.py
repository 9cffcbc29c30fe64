"""Yardsticks: each figure lies in the zone of its verdict, dots are what the measure gives, words
stay apart, and others stand in an actor's place only where the test allows it.
"""

import re
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from conftest import cases
from matplotlib.colors import to_rgb
from rulers import arrow, boxes, everybodys, place, zones

import heldto
from heldto import claims, evidence
from heldto.claims import ledger, readings, substitute, units
from heldto.claims.card import VerdictCard
from heldto.claims.listed import row as claim
from heldto.claims.rule import AROUND
from heldto.claims.ruler import DOT, HIGH, WIDTH, Zone, _free
from heldto.claims.yardstick import of, picture, yardstick
from heldto.errors import Problem
from heldto.evidence import actors, plain
from heldto.ledger import overview, rows
from heldto.pictures import style
from heldto.text.words import short_name, with_minus

IDS = evidence.table("claims")["id"].tolist()


class Yardsticks(dict):
    """{claim: its yardstick}, each worked out when a test first asks for it."""

    def __missing__(self, claim):
        return self.setdefault(claim, of(claim))


made = Yardsticks()


@lru_cache
def scaled():
    """The claims that a scale decides."""
    return [claim for claim in IDS if picture(claim)]


@lru_cache
def compared():
    """Those of them in which others can stand in an actor's place."""
    return [claim for claim in scaled() if substitute.compared_of(claim)]


@lru_cache
def sides_with_others():
    return [(claim, when) for claim in compared() for when in made[claim].others]


@lru_cache
def noughts():
    """The sides on which no other has any."""
    return [
        (claim, when)
        for claim, when in sides_with_others()
        if not made[claim].others[when]["value"].any()
    ]


@lru_cache
def dotted():
    return [side for side in sides_with_others() if side not in noughts()]


def drawn(claim):
    return BeautifulSoup(picture(claim).to_html(), "html.parser").svg


def sides(claim):
    return [made[claim].then, *filter(None, [made[claim].since])]


def zone_at(page, x):
    """The colours of the bar at a place: two at an edge."""
    return {fill for left, right, fill in zones(page) if left - 1 <= x <= right + 1}


def test_a_scale_decides_these_claims():
    without = set(IDS) - set(scaled())
    assert {claims.row(claim)["rule"] for claim in without} <= {
        "coded",
        "undecided",
        "each_at_least",
    }
    assert not without & {"E1", "E3", "G10", "M3"}
    assert {"F4", "G2", "G8", "M1", "M10", "M14"} <= without


@cases("claim", scaled)
def test_each_figure_lies_in_the_zone_of_its_verdict(claim):
    page = drawn(claim)
    bar = zones(page)
    assert bar[0][0] == 0 and abs(bar[-1][1] - WIDTH) <= 1
    marks = page.select("g.a-claim[data-tell]")
    for verdict in sides(claim):
        held = verdict.value
        values = [*held.values()] if isinstance(held, dict) else held
        if held is None:  # not decided in August 2019
            continue
        for value in values if isinstance(values, (list, tuple)) else [values]:
            words = with_minus(verdict.rule.short(value))
            told = [
                one for one in marks if ("since" in one["class"]) == (verdict.vintage == "since")
            ]
            mark = next((one for one in told if one["data-tell"].endswith(words)), None)
            assert mark, (claim, words, [one["data-tell"] for one in told])
            expected = claims.COLOURS[verdict.rule.alone(value)]
            assert expected in zone_at(page, place(mark)[0]), (claim, value)


@cases(
    ("claim", "rule"),
    [
        ("E3", "The rule: holds up to 0.67, partly above 0.67 up to 1, fails above 1."),
        ("M5", "The rule: fails below 25 %, partly from 25 % to 50 %, holds from 50 % on."),
    ],
)
def test_the_words_tell_the_zones_and_of_when_each_figure_is(claim, rule):
    told = [sentence for _, sentence in made[claim].own()]
    heads = [sentence.partition(":")[0] for sentence in told]
    assert told[0] == rule and heads == ["The rule", "As known in August 2019", "Since"]
    for side, sentence in zip(sides(claim), told[1:], strict=True):
        assert units.format_long(side.value, made[claim].rule.unit) in sentence


@cases("claim", scaled)
def test_words_stay_inside_and_apart(claim):
    found = boxes(drawn(claim)("text"))
    for left, right, _, words in found:
        assert left > -1 and right < WIDTH + 1, words
    for one, other in combinations(found, 2):
        level = abs(one[2] - other[2]) < 8
        assert not level or one[1] <= other[0] or other[1] <= one[0], (one, other)


@cases("claim", scaled)
def test_a_figure_below_0_has_a_minus_sign_wherever_it_is_read(claim):
    page = BeautifulSoup(picture(claim).page(), "html.parser")
    for sheet in page("style"):
        sheet.decompose()
    told = [*page.stripped_strings, *(mark["data-tell"] for mark in page.select("[data-tell]"))]
    assert [text for text in told if text != with_minus(text)] == []


@cases("claim", scaled)
def test_every_zone_has_its_word_or_sign_and_every_edge_its_number(claim):
    page, rule = drawn(claim), made[claim].rule
    told = [*(text.get_text() for text in page("text"))]
    for *_, fill in zones(page):
        verdict = next(word for word, hue in claims.COLOURS.items() if hue == fill)
        assert {verdict, claims.SIGNS[verdict]} & {*told}
    if rule.unit not in units.STEPS and rule.comparison != "just_under":
        edges = {with_minus(units.format_edge(edge, rule.unit)) for edge in rule.edges()}
        assert edges <= {*told}


@cases("claim", scaled)
def test_the_strict_and_the_lenient_rule_have_their_ticks_where_they_draw_other_lines(claim):
    rule, told = made[claim].rule, {text.get_text() for text in drawn(claim)("text")}
    own = {
        reading
        for reading in ("strict", "lenient")
        if rule.comparison not in AROUND and {*rule.at(reading).edges()} - {*rule.edges()}
    }
    assert told & {"strict", "lenient"} == own


@cases(("claim", "when"), dotted)
def test_the_dots_are_what_the_measure_gives_for_everybody(claim, when):
    frame, page = made[claim].others[when], drawn(claim)
    assert len(frame) and frame["who"].is_unique and frame["value"].is_monotonic_increasing
    assert not {*frame["who"]} & {*substitute.compared_of(claim).places}
    late = " since" if when == "since" else ""
    dots = {
        next(code[2:] for code in one["class"] if code.startswith("a-")): one
        for one in everybodys(page)
        if ("since" in one["class"]) == (when == "since")
    }
    assert dots.keys() == {*frame["who"]}
    for row in frame.itertuples():
        found = substitute.substituted_figure(claim, when, **{row.place: row.who})
        parts = [row.who if one == row.place else one for one in made[claim].rule.parts]
        value = (
            next(held for book, held in found.items() if book != row.who)
            if isinstance(found, dict)
            else found[parts.index(row.who)]
            if isinstance(found, tuple)
            else found
        )
        assert value == row.value
        rule = made[claim].rule
        dot, shown = dots[row.who], units.format_short(value, rule.unit, rule.edges())
        off = "" if arrow(dot) == 0 else " (off the scale)"
        assert dot["data-tell"] == with_minus(f"{short_name(row.who)}{late}: {shown}{off}")
        if not off:
            assert claims.COLOURS[row.verdict] in zone_at(page, place(dot)[0])


@cases(("claim", "when"), noughts)
def test_where_all_others_are_at_nought_no_strip_is_drawn(claim, when):
    late = [
        one for one in everybodys(drawn(claim)) if ("since" in one["class"]) == (when == "since")
    ]
    assert not late and made[claim].ranks()
    if all((claim, side) in noughts() for side in made[claim].others):
        assert picture(claim).more == "The ruler in words" and "have none" in made[claim].note


@cases(("claim", "when"), dotted)
def test_the_three_nearest_to_the_claim_and_both_ends_are_named(claim, when):
    frame = made[claim].others[when]
    own = substitute.own_figures(ledger.judge(claim, when)).values()
    gaps = frame["value"].map(lambda value: min(abs(value - one) for one in own) if own else 0)
    shown = frame["value"].map(made[claim].rule.short)
    [side] = [one for one in made[claim].sides if one.vintage == when]
    open_to = ~frame["who"].isin(made[claim].judged_elsewhere(side))
    alone = ~shown.duplicated(keep=False) & open_to
    wanted = {*frame.index[[0, -1]]} | {*gaps[open_to].sort_values(kind="stable").index[:3]}
    named = {
        next(code[2:] for code in one.parent["class"] if code.startswith("a-"))
        for one in drawn(claim).select('g[class*="a-"]:not(.a-claim) > text')
        if ("since" in one.parent["class"]) == (when == "since")
    }
    assert named == {*frame["who"][[at for at in wanted if alone[at]]]}


def test_whose_figure_decides_a_claim_that_may_not_be_guessed_yet_is_not_named():
    def found(claim):
        return made[claim].judged_elsewhere(made[claim].then)

    assert {"VNM", "IND"} <= found("G3")  # M5 and M6, of the next notebook
    assert "IND" in found("M5") and "CHN" not in found("M5")  # M6 stands beside it, G3 before it
    words = [text.get_text() for text in drawn("G3").select("g > text")]
    assert any("Kazakhstan" in one for one in words)
    assert not any(name in one for name in ("Vietnam", "India") for one in words)


@cases("claim", scaled)
def test_each_zone_between_two_others_has_its_word_in_full(claim):
    page = drawn(claim)
    words = {(float(text["x"]), text.get_text()) for text in page("text")}
    for left, right, fill in zones(page)[1:-1]:
        verdict = next(word for word, hue in claims.COLOURS.items() if hue == fill)
        assert any(left < x < right and said == verdict for x, said in words)


@cases("claim", compared)
def test_no_word_of_a_ruler_waits_for_a_name_that_may_be_switched_off(claim):
    assert [text.get_text() for text in drawn(claim)("text") if text.get_text().endswith(":")] == []


@cases(("claim", "when"), dotted)
def test_a_dot_off_the_scale_is_at_the_end_that_its_arrow_points_to(claim, when):
    late, drawing = when == "since", drawn(claim)
    dots = [one for one in everybodys(drawing) if ("since" in one["class"]) == late]
    values = made[claim].others[when]["value"].tolist()
    arrows = []
    for dot in dots:
        arrows.append(arrow(dot))
        beside = abs(place(dot)[0] - WIDTH * (arrows[-1] > 0))
        assert arrows[-1] == 0 or beside <= 8 * DOT, dot["data-tell"]
    assert arrows == sorted(arrows) and len(arrows) == len(values)
    low, high = min(made[claim].rule.edges()), max(made[claim].rule.edges())
    for way, value in zip(arrows, values, strict=True):
        assert way == 0 or (value > high if way > 0 else value < low)


@cases("claim", compared)
def test_the_measure_is_that_of_the_test(claim):
    for when in made[claim].others:
        own, again = ledger.judge(claim, when).value, substitute.substituted_figure(claim, when)
        assert again == (own if isinstance(own, dict) else pytest.approx(own, abs=1e-9))


TURNED = ("E7", "E9")  # a fall is counted, and a rise lies below nought


@cases(("claim", "when"), sides_with_others)
def test_the_words_name_the_highest_the_lowest_and_the_rank(claim, when):
    frame = made[claim].others[when]
    told = next(text for who, text in made[claim].ranks() if ("since" in who) == (when == "since"))
    shown, written = picture(claim), with_minus(told)
    assert written in shown.alt and written in shown.to_html().replace("&#39;", "'")
    rule = made[claim].rule
    shown = frame["value"].map(lambda value: units.format_short(value, rule.unit, rule.edges()))
    low, high = shown.iloc[0], shown.iloc[-1]
    is_place = rule.unit == "rank"  # the first place is the highest
    if is_place:
        low, high = high, low
    assert frame["value"].is_monotonic_increasing
    scale = " on this scale" if claim in TURNED else ""
    for value, words in ((high, f"the highest of the others{scale}: "), (low, "the lowest: ")):
        level = frame["who"][shown.eq(value)]  # as many as the table shows at that figure
        ends = told.partition(words)[2]
        assert (
            all(map(ends.__contains__, map(actors.name, level))) or f"{len(level)} actors" in ends
        )
    for value in substitute.own_figures(ledger.judge(claim, when)).values():
        every = [*frame["value"], *substitute.own_figures(ledger.judge(claim, when)).values()]
        above = sum((one < value) if is_place else (one > value) for one in every)
        assert f"number {1 + above} from the top" in told or f"number {1 + above} and" in told


def test_a_nought_that_is_no_share_is_said_to_be_none():
    assert "no defence pledge" in of("G10").note
    assert "no defence pledge" in substitute.judge_substituted("G10", "then", JPN="TWN").reason


@cases("claim", compared)
def test_the_note_says_whose_books_the_others_stand_in(claim):
    assert ("by China's books" in made[claim].note) == bool(made[claim].then.by_reporter)


def test_every_claim_that_can_be_asked_of_others_has_some_beside_it():
    assert compared() and all(len(made[claim].others["then"]) for claim in compared())


def test_a_decided_claim_without_others_beside_it_says_why():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "claim.md").read_text("utf-8")
    page = page.partition("\n## Which claims are compared with other actors\n")[2]
    page = page.partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    told = [claim for claims, _ in rows[1:] for claim in claims.split(", ")]
    decided = {one["id"] for one in evidence.rows("claims") if one["rule"] != "undecided"}
    assert sorted(told) == sorted(decided - {*compared()})


@pytest.mark.parametrize(("claim", "who"), [("F5", "TWN"), ("E6", "IND"), ("M15", "PRK")])
def test_nobody_without_a_figure_has_a_dot(claim, who):
    with pytest.raises(Problem, match="no figure"):
        substitute.substituted_figure(claim, "then", **{substitute.compared_of(claim).swap[0]: who})
    assert not drawn(claim).select(f".a-{who}")


@cases("claim", IDS)
def test_a_card_of_august_2019_tells_of_nothing_later(claim):
    page = BeautifulSoup(VerdictCard(claim).to_html(), "html.parser")
    for late in page.select(".since, .cited, .dated, style"):  # days of sources and of amendments
        late.decompose()
    # and days of readings that were added, which are no figures
    left = page.get_text(" ").replace(readings.added_later(claim) or "-" * 99, "")
    assert not re.search(r"\b20[2-9]\d\b|[Ss]ince \(", left), left
    assert made[claim].then.verdict in left
    if updated := made[claim].since:
        assert updated.reason == made[claim].then.reason or updated.reason not in left


def test_a_card_gives_a_reason_that_stays_the_same_once():
    assert made["M2"].since.reason == made["M2"].then.reason
    assert VerdictCard("M2").to_html().count("First joint air patrol") == 1
    assert VerdictCard("M5").to_html().count("Russia supplied") == 2


def test_then_keeps_its_own_figure_and_the_readings():
    page = BeautifulSoup(picture("M5").to_html(), "html.parser")
    for late in page.select(".since"):
        late.decompose()
    left = page.get_text()
    assert units.format_short(made["M5"].then.value, "percent of TIV") in left
    assert units.format_short(made["M5"].since.value, "percent of TIV") not in left
    assert "strict" in left and "lenient" in left


def test_a_yardstick_is_a_table_and_words_too():
    table = yardstick("F5").table
    assert [*table] == ["who", "then", "verdict_then", "since", "verdict_since"]
    assert f"India: {table.set_index('who').then['IND']:.2f}." in yardstick("F5").to_text()
    assert made["F5"].then.sources in yardstick("F5").source and picture("F5").source == ""
    rows = BeautifulSoup(picture("E4").to_html(), "html.parser").select("tbody tr")
    own = [[cell.get_text() for cell in row("th") + row("td")] for row in rows[:2]]
    assert own == [
        ["The claim, China's books", "10.5 bn", "holds", "10.8 bn", "holds"],
        ["The claim, Russia's books", "3.9 bn", "fails", "0.9 bn", "fails"],
    ]
    with pytest.raises(Problem, match="no scale decides F4"):
        yardstick("F4")


def test_a_long_measure_lists_its_parts_below_the_title():
    title, _, parts = claim("M16")["measure"].partition(": ")
    assert of("M16").title == title
    assert of("M16").note.lower().startswith(f"{parts.lower()}. the rule")
    assert of("E13").title == claim("E13")["measure"]


def test_a_place_may_be_named_as_it_is_spoken_of():
    lines = [VerdictCard("E3", **{place: "India"}).lines() for place in ("RUS", "rus", "Russia")]
    assert lines[0] == lines[1] == lines[2]


def test_india_in_russias_place():
    card = VerdictCard("E3", RUS="India")
    said = card.lines()[0]
    assert said.startswith("Not the article's claim: India in Russia's place. E3.")
    assert (
        card.then.value
        == substitute.substituted_figure("E3", "then", RUS="IND")
        != ledger.judge("E3", "then").value
    )
    page = BeautifulSoup(card.to_html(), "html.parser")
    assert page.summary.get_text().startswith("Not the article's claim: India in Russia's place.")
    own = BeautifulSoup(VerdictCard("E3").to_html(), "html.parser")
    ids = [{one["id"] for one in side.select("[id]")} for side in (page, own)]
    assert all(ids) and not ids[0] & ids[1] and not everybodys(page.svg)
    assert (
        "The claim, " not in str(page) and "in the place of its own" in page.figcaption.get_text()
    )
    both = VerdictCard("G6", IRN="IND").then
    assert both.rule.parts == ("IND", "SYR") and "for India" in both.tipping_point


@pytest.mark.parametrize(
    ("claim", "put", "said"),
    [
        ("F1", {"RUS": "IND"}, "F1 has no measure that applies to others.*do this in F2, F3, F5"),
        ("F5", {"USA": "IND"}, '"USA" is not an actor of F5 that can be replaced: choose CHN'),
        ("F5", {"RUS": "CHN"}, "F5 is about China already"),
        ("F5", {"RUS": "Atlantis"}, "is not one of the actors"),
        ("F5", {"RUS": "IND", "CHN": "IND"}, "India cannot replace two actors of F5"),
        ("F5", {"RUS": "TWN"}, "no figure for votes of China and Taiwan"),
        ("E6", {"RUS": "IND"}, "from India. In Russia's place the test allows .*Turkmenistan"),
        ("E3", {"RUS": "DEU"}, "the four of E3"),
        ("M13", {"USA": "TWN"}, "In the United States' place the test allows China, Russia"),
        ("M13", {"USA": "JPN"}, "one of the five itself"),
    ],
)
def test_nobody_is_put_where_the_test_does_not_allow_it(claim, put, said):
    with pytest.raises(Problem, match=said):
        VerdictCard(claim, **put)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, "wars", "1 war"),
        (2, "wars", "2 wars"),
        (1, "countries", "1 country"),
        (1, "losses", "1 loss"),
        (1, "people", "1 person"),
        (1, "litres a person", "1 litre a person"),
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
    assert units.format_long(value, unit) == words


@pytest.mark.parametrize(
    ("value", "unit", "edges", "words"),
    [
        (0.399, "kappa", [0.2, 0.4], "0.399"),
        (0.3999, "kappa", [0.2, 0.4], "0.3999"),
        (0.401, "kappa", [0.2, 0.4], "0.401"),
        (0.4, "kappa", [0.2, 0.4], "0.40"),
        (0.389, "kappa", [0.2, 0.4], "0.39"),
        (100 / 3, "percent", [100 / 3], "33.3 %"),
        (49.98, "percent", [50], "49.98 %"),
        (99.96, "USD bn", [100], "99.96 bn"),
        (-0.04, "percent fall", [20, 0], "a rise of 0.04 %"),
    ],
)
def test_near_a_threshold_a_figure_has_as_many_digits_as_tell_its_side(value, unit, edges, words):
    assert units.format_short(value, unit, edges) == words


def test_white_words_can_be_read_on_the_colour_of_every_verdict():
    assert set(claims.COLOURS) == set(claims.SIGNS) == {*claims.VERDICTS, claims.UNJUDGED}
    assert all(
        style.contrast("white", colour) >= style.LEGIBLE for colour in claims.COLOURS.values()
    )


VISION = {  # what an eye makes of red, green and blue, by Machado and others (2009)
    "any": np.eye(3),
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
TO_XYZ = [
    [0.4339, 0.3762, 0.1899],
    [0.2126, 0.7152, 0.0722],
    [0.0177, 0.1095, 0.8728],
]  # of white: 1


def apart(one, other, vision="any"):
    """How far two colours stand apart for an eye, in units of CIE Lab: below 10 few tell them apart."""

    def lab(colour):
        parts = np.array(to_rgb(colour))
        light = np.where(parts > 0.04045, ((parts + 0.055) / 1.055) ** 2.4, parts / 12.92)
        x, y, z = np.cbrt(TO_XYZ @ np.clip(VISION[vision] @ light, 0.001, 1))
        return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])

    return np.linalg.norm(lab(one) - lab(other))


def test_holds_and_fails_are_told_apart_by_every_eye_and_on_grey_paper_and_are_no_actor_s():
    holds, fails = claims.COLOURS["holds"], claims.COLOURS["fails"]
    assert all(apart(holds, fails, vision) > 40 for vision in VISION)
    assert style.contrast(holds, fails) >= 1.8
    for colour in {row["colour"] for row in evidence.rows("actors")} | {*plain.COLOURS}:
        assert apart(fails, colour) > 20, colour


def test_a_verdict_has_one_colour_everywhere():
    package, verdicts = Path(heldto.__file__).parent, claims.VERDICTS
    colours = {word: claims.COLOURS[word] for word in verdicts}
    tags = (package / "templates" / "tag.css").read_text()
    assert dict(re.findall(r"\.tag-(\w+) \{ background: (#\w+); \}", tags)) == colours
    wall = (package / "templates" / "wall.css").read_text()
    for part in ("i { background", "b { color"):
        assert dict(re.findall(rf"\.is-(\w+) {part}: (#\w+); \}}", wall)) == colours
    camera = (package / "room" / "camera.js").read_text()
    assert re.findall("#[0-9A-F]{6}", re.search(r"INKS = .*", camera)[0]) == [*colours.values()]
    score = re.search(r"INKS = .*", (package / "exercises" / "share.js").read_text())[0]
    assert f'right: "{colours["holds"]}", wrong: "{colours["fails"]}"' in score


def test_dots_that_meet_give_way_to_either_side_and_at_last_upwards():
    zone, taken, places = Zone(0, 2 * WIDTH, "holds"), set(), []
    for _ in range(13 * HIGH + 1):
        places.append(_free(WIDTH, zone, taken))
        taken.add(places[-1])
    aside = [(x - WIDTH) // DOT for x, up in places if up == 0]
    assert sorted(aside) == [*range(-6, 7)] and aside == sorted(aside, key=abs)
    assert places[-1] == (WIDTH, HIGH)


# Base rates


@cases(("claim", "when"), sides_with_others)
def test_a_base_rate_counts_the_others_for_whom_the_claim_would_come_out_best(claim, when):
    told, rule = substitute.rate(claim, when), made[claim].rule
    best = [value for value in made[claim].others[when]["value"] if _best(rule, value)]
    assert (told.hold, told.of) == (len(best), len(made[claim].others[when]))
    assert told.words() in " ".join(VerdictCard(claim).lines(when))


def _best(rule, value):
    return rule.alone(value) == (rule.cap or "holds")


RATES = [
    ("E3", "then", "It would also hold for "),  # it holds itself
    ("E3", "since", "It would hold for "),
    ("G1", "then", "It would hold in part, the most that it can, for none of "),
    ("G6", "then", "others in Iran's or Syria's place, each alone."),
]


@pytest.mark.parametrize(("claim", "when", "words"), RATES)
def test_a_base_rate_in_words(claim, when, words):
    assert words in substitute.rate(claim, when).words()


def test_of_the_claim_on_trade_most_others_would_do_as_well():
    frame = substitute.others("E3", "then")
    judged = [substitute.judge_substituted("E3", "then", RUS=who).verdict for who in frame["who"]]
    assert substitute.rate("E3", "then").hold == judged.count("holds") > len(judged) / 2


@pytest.mark.parametrize("claim", ["F1", "G5"])
def test_where_nobody_else_can_be_measured_there_is_no_base_rate(claim):
    assert substitute.rate(claim, "then") is None
    assert "Base rate" not in " ".join(VerdictCard(claim).lines())


# Intervals


@pytest.mark.parametrize("claim", ["F5", "G11", "M15"])
def test_an_interval_is_a_whisker_on_the_bar(claim):
    for side in sides(claim):
        spans = made[claim].then.noise.intervals
        late = "since" if side.vintage == "since" else ""
        told = [
            one["data-tell"]
            for one in drawn(claim).select(".a-claim[data-tell^='95 % interval']")
            if ("since" in one["class"]) == bool(late)
        ]
        assert len(told) == len(spans)
        rule = made[claim].rule
        for low, high in side.noise.intervals.values():
            assert with_minus(f"95 % interval: {rule.short(low)} to {rule.short(high)}") in told
        assert with_minus(side.noise.words) in picture(claim).alt or late


def test_the_picture_of_all_claims_marks_what_is_near_another_verdict():
    shown = overview.glance_picture()
    marked = [one for one in shown.figure.axes[0].texts if one.get_text() == rows.NEAR]
    near = [side for claim in IDS for side in ledger.both(claim) if side.marks.words()]
    assert len(marked) == len(near) > 0
