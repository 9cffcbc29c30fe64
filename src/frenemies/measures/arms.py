"""Who arms whom: shares of an actor's arms imports and exports in windows of five years, from one
release of SIPRI's register.

SIPRI's trend-indicator value (TIV) measures the volume of major arms delivered, not what was paid,
and deliveries come in lumps: hence windows of five years, and hence shares.
Source: tables military/arms_transfers, military/arms_totals, military/deals.
"""

import math
from collections.abc import Sequence
from itertools import product
from typing import Annotated

import pandas as pd

from heldto import evidence
from heldto.errors import NotHeld
from heldto.evidence import actors
from heldto.evidence.caching import cached
from heldto.text.arguments import Actor, Count, When, Word, Year, measure, read_actor

LEADS = ("CHN", "IND", "VNM")  # their imports are held from 1999
PARTNERS = ("IRN", "JPN", "KOR", "PAK", "SYR")  # theirs from 2008, everybody else's from 2014
EXPORTERS = ("CHN", "RUS", "UKR")  # whose exports to all the world are held
FIRST = 2014
FROM = dict.fromkeys(LEADS, 1999) | dict.fromkeys(PARTNERS, 2008)  # imports
FROM_EXPORTS = {"CHN": 2008}
FLOWS, DEALS = "military/arms_transfers", "military/deals"
COLUMNS = dict(recipient=str, start=int, end=int, supplier=str, tiv=float, share=float)


class NoWindow(NotHeld):
    """The register held here does not cover the years asked for."""


def read_state(word: object) -> str:
    """Return the ISO3 code of a state by code, name or alias, because our figures are by state.
    Raises UnknownActor.
    """
    code = read_actor(word)
    if code not in actors.ALL:
        lack = f"{actors.name(code)} has no figures of its own in the register of arms"
        raise actors.UnknownActor(f"{lack}: choose a state, such as CHN")
    return code


State = Annotated[str, read_state]


@measure
def last_window(*, vintage: When = None) -> int:
    """Return the last year of the latest window of deliveries in our tables: 2018 in the vintage
    "then". Source: military/arms_totals.
    """
    return int(evidence.table("military/arms_totals", vintage).year.max())


def _window(actor: str, end: int, window: int, first: int) -> range:
    last = last_window()
    if window < 1 or end - window + 1 < first or end > last:
        lack = f"no window of {window} years to {end} for {actors.name(actor)}"
        choose = f"choose an end from {first + max(window, 1) - 1} to {last}"
        raise NoWindow(f"{lack}: our tables have deliveries for {first}-{last}, so {choose}")
    return range(end - window + 1, end + 1)


@cached
def _sums(table: str, years: range, *by: str) -> dict[tuple[str, ...], float]:
    """TIV of some years, by the cells of these columns, largest first."""
    sums = _by_year(table, *by).loc[:, years[0] : years[-1]].sum(axis=1).round(2)
    return sums[sums.ne(0)].sort_values(ascending=False, kind="stable").to_dict()


@cached
def _by_year(table: str, *by: str) -> pd.DataFrame:
    return evidence.table(table).pivot_table("tiv", [*by], "year", aggfunc="sum")


def _sent(years: range) -> dict[tuple[str, ...], float]:
    """{(supplier, recipient): TIV}, largest first."""
    return _sums(FLOWS, years, "supplier", "recipient")


def _total(actor: str, role: str, years: range) -> float:
    return _sums("military/arms_totals", years, "actor", "role").get((actor, role), 0.0)


@cached
def _got(recipient: str, end: int, window: int, less: str = "") -> dict[str, float]:
    """{supplier, or "other": TIV} of what an actor got in a window of years, less one weapon."""
    years = _window(recipient, end, window, FROM.get(recipient, FIRST))
    total = _total(recipient, "imports", years) if recipient in _registered() else 0.0
    tiv_by_supplier = {
        by: tiv for (by, to), tiv in _sent(years).items() if to == recipient and total
    }
    tiv_by_supplier["other"] = max(total - math.fsum(tiv_by_supplier.values()), 0.0)
    deals = evidence.where(DEALS, recipient=recipient, weapon=less).itertuples() if less else ()
    for deal in deals:
        if deal.year not in years:
            continue
        if deal.supplier not in tiv_by_supplier:
            seller, buyer = actors.name(deal.supplier), actors.name(recipient)
            span = f"{years[0]} to {years[-1]}"
            raise NotHeld(f"our tables have no delivery from {seller} to {buyer} in {span}")
        tiv_by_supplier[deal.supplier] -= deal.tiv
    return {supplier: tiv for supplier, tiv in tiv_by_supplier.items() if tiv > 0}


@cached
def _registered() -> frozenset[str]:
    """Whoever made or got a delivery in any year, by the register here."""
    flows = evidence.table(FLOWS)
    return frozenset(flows.supplier).union(flows.recipient)


@measure
def arms_imports(recipient: State, end: Year, window: Count = 5) -> pd.DataFrame:
    """Return where an actor's arms came from in the `window` years up to `end`, largest first:
    `arms_imports("Vietnam", 2018)`.

    Columns: recipient, start, end, supplier (ISO3, or "other" for all suppliers that are no
    actors), tiv (million TIV), share (0 to 1; the shares of a recipient sum to 1). It is empty if
    nothing was delivered, or if our register does not have the recipient or its total. Raises
    NoWindow if the years are not covered; UnknownActor.
    """
    return arms_windows([recipient], [end], window)


