"""Claims as lists on a page: all 44 by section, and one section's verdicts beside the reader's own guesses."""

import html

from frenemies import claims, evidence, ledger, predictions
from frenemies.overview import CSS, tag

HEADS = {
    "framing": "The frame",
    "economic": "The economic section",
    "geopolitical": "The geopolitical section",
    "military": "The military section",
}


class Listing:
    """Lines of text for the terminal and for tests, the same as a table or list for the page."""

    def __init__(self, lines, page):
        self.lines, self.page = lines, page

    def __repr__(self):
        return "\n".join(self.lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.page}


def all_claims():
    """All claims in our words, by section, each with a link to where it is tested. Returns a Listing."""
    rows = evidence.table("claims")
    lines, page = [], []
    for section, found in rows.groupby("section", sort=False):
        lines += [
            f"{HEADS[section]}: {len(found)} claims",
            *(f"  {row.id:<4}{row.claim}" for row in found.itertuples()),
        ]
        items = "".join(f"<li>{_link(row)} {html.escape(row.claim)}</li>" for row in found.itertuples())
        page.append(f"<details><summary>{HEADS[section]}: {len(found)} claims</summary><ul>{items}</ul></details>")
    open_ones = int(rows["rule"].eq("undecided").sum())
    last = f"Together {len(rows)} claims. {open_ones} of them no table here can decide: the page says what could."
    return Listing([*lines, last], f'<div class="claims">{"".join(page)}<p>{last}</p></div>')


def _link(row):
    return f'<a href="{html.escape(row.notebook)}.ipynb#at={row.id}">{row.id}</a>'


def where_we_stand(*ids):
    """The verdicts on some claims, then and since, beside the reader's first guess: where_we_stand("F1", "G1"). Returns a Listing.

    The guess is read from the reader's disk each time; a handout fills it in from the same device. Raises UnknownClaim.
    """
    found = [(claims.text(claim), *ledger.both(claim)) for claim in ids]
    mine = predictions.recorded().drop_duplicates("claim").set_index("claim").verdict.to_dict()
    lines = [
        f"{row['id']:<4}then {then.verdict:<10}since {since.verdict:<10}{row['claim']}" for row, then, since in found
    ]
    cells = [
        f'<tr><th scope="row">{row["id"]}</th><td>{html.escape(row["claim"])}</td>'
        f'<td data-guess="{row["id"]}">{mine.get(row["id"], "")}</td><td>{tag(then.verdict)}</td><td>{tag(since.verdict)}</td></tr>'
        for row, then, since in found
    ]
    head = "".join(f'<th scope="col">{name}</th>' for name in ("id", "claim", "your guess", "then", "since"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(cells)}</tbody></table>"
    return Listing(lines, f'<div class="ledger"><style>{CSS}</style>{table}</div>')


def section(name, *more):
    """`where_we_stand` for all claims of a section and some more: section("economic", "F3"). Raises UnknownClaim."""
    return where_we_stand(*more, *ledger.ids(name))
