"""Role cards: one page an actor for a seminar in which each student speaks for one. All from data/, as known in August 2019."""

import html
from pathlib import Path

from frenemies import evidence
from frenemies.errors import Problem, describe_oserror, write_atomic
from frenemies.evidence import actors
from frenemies.measures import arms, ties
from frenemies.measures import network as balance
from frenemies.pictures import THEN

PAIR = ("CHN", "RUS")
TABLES = ["economic/trade", "economic/gdp_population", "military/arms_transfers"]
TABLES += [f"geopolitical/{name}" for name in ("agreement", "pledges", "rivalries", "conflicts")]
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PAPER = "@page { size: A4; margin: 13mm 15mm; }"  # of a page of cards; a card in a notebook takes the paper it is on
CSS = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


# What is known of an actor, as of 2018


def trade_partners(code):
    """Trade of an actor with the other actors in 2018, largest first. Columns: partner, total (USD bn), share (of all its trade), books.

    books: "own", "estimated" (its own, but filled in from others), or "partners'" where it reports nothing. Source: economic/trade.
    """
    rows = evidence.table("economic/trade", "then").query("year == @THEN")
    own = rows[rows.reporter.eq(code)]
    side, books = ("partner", "own") if len(own) else ("reporter", "partners'")
    rows = own if len(own) else rows[rows.partner.eq(code)]
    found = (
        rows.assign(second_hand=rows.imputed | rows.allotted)
        .groupby(side)
        .agg(total=("value_usd", "sum"), imputed=("second_hand", "any"))
        .rename_axis("partner")
        .reset_index()
    )
    world = found.total[found.partner.eq("WLD")].sum() or float("nan")
    found = found[found.partner.isin(actors.ALL)].sort_values(
        "total", ascending=False, ignore_index=True
    )
    second_hand = found.imputed.map({True: "estimated", False: books})
    return found.assign(total=found.total / 1e9, share=found.total / world, books=second_hand)[
        ["partner", "total", "share", "books"]
    ]


def votes(code):
    """Agreement of an actor with the others in 2018, nearest first. Columns: other, kappa, opposed (share). Source: geopolitical/agreement."""
    rows = evidence.table("geopolitical/agreement", "then").query(
        "year == @THEN and (actor_a == @code or actor_b == @code)"
    )
    rows = rows.assign(other=rows.actor_a.where(rows.actor_a.ne(code), rows.actor_b))
    return rows.sort_values("kappa", ascending=False, ignore_index=True)[
        ["other", "kappa", "opposed"]
    ]


def suppliers(code):
    """Where an actor's arms came from, 2014-18. Columns: supplier, tiv (million), share (0 to 1); empty where none came. Source: military/arms_transfers."""
    return arms.arms_imports(code, THEN)[["supplier", "tiv", "share"]]


def owed(code, pledge="defence"):
    """ISO3 of the actors with which an actor had such a pledge in 2018. Source: geopolitical/pledges."""
    held = ties.pledges(THEN, pledge, "then")
    return sorted({*held.actor_b[held.actor_a.eq(code)], *held.actor_a[held.actor_b.eq(code)]})


def rivals(code):
    """ISO3 of an actor's strategic rivals, and of those it fought, in 2018. Sources: geopolitical/rivalries, conflicts."""
    found = balance.facts(THEN, "then").query(
        "kind in ('rivalry', 'war') and (actor_a == @code or actor_b == @code)"
    )
    return sorted({*found.actor_a, *found.actor_b} - {code})


def concerning(code):
    """The claims that concern an actor, those that name the fewest others first. Columns: id, claim."""
    rows = evidence.table("claims")
    rows = rows[rows.actors.str.split(";").map(lambda some: code in some)]
    return rows.assign(others=rows.actors.str.count(";")).sort_values(
        "others", kind="stable", ignore_index=True
    )[["id", "claim"]]


def size(code):
    """Population and output of an actor in 2018, in words, the gaps named. Source: economic/gdp_population."""
    rows = evidence.table("economic/gdp_population", "then").query(
        "actor == @code and year == @THEN"
    )
    people = [f"{value / 1e6:,.1f} million people" for value in rows.population.dropna()] or [
        "Population not held"
    ]
    output = [f"GDP {value / 1e9:,.0f} billion dollars" for value in rows.gdp_usd.dropna()] or [
        "GDP not held"
    ]
    return ", ".join(people + output) + f" ({THEN})"


# Questions, each from a figure


def questions(code, lead):
    """Three questions an actor should ask of China or of Russia, the sharpest first: each rests on a figure or names the gap. A list of str."""
    asked = [question for kind in KINDS for question in kind(code, lead)]
    return asked[:3]


def _other(lead):
    return PAIR[1 - PAIR.index(lead)]


def _ask_arms(code, lead):
    share = suppliers(code).set_index("supplier").share.get(lead, 0)
    if share >= 0.1:
        yield f"You delivered {_part(share)} of our arms imports in {THEN - 4}-{THEN % 100}. What would you want in return for spare parts in a crisis?"