@measure
def share_of_arms_imports(
    recipient: State, supplier: State, end: Year, window: Count = 5, *, less: Word = ""
) -> float:
    """Return the share (0 to 1) of the recipient's arms imports that came from the supplier in the
    `window` years up to `end`.

    less: a weapon that is left out, by SIPRI's designation, if our tables have its deal. NaN if
    nothing was delivered to the recipient, or if our register does not have the supplier. Raises
    NoWindow, UnknownActor.
    """
    tiv_by_supplier = _got(recipient, end, window, less)
    is_known = tiv_by_supplier and supplier in _registered()
    return (
        tiv_by_supplier.get(supplier, 0.0) / math.fsum(tiv_by_supplier.values())
        if is_known
        else float("nan")
    )


@measure
def share_of_arms_exports(supplier: State, recipient: State, end: Year, window: Count = 5) -> float:
    """Return the share (0 to 1) of the supplier's arms exports that went to the recipient in the
    `window` years up to `end`.

    The figures begin in 2014 for Russia and Ukraine, and in 2008 for China, if the recipient's
    imports begin as early. NaN if the supplier delivered nothing, or if our register does not have
    the recipient. Raises NoWindow, UnknownActor.
    """
    if supplier not in EXPORTERS:
        lack = f"our tables do not have all exports of {actors.name(supplier)}"
        raise NoWindow(f"{lack}: choose China, Russia or Ukraine")
    first_year = max(FROM_EXPORTS.get(supplier, FIRST), FROM.get(recipient, FIRST))
    years = _window(supplier, end, window, first_year)
    total = _total(supplier, "exports", years)
    is_known = total and _registered() >= {supplier, recipient}
    return _sent(years).get((supplier, recipient), 0.0) / total if is_known else float("nan")


@measure
def total_exports(supplier: State, end: Year, window: Count = 5) -> float:
    """The arms exports of China, Russia or Ukraine in the `window` years to `end`, million TIV:
    `total_exports("China", 2018)`. Raises NoWindow, UnknownActor.
    """
    first_year = FROM_EXPORTS.get(supplier, FIRST)
    return _total(supplier, "exports", _window(supplier, end, window, first_year))


@measure
def total_imports(recipient: State, end: Year, window: Count = 5) -> float:
    """An actor's arms imports in the `window` years to `end`, million TIV: `total_imports("Syria",
    2018)`.

    Raises NotHeld if our tables have no delivery; otherwise as `arms_imports`.
    """
    rows = arms_imports(recipient, end, window)
    return float(evidence.some(rows, f"arms imports of {actors.name(recipient)}").tiv.sum())


@measure
def arms_windows(
    recipients: Sequence[State], ends: Sequence[Year], window: Count = 5
) -> pd.DataFrame:
    """Return `arms_imports` of several recipients and windows in one frame. It has the same
    columns. Raises NoWindow, UnknownActor.
    """
    rows = []
    for recipient, end in product(recipients, ends):
        tiv_by_supplier, span = _got(recipient, end, window), (end - window + 1, end)
        total = math.fsum(tiv_by_supplier.values())
        rows += [
            (recipient, *span, supplier, tiv, tiv / total)
            for supplier, tiv in tiv_by_supplier.items()
        ]
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype(COLUMNS)


@measure
def concentration(
    recipient: State, end: Year, window: Count = 5, *, less: Word = ""
) -> tuple[float, float]:
    """Concentration of an actor's arms suppliers (Herfindahl-Hirschman index, 0 to 1): a pair
    (lowest, highest).

    It is the sum of the squares of the suppliers' shares: 1 is a single supplier. Our table does
    not split by country what comes from outside the 24 actors: the lowest value treats it as many
    small suppliers, the highest as one. less: a weapon that is left out, as in
    `share_of_arms_imports`. NaN if nothing was delivered. Raises NoWindow, UnknownActor.
    """
    tiv_by_supplier = _got(recipient, end, window, less)
    if not tiv_by_supplier:
        return float("nan"), float("nan")
    total = math.fsum(tiv_by_supplier.values())
    squares = {supplier: (tiv / total) ** 2 for supplier, tiv in tiv_by_supplier.items()}
    highest = math.fsum(squares.values())
    return highest - squares.get("other", 0.0), highest


@measure
def deliveries(
    supplier: Actor, recipient: Actor, weapon: Word, *, vintage: When = None
) -> pd.DataFrame:
    """Units of a weapon delivered, by year and added up. Columns: year, units, total. Source:
    military/deals.

    weapon: SIPRI's designation, such as "Project-636E". Raises UnknownActor, NotHeld.
    """
    deals = evidence.where(DEALS, vintage, supplier=supplier, recipient=recipient)
    rows = deals[deals.weapon.eq(weapon)].groupby("year").units.sum().reset_index()
    weapons = ", ".join(sorted(set(deals.weapon))) or "other actors"
    subject = f"{weapon} from {actors.name(supplier)} to {actors.name(recipient)}"
    evidence.some(rows, subject, f"choose {weapons}")
    return rows.assign(total=rows.units.cumsum())
