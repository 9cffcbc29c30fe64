"""Role cards: one page an actor for a seminar in which each student speaks for one. All from data/,
as known in August 2019.
"""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from frenemies.measures import arms, profile
from heldto import evidence, stored
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.evidence.caching import cached
from heldto.pictures import THEN
from heldto.templates import render
from heldto.text import texts
from heldto.text.words import format_years, list_names

PAIR = ("CHN", "RUS")
TABLES = ["economic/trade", "economic/gdp_population", "military/arms_transfers"]
TABLES += [f"geopolitical/{name}" for name in ("agreement", "pledges", "rivalries", "conflicts")]
WORDS = texts.beside(__file__)
YEARS = format_years(THEN)
NAMED = 7  # claims on a card: so many fit its page

trade_partners = partial(profile.trade_partners, year=THEN, vintage="then")
votes = partial(profile.vote_agreement, year=THEN, vintage="then")
owed = partial(profile.owed, year=THEN, vintage="then")
rivals = partial(profile.rivals, year=THEN, vintage="then")


def suppliers(code: str) -> pd.DataFrame:
    """Where an actor's arms came from, 2014-18. Columns: supplier, tiv (million), share (0 to 1);
    empty where none came.
    """
    return arms.arms_imports(code, THEN)[["supplier", "tiv", "share"]]


def concerning(code: str) -> pd.DataFrame:
    """The claims that concern an actor, those that name the fewest others first. Columns: id,
    claim.
    """
    rows = evidence.table("claims")
    among = rows.actors.str.split(";")
    rows = rows[among.map(lambda some: code in some)]
    fewest = among.str.len()[rows.index].argsort(kind="stable")
    return rows[["id", "claim"]].iloc[fewest].reset_index(drop=True)


def questions(code: str, lead: str) -> list[str]:
    """Three questions an actor should ask of China or of Russia, the sharpest first: each rests on
    a figure or names the gap.
    """
    (other,) = {*PAIR} - {lead}
    fields = {"name": actors.name(code), "other": actors.name(other), "years": YEARS}
    candidates = _asks(code, lead, other)
    sentences = [WORDS["questions"].fill(kind, **fields, **figures) for kind, figures in candidates]
    return sentences[:3]


