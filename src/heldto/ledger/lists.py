"""Claims as lists: all of them, a section's verdicts beside the reader's guesses, the whole
ledger.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, get_args

import ipywidgets
import pandas as pd
from markupsafe import Markup

from heldto import article, claims, evidence, stored
from heldto.claims import ledger
from heldto.evidence import actors
from heldto.exercises import score
from heldto.templates import render
from heldto.text import texts
from heldto.toggles.here import ALIVE, ScrollAnchor, shared
from heldto.tr import tr, tr_n, tr_noop

FIRST = tr_noop("The verdicts of a claim appear after you have guessed it.")
CHOICES = ("section", "kind", "verdict_then", "verdict_since")  # columns of the ledger


@dataclass
class Listing:
    """Lines of text for the terminal and for tests, the same as a table or list for the page.

    written(): that table or list; plain: it without the reader's guesses, if it has some: what is
    stored in its place.
    """

    lines: Sequence[str]
    written: Callable[[], Markup]
    plain: "Listing | None" = None

    @property
    def page(self) -> Markup:
        """The list as HTML, for the place where it is written."""
        return self.written()

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> stored.Bundle:
        view, kept = stored.live_view(self.page) if self.plain else None, self.plain or self
        return stored.bundle(repr(kept), kept.written, view=view)


def all_claims() -> Listing:
    """List all claims in our words, by section, each with a link to the notebook that tests it.

    Returns a list that a notebook shows; its `lines` are the same as text. It contains no verdict.

    Examples
    --------
    >>> [line for line in fr.lists.all_claims().lines if line.startswith("  E1 ")]
    ['  E1  Trade in goods between Russia and China is just under USD 100 billion a year']
    """
    rows = evidence.table("claims")
    undecided = {*rows["id"][rows["rule"].eq("undecided")]}
    by_documents = {
        amendment["claim"]
        for amendment in evidence.rows("amendments")
        if amendment["rule"] == "documents"
    }
    ruled = len(undecided & by_documents)
    later = tr("For {count} of these there is a later rule, about documents.", count=ruled)
    sentences = [tr_n("Together {n} claim.", "Together {n} claims.", len(rows))]
    if undecided and len(rows) > 1:
        sentences.append(
            tr(
                "No table here can decide {count} of them: the page says what could.",
                count=len(undecided),
            )
        )
    elif undecided:
        sentences.append(tr("No table here can decide it: the page says what could."))
    last = " ".join([*sentences, *([later] if by_documents else [])])
    lines, sections = [], []
    for section, group in rows.groupby("section", sort=False):
        count = tr_n("{n} claim", "{n} claims", len(group))
        head = f"{article.current().sections[str(section)].headed}: {count}"
        lines += [head, *(f"  {row.id:<4}{row.claim}" for row in group.itertuples())]
        sections.append((head, [*group.itertuples()]))
    return Listing([*lines, last], partial(render, "claims.html.j2", sections=sections, last=last))


def sentences() -> Listing:
    """List the sentences of the article in our words, by paragraph, each with the claims that test
    it, or with the reason why none does.

    Returns a list that a notebook shows; its `lines` are the same as text. It contains no verdict.

    Examples
    --------
    >>> fr.lists.sentences().lines[5]
    '1.2  Xinhua reports that Xi called Putin his best friend among leaders (reported): F8'
    """
    rows = evidence.rows("sentences")
    count = sum(bool(row["claims"]) for row in rows)
    last = tr("{count} of {all} sentences have a claim.", count=count, all=len(rows))
    lines = [_sentence_line(row) for row in rows]
    return Listing([*lines, last], partial(render, "sentences.html.j2", rows=rows, last=last))


def _sentence_line(row: dict[str, Any]) -> str:
    voice = "" if row["voice"] == "author" else f" ({row['voice']})"
    ends = [row["claims"].replace(";", ", "), row["remark"]]
    why = "; ".join(filter(None, ends))
    return f"{row['paragraph']}.{row['sentence']}  {row['about']}{voice}: {why}"


def sources(section: str, *tables: str) -> Listing:
    """List where the figures of a section come from, and what was read beyond its tables.

    tables: their names, if they are not those of the section. What was read stands in the section's
    `sources.toml`. Returns a list that a notebook shows folded; its `lines` are the same as text.
    Raises Problem for a section that does not exist.

    Examples
    --------
    >>> fr.lists.sources("economic").lines[0]
    'economic/china_customs: ...'
    """
    known = [name for name in evidence.package()["tables"] if name.startswith(f"{section}/")]
    named = [f"{name}: {evidence.source(name)}" for name in sorted({*tables} or known)]
    path = article.section_dir(section) / "sources.toml"
    beyond = texts.read(path)["beyond"] if path.is_file() else []
    parts = [tr_n("{n} table", "{n} tables", len(named))]
    if beyond:
        parts.append(
            tr_n("{n} note on what else we read", "{n} notes on what else we read", len(beyond))
        )
    lines = [*named, *beyond]
    title = tr("Sources: {parts}", parts=", ".join(parts))
    return Listing(lines, partial(render, "sources.html.j2", title=title, lines=lines))


def _listing(ids: Sequence[str], guesses: dict[str, str], show: bool, bar: str) -> Listing:
    """Claims beside some guesses: {claim: verdict}. bar: the section whose bar hides what came
    since.
    """
    rows = [_claim_row(claim, guesses, show) for claim in ids]
    lines = [_line(row) for row in rows]
    covered = any(row["covered"] for row in rows)
    if covered:
        lines.append(f"{tr(FIRST)} {tr('With show=True all of them are shown.')}")
    context = {"covered": covered, "first": tr(FIRST), "signs": claims.SIGNS, "bar": bar}
    return Listing(lines, partial(render, "standing.html.j2", rows=rows, **context))


def _claim_row(claim: str, guesses: dict[str, str], show: bool) -> dict[str, Any]:
    """What a row says of a claim; one that is covered is named, so that a handout can uncover
    it.
    """
    row = {name: claims.row(claim)[name] for name in ("id", "claim")}
    then, since = (verdict.verdict for verdict in ledger.both(claim))
    guess = guesses.get(row["id"], "")
    return row | dict(guess=guess, then=then, since=since, covered=not (show or guess))


def _line(row: dict[str, Any]) -> str:
    then, since = f"{tr(row['then']):<10}", tr(row["since"])
    known = tr("then {then}since {since}", then=then, since=since)
    standing = tr("guess first") if row["covered"] else known
    return f"{row['id']:<4}{standing:<32}{row['claim']}"


def section(name: str, *more: str, show: bool = False) -> Listing:
    """Show the verdicts on all claims of a section, and on some more, beside the reader's guesses.

    If the reader has not guessed a claim, its verdicts stay hidden, unless show=True. The guesses
    are read from the reader's disk each time, and are stored nowhere else.

    Returns a table that a notebook shows; its `lines` are the same as text: id, the verdict as
    known on the article's day and since, and the claim. Raises UnknownClaim.

    Examples
    --------
    >>> print(fr.lists.section("military", "F2", show=True).lines[0])
    F2  then holds     since holds     Relations between China and Russia were at a new height
    """
    ids = [*more, *ledger.claim_ids(name)]
    guesses = score.recorded().set_index("claim").verdict.to_dict()
    plain = _listing(ids, {}, show, name)
    return replace(_listing(ids, guesses, show, name), plain=plain) if guesses else plain


def in_reading_order() -> pd.DataFrame:
    """The ledger in the order of the article's paragraphs.

    Columns as in `ledger.table`, and paragraph; index: claim id.
    """
    order = evidence.table("claims").set_index("id").paragraph
    frame = ledger.table()
    frame = frame.assign(paragraph=order.reindex(frame.index))
    return frame.sort_values("paragraph", kind="stable")


class Browser(ipywidgets.VBox):
    """The ledger under four choices and an actor; without a kernel it stands as the whole table."""

    def __init__(self) -> None:
        self.whole = in_reading_order()
        self.choices = {column: _choice(column, self.whole[column].unique()) for column in CHOICES}
        self.actor = _choice("actor", actors.ALL, actors.name)
        self._page = ipywidgets.HTML()
        dropdowns = [*self.choices.values(), self.actor]
        for choice in dropdowns:
            choice.observe(self._follow, "value")
        self._follow()
        row = ipywidgets.HBox(dropdowns, layout={"flex_flow": "row wrap"})
        super().__init__([row, self._page, shared(ScrollAnchor)], _dom_classes=[ALIVE])

    def _follow(self, change: object = None) -> None:
        rows, actor = self.whole, self.actor.value
        for column, choice in self.choices.items():
            rows = rows[rows[column].eq(choice.value)] if choice.value else rows
        concerned = rows.actors.map(lambda codes: not actor or actor in codes).astype(bool)
        self.shown = rows[concerned]
        self._page.value = self._ledger_page(self.shown)

    def _ledger_page(self, rows: pd.DataFrame, folded: bool = False) -> Markup:
        with_tips = [(row, _tips(row)) for row in rows.itertuples()]
        total = len(self.whole)
        tallies = {vintage: ledger.tallies(rows, vintage) for vintage in get_args(evidence.Vintage)}
        context = {"total": total, "folded": folded, "signs": claims.SIGNS, "tallies": tallies}
        return render("ledger.html.j2", rows=with_tips, **context)

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        view = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(repr(self), self.page, view=view)

    def page(self) -> Markup:
        """The whole table as a part of a page, folded."""
        return self._ledger_page(self.whole, folded=True)

    def __repr__(self) -> str:
        line = "{0.Index:4}{0.verdict_then:10}{0.verdict_since:10}{0.claim}".format
        return "\n".join(map(line, self.shown.itertuples()))


def _choice(
    name: str, words: Iterable[str], label: Callable[[str], str] = str
) -> ipywidgets.Dropdown:
    settings = {
        "description": tr(name.replace("_", " ")),
        "style": {"description_width": "initial"},
    }
    return ipywidgets.Dropdown(
        options=[(tr("any"), ""), *((label(word), word) for word in words)], **settings
    )


def _tips(row: Any) -> tuple[str, str]:
    """The tipping point then, and that of the years since where they have one of their own."""
    then, since = row.tipping_point_then, row.tipping_point_since
    if not (then and since) or then == since:
        return then or since, ""
    return tr("Then: {tips}.", tips=then), f" {tr('Since: {tips}.', tips=since)}"


def browse() -> Browser:
    """Show all verdicts with filters by section, kind, verdict and actor: `fr.overview.browse()`.

    Returns what a notebook shows; without a kernel it is the whole table. Its `shown` is a
    DataFrame of the rows that the filters leave, in the order of the article's paragraphs. Its
    columns are those of `fr.ledger.table`, and paragraph.

    Examples
    --------
    >>> fr.overview.browse().shown.index[:3].tolist()
    ['F2', 'F6', 'F7']
    """
    return Browser()
