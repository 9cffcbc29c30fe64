"""Role cards: one page each in Chromium's PDF, self-contained, and every gap named."""

import html
import re

import pytest
from typer.testing import CliRunner

from frenemies import cards
from frenemies.measures import trade
from heldto import evidence
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.publish.cli import app


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("cards") / "cards.html"
    path.write_text(cards.cards_page(*actors.ALL), encoding="utf-8")
    return path


def test_every_card_is_one_page(whole, browser, tmp_path):
    page = browser.new_page()
    page.goto(whole.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(actors.ALL)
    heights = page.evaluate(
        "[...document.querySelectorAll('.card')].map(card => card.scrollWidth - card.clientWidth)"
    )
    assert max(heights) <= 1  # nothing sticks out at the side
    page.close()


@pytest.mark.parametrize("code", ["CHN", "UKR"])
def test_a_card_alone_is_one_page(code, browser, tmp_path):
    page = browser.new_page()
    (tmp_path / "card.html").write_text(cards.cards_page(code), encoding="utf-8")
    page.goto((tmp_path / "card.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.close()


def test_the_page_asks_nothing_of_the_world(whole, browser):
    text = whole.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"https?://|<script|<link|url\(", text)
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(whole.as_uri())
    assert asked == [whole.as_uri()]
    page.close()


@pytest.mark.parametrize("code", actors.ALL)
def test_three_questions_to_each(code):
    for lead in cards.PAIR:
        if lead != code:
            asked = cards.questions(code, lead)
            assert len(asked) == len(set(asked)) == 3
            assert all(question.endswith("?") and "nan" not in question for question in asked)


def test_figures_are_those_of_the_tables():
    bought = cards.trade_partners("VNM").set_index("partner")
    assert bought.total["CHN"] == pytest.approx(
        trade.in_year(trade.goods_trade("VNM", "CHN"), 2018)
    )
    assert bought.share["CHN"] == pytest.approx(
        bought.total["CHN"] / trade.in_year(trade.goods_trade("VNM", "WLD"), 2018)
    )
    assert cards.owed("PRK") == ["CHN"]
    assert cards.rivals("IND") == ["CHN", "PAK"]
    assert cards.suppliers("IND").set_index("supplier").share["RUS"] == pytest.approx(
        0.577, abs=0.001
    )


@pytest.mark.parametrize("code", actors.ALL)
def test_a_card_names_no_claim_without_its_words_and_counts_those_it_leaves_out(code):
    claims = evidence.table("claims").set_index("id")
    lines = dict(cards.card(code).blocks())["Claims of the article that concern it"]
    named = [line.partition(". ") for line in lines if not line.startswith("(")]
    concern = claims.index[claims.actors.str.split(";").map(lambda some: code in some)]
    if not len(concern):
        return
    assert all(words == claims.claim[name] for name, _, words in named)
    left_out = len(concern) - len(named)
    assert left_out == 0 or re.search(rf"\b{left_out} more\b", lines[-1])
    assert not [line for line in lines if line.startswith("(") and re.search(r"\b[EFGM]\d", line)]


@pytest.mark.parametrize("code, gap", [
    ("TWN", "Taiwan stands in no table of votes in the UN General Assembly."), ("TWN", "as its partners count it"), ("TWN", "GDP not held"),
    ("PRK", "GDP not held"), ("PRK", "The register has no delivery to North Korea in 2014-18."), ("MNG", "None: the article does not speak of it."),
])  # fmt: skip
def test_gaps_are_named(code, gap):
    assert gap in repr(cards.card(code))


def test_text_and_page_say_the_same():
    page = html.unescape(cards.card("KAZ").to_html())
    assert all(line in page for _, lines in cards.card("KAZ").blocks() for line in lines)


def test_a_card_in_the_notebook():
    shown = cards.card("vietnam")._repr_mimebundle_()[0]
    assert shown["text/plain"].startswith("Vietnam: 96.2 million people")
    assert '<p class="name">Vietnam</p>' in shown["text/html"]


def test_nothing_later_than_the_article_stands_on_a_card(mutate):
    before = repr(cards.card("IND"))
    mutate(
        "economic/trade",
        lambda rows: rows.assign(
            value_usd=rows.value_usd.where(rows.year.astype(int) <= 2018, "1")
        ),
    )
    mutate(
        "geopolitical/agreement",
        lambda rows: rows.assign(kappa=rows.kappa.where(rows.year.astype(int) <= 2018, "0.999")),
    )
    mutate(
        "military/arms_transfers",
        lambda rows: rows.assign(tiv=rows.tiv.where(rows.year.astype(int) <= 2018, "1")),
    )
    assert repr(cards.card("IND")) == before
    mutate(
        "economic/trade",
        lambda rows: rows.assign(
            value_usd=rows.value_usd.where(rows.year.astype(int) != 2018, "1")
        ),
    )
    assert repr(cards.card("IND")) != before


def test_the_command_writes_a_card(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["card", "vietnam"]).stdout.strip() == "wrote card-VNM.html"
    assert '<h1 class="name">Vietnam</h1>' in (tmp_path / "card-VNM.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("words, says", [
    (["card"], "name one actor"), (["card", "VNM", "--all"], "name one actor"), (["card", "Vietnm"], "Did you mean VNM"), (["card", "EU"], "not one of our states"),
])  # fmt: skip
def test_the_command_refuses_in_one_line(words, says):
    found = CliRunner().invoke(app, words)
    assert isinstance(found.exception, Problem)
    assert says in str(found.exception)


def test_a_file_that_cannot_be_written(tmp_path):
    words = ["card", "VNM", "--output", str(tmp_path / "no" / "card.html")]
    found = CliRunner().invoke(app, words)
    assert "give another file with --output" in str(found.exception)


def test_rivals_and_who_owes_defence_are_two_things():
    blocks = dict(cards.RoleCard("CHN").blocks())
    assert blocks["Defence pledges with"][0] == "North Korea"
    assert "Japan" in blocks["Rivals"][0] and not any(
        "ival" in line for line in blocks["Defence pledges with"]
    )


@pytest.mark.parametrize("code", cards.WORDS["doubts"])
def test_a_doubt_stands_under_the_partner_that_it_names(code):
    *partners, doubt = dict(cards.card(code).blocks())["Trades with"]
    assert doubt == cards.WORDS["doubts"][code]
    assert any(line.partition(":")[0] in doubt for line in partners)
