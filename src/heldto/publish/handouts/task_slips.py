"""Slips for work in groups, to print and cut out: the claim, the page to open, and what to do, as
the tables of the seminar's plans have them; and those of a session on claims of one's own.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from heldto import article, evidence
from heldto.claims import VERDICTS, guessed
from heldto.claims.listed import find_claim
from heldto.claims.span import asks_for_table
from heldto.evidence import actors
from heldto.publish.handouts import kit, qr_codes
from heldto.publish.handouts.outputs import markdown
from heldto.templates import render
from heldto.text.words import list_names
from heldto.tr import tr, tr_noop

NAME, FOLDER = "slips.html", "../../handouts/"
SESSION = "session-own-claim-home.md"  # which an article need not have


def slips_html(address: str = "") -> str:
    """The slips of all groups as one HTML page that lies beside the handouts and prints four to a
    sheet of A4 or Letter; behind them, on sheets of their own, the claims of the session on a claim
    of one's own, and one slip with room for the group's, where the article has that session. Where
    no plan has groups, they are slips for the guesses of a lesson.

    address: of their folder, where it is known: each slip of a group then carries it, and a code
    for phones.
    """
    groups = {slip["group"]: slip for slip in _groups(address)}  # plans may have a group in common
    claims = [*_claims(), ""] if session_text() else []
    if not groups and not claims:
        in_lesson = [claim.id for step in kit.lesson() for claim in step.claims]
        return guess_slips(list(dict.fromkeys(in_lesson)))
    return str(render("slips.html.j2", slips=[*groups.values()], claims=claims))


def guess_slips(claims: list[str]) -> str:
    """Slips for a lesson without devices, one for each student, as one HTML page that prints four
    to a sheet: a row for the guess on each claim (ids), with its rule where the article is a plain
    folder, and one for after the discussion.
    """
    table = evidence.table("claims").set_index("id")["claim"]
    rows = [(one, table[one], _terms(one), guessed.offered(one)) for one in claims]
    return str(render("guess_slips.html.j2", rows=rows, verdicts=VERDICTS))


def rule_told(claim: str) -> str:
    """The rule of a claim of a plain folder in a sentence, for paper that has no text around it, or
    what would decide one that has none; "" for a claim of a package.
    """
    found = find_claim(claim)
    if article.current().is_package or found.fault:
        return ""
    if found.rule.comparison == "undecided":
        return asks_for_table(claim)
    return tr("Rule: {rule}.", rule=found.told("thresholds"))


def _terms(claim: str) -> str:
    """What a slip says of a claim before the guess: its rule, and of a forecast what is guessed."""
    return " ".join(filter(None, [rule_told(claim), guessed.ahead_told(claim)]))


def _groups(address: str) -> Iterator[dict[str, str]]:
    """Of each row of a table whose first column is the group: group, claim, rule, page, place,
    drawn, and way, what is to be opened where no address is known.
    """
    for plan in kit.plans():
        for table in _tree(f"{plan}.md")("table"):
            for row in table.select("tbody tr") if table.th.text == tr("group") else ():
                group, claim, page = row("td")[:3]
                place = urljoin(address, str(page.a["href"]).removeprefix(FOLDER))
                slip = {"group": group.text, "claim": claim.text, "page": page.text}
                slip["rule"] = _terms(parse_qs(urlsplit(place).fragment)["at"][0])
                code_svg = qr_codes.qr_svg(place, f"slip-{group.text}") if address else ""
                yield slip | {"place": place, "drawn": code_svg, "way": _way(place)}


def _claims() -> list[str]:
    """The claims that the session on a claim of one's own deals out to groups without one."""
    if not session_text():
        return []
    heads = _tree(SESSION)("h2")
    (head,) = (head for head in heads if head.text.startswith("Seven claims"))
    dealt = head.find_next("ol")
    assert isinstance(dealt, Tag), "the claims are a numbered list"
    return [one.text.strip() for one in dealt("li")]


def session_text() -> str:
    """What students do at home before the session on a claim of one's own, as Markdown; "" where an
    article has no such session.
    """
    return kit.texts().get(SESSION, "")


def _tree(name: str) -> BeautifulSoup:
    """A document of the seminar kit."""
    return BeautifulSoup(markdown(kit.texts()[name]), "html.parser")


def _way(place: str) -> str:
    """What a link opens, for a reader who has the folder of the pages and no link to press."""
    file, state = urlsplit(place).path.rpartition("/")[2], parse_qs(urlsplit(place).fragment)
    codes, about = state["actors"][0].split(","), {"file": file, "claim": state["at"][0]}
    if {*codes} >= {*actors.EVERYBODY}:
        return tr("the file {file}, heading {claim}, with all actors on", **about)
    text = tr_noop("the file {file}, heading {claim}; of the actors leave on {names}")
    return tr(text, **about, names=list_names(codes))
