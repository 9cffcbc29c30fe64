"""What a page says of the verdicts on it, for fact checkers and search engines: schema.org's
ClaimReview, as JSON-LD. Nothing in it is loaded or run.
"""

from collections.abc import Collection
from typing import Any

from markupsafe import Markup

from heldto import article, evidence
from heldto.claims import amended
from heldto.claims.judged import both
from heldto.claims.listed import all_ids, find_claim
from heldto.claims.verdict import Verdict
from heldto.claims.wording import MEANS, known_in_words
from heldto.evidence.plain import UNSTATED
from heldto.publish.learning import based_on, data_block, named
from heldto.text.words import capital
from heldto.tr import tr


def reviews_data(claims: Collection[str], page: str, site: str = "") -> Markup:
    """The reviews of the claims (ids) whose own page this is, as the text of a data block; "" where
    there are none. A claim that is shown on another page, too, is reviewed on its own page alone.

    page: the name of the notebook; site: the address of the folder in which the pages are
    published, with a slash at its end. Without it no review has an address, because a relative one
    would mean nothing to a reader of the data.
    """
    here = [name for name in all_ids() if name in claims and _notebook(name) == page]
    reviews = [review for name in here if (review := _review(name, site))]
    if not reviews:
        return Markup("")
    return data_block({"@context": "https://schema.org", "@graph": reviews})


def _notebook(claim: str) -> str:
    return find_claim(claim).row["notebook"]


def _review(claim: str, site: str) -> dict[str, Any]:
    """A claim in our words, where it stands in the article, and our verdict; {} of a claim that
    cannot be judged, because one of its rows cannot be read.
    """
    then, since = both(claim)
    if then.finding.fault or since.finding.fault:
        return {}
    current = article.current()
    review = {
        "@type": "ClaimReview",
        "url": f"{site}{_notebook(claim)}.html#at={claim}" if site else "",
        "claimReviewed": find_claim(claim).row["claim"],
        "itemReviewed": _claimed(claim),
        "author": named("Organization", current.by or current.named),
        "datePublished": _last_day(claim, then, since),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": tr("It {verdict}", verdict=tr(MEANS[then.verdict])),
            "ratingExplanation": _explained(claim, then, since),
        },
    }
    return {key: value for key, value in review.items() if value}


def _claimed(claim: str) -> dict[str, Any]:
    """The claim as something that was said: where and when, and by whom if by the author. The
    article does not always name whom it reports or quotes.
    """
    current = article.current()
    claimed = {"@type": "Claim", "datePublished": f"{current.day}", "appearance": based_on(current)}
    if find_claim(claim).voice == "author":
        claimed["author"] = named("Person", current.author)
    return claimed


def _explained(claim: str, then: Verdict, since: Verdict) -> str:
    """Both verdicts by what was known, that of an amended rule, and the rule."""
    verdicts = [(known_in_words("then"), then.verdict), (tr("since"), since.verdict)]
    if judged := amended.judge_amended(claim, "then"):
        verdicts.append((judged.label(), judged.verdict))
    sentences = [f"{capital(when)}: {tr(verdict)}." for when, verdict in verdicts]
    rule = find_claim(claim).told("thresholds")
    return " ".join([*sentences, *([tr("Rule: {rule}.", rule=rule)] if rule else [])])


def _last_day(claim: str, *verdicts: Verdict) -> str:
    """The last day of what the verdict rests on, as YYYY-MM-DD: the day on which its rule was fixed
    or amended, or one of its tables was compared with its source; "" where no day is known.
    """
    days = [str(row["day"]) for row in evidence.where("fixed", claim=claim).to_dict("records")]
    days += [str(amendment["day"]) for amendment in amended.amendments(claim)]
    tables = {table for verdict in verdicts for table in verdict.tables}
    sources = [source for table in tables for source in evidence.describe(table)["sources"]]
    days += [source["retrieved"] for source in sources if source["title"] != UNSTATED]
    return max(days, default="")
