"""The claim of notebook 04 hangs on its figure, and what its pictures say."""

import json

import pytest
from conftest import ROOT
from matplotlib.colors import to_rgb

from frenemies.sections.verdict.pictures import together
from heldto import evidence
from heldto.claims import ledger
from heldto.pictures import INK

CLAIMS = [row["id"] for row in evidence.rows("claims") if row["notebook"] == "04_verdict"]


def _without(**where):
    def change(rows):
        hit = (rows[[*where]] == list(where.values())).all(axis=1)
        assert hit.any()
        return rows[~hit]

    return change


FLIPS = [  # claim, vintage, table, what is changed, the verdict that then follows
    ("F4", "then", "geopolitical/rivalries", _without(actor_a="CHN", actor_b="IND"), "fails")
]


@pytest.mark.parametrize(("claim", "vintage", "table", "change", "expected"), FLIPS)
def test_a_claim_flips_with_its_deciding_figure(mutate, claim, vintage, table, change, expected):
    assert ledger.judge(claim, vintage).verdict != expected
    mutate(table, change)
    assert ledger.judge(claim, vintage).verdict == expected


def test_every_claim_of_the_section_has_a_flip():
    lacking = [claim for claim in CLAIMS if claim not in {flip[0] for flip in FLIPS}]
    assert not lacking, f"add to FLIPS a change of the data that turns {', '.join(lacking)}"


def test_a_share_that_moved_by_three_points_or_less_hardly_moved():
    picture = together.then_and_now_picture()
    assert "Russia's share of China's arms imports hardly moved" in picture.title
    arms = next(
        ax for ax in picture.figure.axes if any("m TIV" in text.get_text() for text in ax.texts)
    )
    late = [line for line in arms.lines if "since" in (line.get_gid() or "")]
    assert late and {line.get_color() for line in late} == {together.COLOURS["hardly moved"]}


def test_a_share_does_not_stand_without_its_volume():
    texts = [text for ax in together.then_and_now_picture().figure.axes for text in ax.texts]
    volumes = [text.get_text() for text in texts if "m TIV" in text.get_text()]
    assert volumes == ["3,172 m TIV", "4,894 m TIV", "1,869 m TIV"]


def first_count():
    found = ledger.table()
    return found[found.index.map(ledger.group_of) == "fixed"]


def test_the_benchmark_is_drawn_with_the_article_s_own_count():
    told, picture = ledger.benchmark(first_count()), together.benchmark_picture()
    above, below = picture.figure.axes
    heights = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in above.patches}
    expected = {number: 100 * part for number, part in enumerate(told.distribution())}
    assert heights == pytest.approx(expected)
    dark = [bar for bar in above.patches if bar.get_facecolor()[:3] == to_rgb(INK)]
    assert [round(bar.get_x() + bar.get_width() / 2) for bar in dark] == [len(told.held)]
    words = [text.get_text() for text in above.texts]
    assert words == [f"the article: {len(told.held)}", f"others, on average: {told.expected:.1f}"]
    assert f"{len(told.held)} of {len(told.rates)} claims hold" in picture.title
    assert f"{told.expected:.1f} hold" in picture.title
    assert told.words() in picture.lead


def test_the_benchmark_says_by_claim_for_how_many_others_it_would_hold():
    told, picture = ledger.benchmark(first_count()), together.benchmark_picture()
    table = picture.table.set_index("claim")
    assert (table.share / 100).to_dict() == pytest.approx(told.rates)
    assert table.share.is_monotonic_decreasing
    assert [*table.index[table.verdict.eq("holds")].sort_values()] == sorted(told.held)
    below = picture.figure.axes[1]
    widths = [bar.get_width() for bar in below.patches]
    assert widths == pytest.approx(table.share.tolist())
    labels = [text.get_text() for text in below.texts]
    assert "21 of 22 in Russia's place" in labels and "0 of 22 in Pakistan's place" in labels
    assert "E3, Trade with Russia lags far behind" in picture.alt
    assert "It would also hold for 16 of 19 others in Russia's place." in picture.alt


def test_the_benchmark_is_counted_anew_for_those_shown():
    few = together.benchmark_picture(shown=["CHN", "RUS", "USA"])
    assert 0 < len(few.table) < len(together.benchmark_picture().table)
    assert f" of {len(few.table)} claims hold" in few.title


@pytest.mark.parametrize("plan", ["plan-90"])
def test_a_plan_gives_no_count_without_its_denominator_and_benchmark(plan):
    text = (ROOT / "docs" / "seminar" / f"{plan}.md").read_text(encoding="utf-8")
    told = ledger.tallies(ledger.table())
    short = told["fixed"].partition(": ")[2].partition(",")[0]
    assert f": {short}. {told['benchmark']} Never read" in text
    assert "how many of all the claims" not in text


def test_no_picture_of_verdicts_stands_open_on_the_page_that_asks_for_them():
    cells = json.loads((ROOT / "notebooks/04_verdict.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    shows = ("glance_picture", "benchmark_picture", "fr.readings(")
    telling = [source for source in code if any(name in source for name in shows)]
    assert len(telling) == 3
    assert all("fr.examine(" in source for source in telling)