def _asks(code: str, lead: str, other: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The questions that an actor's figures give cause for, each with these figures."""
    foes = rivals(code)
    if lead in foes:
        yield "rival", {}
    if (share := arms.share_of_arms_imports(code, lead, THEN)) >= 0.1:
        yield "arms", {"share": _part(share)}
    for foe in foes:
        if foe != lead and (share := arms.share_of_arms_imports(foe, lead, THEN)) >= 0.1:
            yield "armed_rival", {"share": _part(share), "rival": actors.name(foe)}
    if lead in owed(code):
        yield "pledge", {}
    if other in foes:
        kinds = ("consultation", "non-aggression", "neutrality")
        sworn = [kind for kind in kinds if other in owed(lead, pledge=kind)]
        yield "third", {"pledges": " and ".join(sworn) or "nothing"}
    yield from _ask_trade(code, lead)
    for row in votes(code).query("other == @lead").itertuples():
        kind = "votes_alike" if row.kappa >= 0.4 else "votes_apart"
        yield kind, {"kappa": row.kappa, "opposed": _part(row.opposed)}
    for row in concerning(code).merge(concerning(lead), on=["id", "claim"]).head(1).itertuples():
        yield "claim", {"claim": row.claim, "id": row.id}
    yield from (("loser", {}), ("offer", {}), ("dispute", {}))


def _ask_trade(code: str, lead: str) -> Iterator[tuple[str, dict[str, object]]]:
    ours, theirs = (
        trade_partners(reporter).set_index("partner").share.get(partner, float("nan"))
        for reporter, partner in ((code, lead), (lead, code))
    )
    if pd.isna(theirs):
        return
    kind = "trade_ours" if ours >= theirs else "trade_theirs"
    if pd.isna(ours):
        kind = "trade_unreported"
    elif max(ours, theirs) < 0.02:
        kind = "trade_small"
    yield kind, {"ours": _part(ours), "theirs": _part(theirs)}


def _part(share: float) -> str:
    """A share (0 to 1) in per cent, as finely as it is worth."""
    if share < 0.0005:
        return "less than 0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.095 else f"{100 * share:.1f} %"


def _money(billions: float) -> str:
    return f"{billions:,.1f} bn USD" if billions >= 1 else f"{1000 * billions:,.0f} m USD"


class RoleCard:
    """One actor's page: `card("VNM")` in a notebook, `frenemies card VNM` for the printer. Raises
    UnknownActor.
    """

    def __init__(self, actor: str):
        self.code = actors.find(actor)
        if self.code not in actors.ALL:
            raise Problem(
                f"{actors.name(self.code)} is not one of our states, so it has no card: "
                f"choose one of {', '.join(actors.ALL)}"
            )
        self.name = actors.name(self.code)

    @cached
    def blocks(self) -> list[tuple[str, list[str]]]:
        """The card as (heading, lines) in reading order; tables are lines too, so that text and
        page cannot differ.
        """
        return [
            ("Trades with", self._trade()),
            ("Buys arms from", self._arms()),
            ("Votes with", self._votes()),
            ("Defence pledges with", self._listed("defence", owed(self.code))),
            ("Rivals", self._listed("rivals", rivals(self.code))),
            ("Claims of the article that concern it", self._claims()),
            *self._questions(),
        ]

    def size(self) -> str:
        """Population and output in 2018, in words, the gaps named."""
        people, output = profile.size(self.code, THEN, vintage="then")
        parts = [
            "Population not held" if pd.isna(people) else f"{people:,.1f} million people",
            "GDP not held" if pd.isna(output) else f"GDP {output:,.0f} billion dollars",
        ]
        return f"{', '.join(parts)} ({THEN})"

    def _gap(self, kind: str) -> str:
        return WORDS["gaps"].fill(kind, name=self.name, years=YEARS)

    def _with_remark(self, kind: str, lines: list[str], **figures: object) -> list[str]:
        """Lines with their remark; the gap where there are none."""
        remark = WORDS["remarks"].fill(kind, year=THEN, years=YEARS, **figures)
        return [*lines, remark] if lines else [self._gap(kind)]

    def _trade(self) -> list[str]:
        partners = trade_partners(self.code).head(5)
        kinds = ("partners'", "estimated", "own")
        book_kind = next((kind for kind in kinds if kind in {*partners.books}), "own")
        shares = partners.share.map(lambda share: "" if pd.isna(share) else f", {_part(share)}")
        lines = [
            f"{actors.name(code)}: {_money(total)}{share}"
            for code, total, share in zip(partners.partner, partners.total, shares, strict=True)
        ]
        doubts = [WORDS["doubts"][self.code]] if self.code in WORDS["doubts"] else []
        return [*self._with_remark("trade", lines, books=WORDS["books"][book_kind]), *doubts]

    def _arms(self) -> list[str]:
        bought = suppliers(self.code)
        leading = bought[bought.share.ge(0.01) & bought.supplier.ne("other")].head(4)
        lines = [f"{actors.name(row.supplier)}: {_part(row.share)}" for row in leading.itertuples()]
        remainder = 1 - leading.share.sum()
        lines += [f"all others: {_part(remainder)}"] if len(bought) and remainder >= 0.01 else []
        return self._with_remark("arms", lines, total=bought.tiv.sum())

    def _votes(self) -> list[str]:
        rows = votes(self.code)
        entries = [f"{actors.name(row.other)} {row.kappa:.2f}" for row in rows.itertuples()]
        pair = [words for code, words in zip(rows.other, entries, strict=True) if code in PAIR]
        lines = [
            f"Nearest: {', '.join(entries[:3])}",
            f"Farthest: {', '.join(entries[:-4:-1])}",
            f"With {' and '.join(pair)}",
        ]
        return self._with_remark("votes", lines if entries else [])

    def _listed(self, kind: str, codes: list[str]) -> list[str]:
        return self._with_remark(kind, [list_names(codes, self._gap(kind))])

    def _claims(self) -> list[str]:
        rows = concerning(self.code)
        if rows.empty:
            return [self._gap("claims")]
        lines = [f"{row.id}. {row.claim}" for row in rows.head(NAMED).itertuples()]
        figures = {"more": len(rows) - NAMED, "named": len(lines)}
        return self._with_remark("claims", lines, **figures) if len(rows) > NAMED else lines

    def _questions(self) -> list[tuple[str, list[str]]]:
        leads = [lead for lead in PAIR if lead != self.code]
        asks = [(f"Ask of {actors.name(lead)}", questions(self.code, lead)) for lead in leads]
        if len(leads) == 1:
            asks += [(f"Expect from {actors.name(leads[0])}", questions(leads[0], self.code))]
        return asks

    def to_html(self, top: str = "h1", head: str = "h2") -> str:
        """The card as one HTML section; top, head: the elements of its name and its headings."""
        about = next(row for row in evidence.rows("actors") if row["actor"] == self.code)
        context = {"about": about, "year": THEN, "sources": evidence.source(*TABLES)}
        return render("card.html.j2", card=self, **context, top=top, head=head)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> stored.Bundle:
        card = self.to_html("p", "p")
        return stored.bundle(repr(self), partial(render, "card_in_notebook.html.j2", card=card))

    def __repr__(self) -> str:
        body = ("\n  ".join([f"{head}:", *lines]) for head, lines in self.blocks())
        return "\n".join([f"{self.name}: {self.size()}", *body])


def card(actor: str) -> RoleCard:
    """The role card of an actor, by code, name or alias: `fr.card("VNM")`. Raises UnknownActor;
    Problem for a group such as the EU.
    """
    return RoleCard(actor)


@cached
def cards_page(*codes: str) -> str:
    """Cards of several actors as one HTML page that loads nothing from elsewhere, and prints one
    card a sheet of A4.
    """
    title = f"Role card: {actors.name(codes[0])}" if len(codes) == 1 else "Role cards"
    return render("cards.html.j2", title=title, cards=[RoleCard(code).to_html() for code in codes])
