"""The one language of our texts: how figures, days and actors are written, and what is said of a slip."""

import math

import pandas as pd
import pytest

from heldto.errors import NotHeld, TextError
from heldto.text.language import Writer
from heldto.text.words import count_of, join_words

PLACE = "sections/economic/claims.toml, [E4], reason"
FIGURES = {
    "value": 8.456,
    "large": 8500.4,
    "share": 0.8512,
    "day": "2019-06-28",
    "usa": "USA",
    "codes": ["BLR", "USA"],
    "sold": pd.Series({"RUS": 3.0, "rank": 2.0, "all": 9.0}),
    "row": {"name": "one", "items": 5, "of two": "x", 2018: 70.0},
    "late": "",
}
WRITTEN = [  # what stands in a text, what a reader sees
    ("{{ value }}", "8.456"),
    ("{{ value | number(1) }} and {{ value | number(0) }}", "8.5 and 8"),
    ("{{ value | signed(1) }}, {{ (0 - value) | signed(1) }}", "+8.5, -8.5"),
    ("{{ large | thousands(0) }}", "8,500"),
    ("{{ 2.50 | plain }}", "2.5"),
    ("{{ share | percent }}", "85 %"),
    ("{{ day | day }}", "28 June 2019"),
    ("{{ 3 | word }} of {{ 12 | word }}, {{ 2 | rank }}", "three of 12, second"),
    ("{{ 1 | point }}, {{ 2.5 | point }}", "1 point, 2.5 points"),
    ("{{ (1 / 3) | part }}, {{ 50 | part('percent') }}", "a third, half"),
    ("{{ usa | name }}: {{ usa | the }}", "United States: the United States"),
    ("{{ usa | possessive }} books", "the United States' books"),
    ("{{ usa | the | capital }}", "The United States"),
    ("{{ codes | actors }}", "Belarus and the United States"),
    ("{{ codes | names }}; {{ codes | names('or') }}", "Belarus, United States; Belarus or United States"),
    ("{{ [2018.0, 'x'] | listed }}", "2018, x"),
    ("{{ sold.RUS | number(0) }}, {{ sold.rank | plain }}, {{ sold.all | plain }}", "3, 2, 9"),
    ("{{ row.items }}, {{ row['of two'] }}, {{ row[2018] | plain }}", "5, x, 70"),
    ("{{ (row[2018] - 60) / 2 }}", "5.0"),
    ("a{% if late %}, {{ late }}{% endif %}.", "a."),
    ("{{ '{value}' }} {'x': 1}", "{value} {'x': 1}"),
    ("no figure <&>\n", "no figure <&>\n"),
    ("{{ usa }} <&>\n", "USA <&>\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_text_is_filled(text, seen):
    assert Writer(PLACE).fill(text, FIGURES) == seen


CODE = [  # what a stranger may write into a text, what is said of it
    ("{{ cycler.__init__.__globals__.os.system('touch x') }}", "a call cannot stand in a text"),
    ("{{ usa.upper() }}", "a call cannot stand"),
    ("{{ '{0.__class__}'.format(1) }}", "a call cannot stand"),
    ("{{ usa.__class__ }}", '"usa.__class__" is not a figure here.'),
    ("{{ usa | attr('__class__') }}", 'nothing writes a figure as "attr".'),
    ("{{ lipsum }}", '"lipsum" is not a figure here.'),
    ("{% for a in range(10**10) %}{% endfor %}", "a call cannot stand"),
    ("{% for a in codes %}{% for b in codes %}x{% endfor %}{% endfor %}", "one {% for %} cannot stand in another"),
    ("{% for a in codes recursive %}x{% endfor %}", "one {% for %} cannot stand in another"),
    ("{% set y = 'aa' %}{% set y = y ~ y %}{{ y }}", "{% set %} cannot stand"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% macro %} cannot stand"),
    ("{% include 'handout.html.j2' %}", "{% include %} cannot stand"),
    ("{{ 9**9**9 }}", "a power cannot stand"),
    ("{{ 'a' * 1000000000 }}", "* stands between numbers only"),
    ("{{ [1] * 1000000000 }}", "* stands between numbers only"),
    ("{{ '%1000000000d' % 1 }}", "% stands between numbers only"),
    ("{{ '%1000000000d' | format(1) }}", 'nothing writes a figure as "format".'),
    ("{{ usa | center(1000000000) }}", 'nothing writes a figure as "center".'),
    ("{{ value | number(1000000000) }}", "digits after the point are 0 to 12"),
    ("{{ value | signed('9,') }}", "digits after the point are 0 to 12"),
    ("{{ 1 / 0 }}", "division by zero"),
    ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "stand too deep in others"),
    ("{% if late %}" * 200 + "{% endif %}" * 200, "stand too deep in others"),
    ("a" * 20_000 + "{{ value }}", "20,011 characters: a text has at most 20,000"),
]  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize(("text", "says"), CODE, ids=[text[:40] for text, _ in CODE])
def test_a_text_is_no_program_and_ends_at_once(text, says):
    with pytest.raises(TextError) as slip:
        Writer(PLACE).fill(text, FIGURES)
    assert str(slip.value).startswith(PLACE) and says in str(slip.value)


def test_a_name_of_a_figure_is_no_program_either():
    with pytest.raises(TextError, match="a call cannot stand"):
        Writer(PLACE).figure("cycler.__init__.__globals__.os.system('touch x')", FIGURES)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("said", [{"a": "{{ value | said('a') }}"}, {"a": "{{ value | said('b') }}" * 500, "b": "x" * 500}])  # fmt: skip
def test_words_that_have_words_said_come_to_an_end(said):
    words = {name: {"8.456": text} for name, text in said.items()}
    with pytest.raises(TextError, match="without end|too deep"):
        Writer(PLACE, words=words).fill("{{ value | said('a') }}", FIGURES)


SLIPS = [  # what stands in a text, what is said of it
    ("{{ valu }}", '"valu" is not a figure here. Did you mean "value"?'),
    ("{{ valu | number(1) }}", '"valu" is not a figure here. Did you mean "value"?'),
    ("{% if lat %}x{% endif %}", '"lat" is not a figure here. Did you mean "late"?'),
    ("{{ row.nam }}", '"row.nam" is not a figure here. Did you mean "name"?'),
    ("{{ sold.CHN + 1 }}", '"sold.CHN" is not a figure here'),
    ("{{ valu.CHN }}", '"valu" is not a figure here'),
    ("{{ value | nmber(1) }}", 'nothing writes a figure as "nmber". Did you mean "number"?'),
    ("{{ usa | number(1) }}", "write a figure as {{ name }}"),
    ("{{ value | number }}", "write a figure as {{ name }}"),
    ("{{ value ", "write a figure as {{ name }}"),
    ("{% if late %}x", "write a figure as {{ name }}"),
    ("{value:.1f}", "{value:.1f} has one brace on either side"),
    ("{{ value }} of {row[name]}", "{row[name]} has one brace on either side"),
    ("{{ 'RUX' | the }}", "RUX"),
    ("{{ value | said('tie') }}", 'there are no words "tie"'),
    (7, '7 is not a text: put it in "quotes"'),
]


@pytest.mark.parametrize(("text", "says"), SLIPS, ids=[str(text) for text, _ in SLIPS])
def test_a_slip_is_told_with_its_place_and_is_no_gap_in_the_data(text, says):
    with pytest.raises(TextError) as caught:
        Writer(PLACE).fill(text, FIGURES)
    assert str(caught.value).startswith(f"{PLACE}: ") and says in str(caught.value)


@pytest.mark.parametrize(
    ("way", "far", "near"),
    [
        ("number(1)", "40.0", "39.97"),
        ("signed(1)", "+40.0", "+39.97"),
        ("thousands(0)", "40", "39.97"),
    ],
)
def test_near_a_threshold_a_figure_has_the_digits_that_tell_it_apart(way, far, near):
    text, figures = f"{{{{ value | {way} }}}}", {"value": 39.97}
    assert Writer(PLACE).fill(text, figures) == far
    assert Writer(PLACE, edges=[40]).fill(text, figures) == near


def test_near_a_threshold_a_share_has_them_too():
    text, figures = "{{ share | percent }}", {"share": 0.399}
    assert Writer(PLACE).fill(text, figures) == "40 %"
    assert Writer(PLACE, edges=[40]).fill(text, figures) == "39.9 %"


def test_where_the_tables_may_lack_a_figure_a_gap_is_not_held():
    writer = Writer(PLACE, gaps=True)
    gone = {"gone": math.nan, "held": {2018: 1.0}}
    for text in ("{{ gone }}", "{{ gone | number(1) }}", "{{ held[1900] }}"):
        with pytest.raises(NotHeld, match="no figure for"):
            writer.fill(text, gone)
    with pytest.raises(NotHeld, match=r'no figure for "held\[1900\]"'):
        writer.figure("held[1900] * 2", gone)
    assert writer.figure("held[2018] * 2", gone) == 2
    with pytest.raises(TextError, match='"helt" is not a figure here. Did you mean "held"'):
        writer.figure("helt[2018]", gone)


def test_one_of_something_is_told_as_one():
    assert [count_of(number, "claim") for number in (0, 1, 2, 1200)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "1,200 claims",
    ]
    assert [count_of(number, "guess", "guesses") for number in (1, 3)] == ["1 guess", "3 guesses"]


@pytest.mark.parametrize(
    "some, joined",
    [([], ""), (["arms"], "arms"), (["trade", "arms"], "trade and arms"), (["votes", "trade", "arms"], "votes, trade and arms")],
)  # fmt: skip
def test_words_in_a_row_have_an_and_before_the_last(some, joined):
    assert join_words(some) == joined
