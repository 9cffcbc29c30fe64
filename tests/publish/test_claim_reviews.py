"""What a page tells fact checkers: a ClaimReview of each claim on its own page, with an address only where one is known."""

import json

import pandas as pd
import pytest
import sample
from bs4 import BeautifulSoup
from nbformat.v4 import new_notebook

from heldto import article, evidence
from heldto.claims import card
from heldto.claims.judged import both
from heldto.claims.listed import all_ids, find_claim
from heldto.claims.verdict import finding_of_fault, ruled
from heldto.errors import as_slip
from heldto.publish import claim_reviews, editions
from heldto.publish.handouts.page import HandoutPage
from heldto.publish.site.build import pages_address
from heldto.templates import writing_page

SITE = "https://example.org/seminar/handouts/"


def reviews(claims, page, site=""):
    return {
        one["claimReviewed"]: one
        for one in json.loads(claim_reviews.reviews_data(claims, page, site))["@graph"]
    }


def test_a_review_names_claim_author_day_verdict_and_address():
    found = find_claim("E1")
    [review] = reviews(["E1"], found.notebook, SITE).values()
    current = article.current()
    assert review["@type"] == "ClaimReview" and review["claimReviewed"] == found.says
    assert review["url"] == f"{SITE}01_economic.html#at=E1"
    assert review["author"] == {"@type": "Organization", "name": current.named}
    claimed = review["itemReviewed"]
    assert claimed["author"]["name"] == current.author
    assert claimed["appearance"]["headline"] == current.title
    assert claimed["datePublished"] == f"{current.day}" < review["datePublished"] <= "2026-12-31"
    rating, (then, since) = review["reviewRating"], both("E1")
    assert rating["alternateName"].removeprefix("It ") in ("holds", "holds partly", "fails")
    assert then.verdict in rating["alternateName"]
    explained = rating["ratingExplanation"]
    assert f"As known in August 2019: {then.verdict}. Since: {since.verdict}." in explained
    assert "By the rule amended on 27 November 2026" in explained
    assert f"Rule: {found.told('thresholds')}." in explained
    assert "ratingValue" not in rating  # four words are no scale from false to true


@pytest.mark.parametrize("base_url", ["", "/seminar/"])
def test_without_the_site_s_whole_address_a_review_has_none(base_url):
    [review] = reviews(["E1"], "01_economic", pages_address(base_url)).values()
    assert "url" not in review and "http" not in json.dumps(review)
    assert pages_address("https://example.org/seminar/") == SITE


def test_whom_the_author_only_reports_or_quotes_is_not_given_the_claim_as_the_author_s_own():
    voices = {name: find_claim(name).voice for name in all_ids()}
    reported = next(name for name, voice in voices.items() if voice != "author")
    [review] = reviews([reported], find_claim(reported).notebook).values()
    assert "author" not in review["itemReviewed"]
    assert review["itemReviewed"]["appearance"]["author"]["name"] == article.current().author


def test_a_claim_is_reviewed_on_its_own_page_alone():
    assert find_claim("G3").notebook == "02_geopolitical"
    assert not claim_reviews.reviews_data(["G3"], "04_verdict")
    assert not claim_reviews.reviews_data([], "02_geopolitical")


def test_every_claim_has_one_review_on_its_own_page():
    """Whatever stands in its row: none breaks the data of its page."""
    by_page = pd.DataFrame(evidence.rows("claims")).groupby("notebook")["id"].agg(list)
    said = [one for page, ids in by_page.items() for one in reviews(ids, page)]
    assert sorted(said) == sorted(find_claim(name).says for name in all_ids())


def test_a_claim_that_cannot_be_judged_has_no_review(monkeypatch):
    fault = finding_of_fault(as_slip(ValueError("a row")))
    spoilt = ruled(find_claim("E1").rule, fault, "then")
    monkeypatch.setattr(claim_reviews, "both", lambda claim: (spoilt, spoilt))
    assert not claim_reviews.reviews_data(["E1"], "01_economic")


def _page(edition="handout", name="01_economic", site=""):
    with writing_page():
        shown = [
            sample.ours(card.VerdictCard(claim).to_html, kind="verdict") for claim in ("E1", "G3")
        ]
        forged = sample.rich('<details class="verdict" id="verdict-E2">Mine.</details>')
        cells = [sample.cell("x", *shown, forged, name="a", tags=["verdict"])]
        made = editions.make_edition(new_notebook(cells=cells), edition)
        return HandoutPage(made, name, site=site)


def test_a_handout_has_the_reviews_of_its_cards_and_other_editions_none():
    page = _page(site=SITE)
    assert page.claims == ["E1", "G3"]  # a card that is none of ours is none
    [review] = json.loads(page.reviews)["@graph"]
    assert review["claimReviewed"] == find_claim("E1").says and review["url"].startswith(SITE)
    assert not _page("student").reviews and not _page("instructor").reviews


def test_the_reviews_are_data_of_a_page_that_runs_nothing_and_close_no_block(monkeypatch):
    from heldto.publish.handouts.assets import assets
    from heldto.templates import render

    hostile = "</script><script>window.ran=1</script>"
    monkeypatch.setattr(claim_reviews, "_explained", lambda *about: hostile)
    html = render("handout.html.j2", page=_page(), assets=assets(), index="")
    soup = BeautifulSoup(str(html), "html.parser")
    blocks = soup("script", type="application/ld+json")
    assert [json.loads(one.text).get("@type") for one in blocks] == ["LearningResource", None]
    assert json.loads(blocks[1].text)["@graph"][0]["reviewRating"]["ratingExplanation"] == hostile
    assert len(soup("script")) == 3 and "window.ran=1</script>" not in str(html)