def _ask_rival(code, lead):
    if lead in rivals(code):
        yield "We stand on the list of each other's strategic rivals. What would have to happen for us to come off it?"


def _ask_armed_rival(code, lead):
    for rival in rivals(code):
        share = suppliers(rival).set_index("supplier").share.get(lead, 0) if rival != lead else 0
        if share >= 0.1:
            name = actors.name(rival)
            yield f"You delivered {_part(share)} of the arms that {name}, our rival, imported in {THEN - 4}-{THEN % 100}. Why should we trust you?"


def _ask_pledge(code, lead):
    if lead in owed(code):
        yield "You and we owe each other defence. Against whom would you come to our help, and against whom would you not?"


def _ask_trade(code, lead):
    ours, theirs = (
        trade_partners(one).set_index("partner").share.get(other)
        for one, other in ((code, lead), (lead, code))
    )
    if theirs is None:
        return
    if ours is None or ours != ours:
        yield f"You report {_part(theirs)} of your trade with us; we stand in no table as a reporter. Whose figures should a treaty use?"
    elif max(ours, theirs) < 0.02:
        yield f"Trade between us is small: {_part(ours)} of ours, {_part(theirs)} of yours. What stands in its way?"
    elif ours >= theirs:
        yield f"You are {_part(ours)} of our trade, we are {_part(theirs)} of yours. What keeps you from using that?"
    else:
        yield f"We are {_part(theirs)} of your trade, you are {_part(ours)} of ours. What will you give to keep it so?"


def _part(share):
    return (
        f"{100 * share:.0f} %"
        if share >= 0.095
        else f"{100 * share:.1f} %"
        if share >= 0.0005
        else "less than 0.1 %"
    )


def _ask_third(code, lead):
    other = _other(lead)
    if other in rivals(code):
        held = [
            kind
            for kind in ("consultation", "non-aggression", "neutrality")
            if other in owed(lead, kind)
        ]
        sworn = f"You and {actors.name(other)}, our rival, have pledged each other {' and '.join(held) or 'nothing'}"
        yield f"{sworn}, but no defence. Where do you stand if the two of us come to blows?"


def _ask_votes(code, lead):
    for row in votes(code).query("other == @lead").itertuples():
        alike, split = f"(kappa {row.kappa:.2f})", _part(row.opposed)
        if row.kappa >= 0.4:
            yield f"In the General Assembly we vote alike far more than by chance {alike}. Do you take our vote for granted?"
        else:
            yield f"In the General Assembly we agree little more than by chance {alike} and split yes against no on {split} of votes. Where could you meet us?"


def _ask_claim(code, lead):
    both = concerning(code).merge(concerning(lead), on=["id", "claim"])
    for row in both.head(1).itertuples():
        yield f'The article says: "{row.claim}" ({row.id}, our wording). What do you say to it?'


def _ask_books(code, lead):
    name = actors.name(code)
    yield f"Who else would lose if you and {name} fell out, and whom have you asked?"
    yield f"What would you offer {name} that {actors.name(_other(lead))} cannot?"
    yield "Which figure on this table would you dispute, and whose books would you show instead?"


KINDS = (
    _ask_rival,
    _ask_arms,
    _ask_armed_rival,
    _ask_pledge,
    _ask_third,
    _ask_trade,
    _ask_votes,
    _ask_claim,
    _ask_books,
)


# The card


def _money(billions):
    return f"{billions:,.1f} bn USD" if billions >= 1 else f"{1000 * billions:,.0f} m USD"


