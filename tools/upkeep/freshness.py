"""How fresh the tables of data/ are, and under which licences the claims rest on them: what
`python tools/upkeep freshness` prints, worked out from datapackage.json.
"""

from collections.abc import Iterator
from pathlib import Path

from heldto import evidence
from heldto.claims.card import NO_LATER, VerdictCard
from heldto.errors import Problem
from heldto.evidence import Entry
from heldto.publish.open_only import restricting_terms
from heldto.templates import add_folder, render
from heldto.text.words import format_day

FACTS = "other-facts"  # read from pages that the table names: there is no one owner to be asked
TEMPLATES = Path(__file__).with_name("templates")


def last_year_held(entry: Entry) -> str:
    """The last year of a table's rows, four digits; "" where its rows are of no time."""
    time = entry.get("time")
    if not time:
        return ""
    dates = evidence.table(entry["name"])[time["field"]].dropna().astype(str)
    return max(dates.str[:4], default="")


def last_looked_at(entry: Entry) -> str:
    """The last day on which a table was compared with one of its sources, as year-month-day."""
    return max(source["retrieved"] for source in entry["sources"])


def freshness_lines() -> Iterator[str]:
    """Each table in a line: its last year, the day of the last look, and what a card says of its
    end; those that were not looked at for the longest time first.
    """
    entries = evidence.package()["tables"].values()
    for entry in sorted(entries, key=lambda one: (last_looked_at(one), one["name"])):
        year = last_year_held(entry)
        ends = entry.get("time", {}).get("ends", NO_LATER)
        span = f"rows to {year}; a card says about their end: {ends}" if year else "rows of no time"
        last_look = format_day(last_looked_at(entry))
        yield f"{entry['name']}: not looked at since {last_look}; {span}"


def tables_of_claim(claim: str) -> list[str]:
    """The tables that the card of a claim credits, on either side. Raises UnknownClaim."""
    card = VerdictCard(claim)
    if card.fault:
        raise card.fault
    return list(dict.fromkeys([*card.then.tables, *card.since.tables]))


def letter_lines() -> Iterator[str]:
    """A letter to the owner of each set of tables without an open licence, as Markdown: its tables
    with their rows and years, its terms, and the claims that rest on it; none for facts that were
    read from many pages. Names and places are left to whoever signs.
    """
    add_folder(TEMPLATES)
    claims_by_table = _claims_by_table()
    entries_by_owner: dict[str, list[Entry]] = {}
    for entry in evidence.package()["tables"].values():
        if restricting_terms([entry["name"]]).keys() - {FACTS}:
            owner = "; ".join(source["title"] for source in entry["sources"])
            entries_by_owner.setdefault(owner, []).append(entry)
    for owner, entries in entries_by_owner.items():
        names = [one["name"] for one in entries]
        claims = dict.fromkeys(claim for name in names for claim in claims_by_table.get(name, ()))
        terms = dict.fromkeys(one for name in names for one in restricting_terms([name]).values())
        tables = [_in_letter(one) for one in entries]
        yield str(render("letter.md.j2", owner=owner, tables=tables, claims=claims, terms=terms))


def _claims_by_table() -> dict[str, list[str]]:
    """{table: the claims whose cards credit it}; a claim that cannot be read is left out."""
    claims_by_table: dict[str, list[str]] = {}
    for claim, tables in _tables_by_claim():
        for name in tables or ():
            claims_by_table.setdefault(name, []).append(claim)
    return claims_by_table


def _tables_by_claim() -> Iterator[tuple[str, list[str] | None]]:
    """Each claim and the tables that its card credits; None for one that cannot be read."""
    for claim in evidence.table("claims")["id"]:
        try:
            yield claim, tables_of_claim(claim)
        except Problem:
            yield claim, None


def _in_letter(entry: Entry) -> dict[str, object]:
    """What a letter says of a table."""
    frame, last_year = evidence.table(entry["name"]), last_year_held(entry)
    first_year = (
        min(frame[entry["time"]["field"]].dropna().astype(str).str[:4]) if last_year else ""
    )
    source = entry["sources"][0]
    context = {name: entry[name] for name in ("title", "path")} | {"rows": len(frame)}
    context |= {"version": source["version"], "retrieved": format_day(last_looked_at(entry))}
    return context | {"span": f"{first_year} to {last_year}" if last_year else ""}


def licence_lines() -> Iterator[str]:
    """The claims whose cards credit openly licensed tables alone; then, for each other kind of
    terms, the claims that rest on it, and its tables.
    """
    claims_by_terms: dict[str, list[str]] = {}
    tables_by_claim = dict(_tables_by_claim())
    for claim, tables in tables_by_claim.items():
        for name in () if tables is None else restricting_terms(tables) or [""]:
            claims_by_terms.setdefault(name, []).append(claim)
    unread = [claim for claim, tables in tables_by_claim.items() if tables is None]
    open_claims = claims_by_terms.pop("", [])
    yield (
        f"Claims that use only open tables, {len(open_claims)} of {len(tables_by_claim)}: "
        f"{' '.join(open_claims)}"
    )
    if unread:
        yield f"Unjudged claims, which are not counted: {' '.join(unread)}"
    for name in sorted(claims_by_terms):
        yield (
            f"Claims that use tables under {name}, {len(claims_by_terms[name])}: "
            f"{' '.join(claims_by_terms[name])}"
        )
        for table in evidence.package()["tables"]:
            if name in (terms := restricting_terms([table])):
                yield f"  {table}: {terms[name]}"