class Card:
    """One actor's page: `card("VNM")` in a notebook, `frenemies card VNM` for the printer. Raises UnknownActor."""

    def __init__(self, actor):
        self.code = actors.find(actor)
        if self.code not in actors.ALL:
            raise Problem(
                f"{actors.name(self.code)} is no state here, so it has no card: choose one of {', '.join(actors.ALL)}"
            )
        self.name = actors.name(self.code)

    def blocks(self):
        """The card as (heading, lines) in reading order; tables are lines too, so that text and page cannot differ."""
        figures = [
            ("Trades with", self._trade()),
            ("Buys arms from", self._arms()),
            ("Votes with", self._votes()),
            ("Who owes you defence", self._defence()),
            ("Rivals", self._rivals()),
        ]
        return [*figures, ("Claims of the article that concern it", self._claims()), *self._asks()]

    def _trade(self):
        found = trade_partners(self.code)
        if found.empty:
            return [f"No table here holds trade of {self.name}."]
        found = found.head(5)
        whose = {
            "partners'": "as its partners count it: it reports to no table here",
            "estimated": "partly estimated from its partners' books",
        }
        notes = [text for books, text in whose.items() if found.books.eq(books).any()] or [
            "its own books"
        ]
        shares = ["" if share != share else f", {_part(share)}" for share in found.share]
        lines = [
            f"{actors.name(row.partner)}: {_money(row.total)}{share}"
            for row, share in zip(found.itertuples(), shares, strict=True)
        ]
        return [*lines, f"(goods, {THEN}, {notes[0]}; share of all its trade)"]

    def _arms(self):
        found = suppliers(self.code)
        if found.empty:
            return [f"The register has no delivery to {self.name} in {THEN - 4}-{THEN % 100}."]
        total, found = found.tiv.sum(), found[found.share.ge(0.01)].head(4)
        names = found.supplier.map(
            lambda code: "all others" if code == "other" else actors.name(code)
        )
        lines = [f"{name}: {_part(share)}" for name, share in zip(names, found.share, strict=True)]
        return [
            *lines,
            f"(major arms, {THEN - 4}-{THEN % 100}, of {total:,.0f} million TIV in all)",
        ]

    def _votes(self):
        found = votes(self.code)
        if found.empty:
            return [f"{self.name} stands in no table of votes in the UN General Assembly."]
        said = [f"{actors.name(row.other)} {row.kappa:.2f}" for row in found.itertuples()]
        pair = [
            f"{actors.name(row.other)} {row.kappa:.2f}"
            for row in found.itertuples()
            if row.other in PAIR
        ]
        lines = [
            f"Nearest: {', '.join(said[:3])}",
            f"Farthest: {', '.join(said[:-4:-1])}",
            f"With {' and '.join(pair)}",
        ]
        return [*lines, f"(agreement beyond chance, {THEN}; 1 is always, 0 is chance)"]

    def _defence(self):
        allies = balance.listed(owed(self.code), "Nobody among these actors")
        return [
            allies,
            f"(defence pledges by treaty, {THEN}, by pair: not every treaty binds both sides alike)",
        ]

    def _rivals(self):
        return [
            balance.listed(rivals(self.code), "None on the lists"),
            f"(lists of strategic rivals and of wars, {THEN})",
        ]

    def _claims(self):
        found = concerning(self.code)
        if found.empty:
            return ["None: the article does not speak of it. Ask why."]
        more = [f"Also {', '.join(found.id[7:])}"] if len(found) > 7 else []
        return [*[f"{row.id}. {row.claim}" for row in found.head(7).itertuples()], *more]

    def _asks(self):
        leads = [lead for lead in PAIR if lead != self.code]
        asks = [(f"Ask of {actors.name(lead)}", questions(self.code, lead)) for lead in leads]
        mirror = (
            [(f"Expect from {actors.name(leads[0])}", questions(leads[0], self.code))]
            if len(leads) == 1
            else []
        )
        return asks + mirror

    def to_html(self, name="h1", head="h2"):
        """The card as one HTML section; name, head: the elements of its name and its headings."""
        naming = next((row["naming"] for row in actors.table() if row["actor"] == self.code), "")
        note = f'<p class="note">{html.escape(naming)}</p>' if naming else ""
        figures, said = (
            [_block(*block, head) for block in self.blocks()[:5]],
            [_block(*block, head) for block in self.blocks()[5:]],
        )
        return (
            f'<section class="card" style="--c:{actors.colour(self.code)}" lang="en">'
            f'<p class="note">You speak for</p><{name} class="name">{html.escape(self.name)}</{name}><p>{html.escape(size(self.code))}</p>{note}'
            f'<div class="two">{"".join(figures[:3])}<div>{"".join(figures[3:])}</div></div>{"".join(said)}'
            f'<p class="note source">All figures as of {THEN}, the last full year before the article. '
            f"Sources: {html.escape(evidence.source(*TABLES))}.</p></section>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/plain": repr(self),
            "text/html": f"<style>{CSS}</style>{self.to_html('p', 'p')}",
        }

    def __repr__(self):
        body = [
            line
            for head, lines in self.blocks()
            for line in (f"{head}:", *[f"  {text}" for text in lines])
        ]
        return "\n".join([f"{self.name}: {size(self.code)}", *body])


def _block(head, lines, element):
    """A heading and its lines: questions are numbered, remarks in brackets are small."""
    tag = "ol" if head.startswith(("Ask", "Expect")) else "ul"
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines if not line.startswith("("))
    notes = "".join(
        f'<p class="note">{html.escape(line)}</p>' for line in lines if line.startswith("(")
    )
    return f'<div><{element} class="head">{html.escape(head)}</{element}><{tag}>{items}</{tag}>{notes}</div>'


def card(actor):
    """The role card of an actor, by code, name or alias: `fr.card("VNM")`. Raises UnknownActor; Problem for a group such as the EU."""
    return Card(actor)


def page(codes):
    """Cards of several actors as one HTML page that loads nothing from elsewhere, and prints one card a sheet of A4."""
    title = "Role card: " + actors.name(codes[0]) if len(codes) == 1 else "Role cards"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title><style>{PAPER}{CSS}</style></head>'
        f"<body><main>{''.join(Card(code).to_html() for code in codes)}</main></body></html>\n"
    )


def write(codes, path):
    """Write `page` of some actors to a file. Returns the path. Raises UnknownActor; Problem where the file cannot be written."""
    text = page(codes)
    try:
        return write_atomic(path, text)
    except OSError as error:
        raise Problem(
            f"{describe_oserror(error)}: make room there, or give another file with --output"
        ) from None
