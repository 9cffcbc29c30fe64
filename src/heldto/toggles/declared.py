"""Pictures that `pictures.toml` of a plain article declares: their kind, their table, and what
stands on the axes. Each is a call of seaborn, drawn actor by actor as `toggled` does it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from heldto import article, evidence
from heldto.claims import over_time, row, rule_of, shaped
from heldto.claims.listed import find_claim
from heldto.claims.rule import AROUND, STILL
from heldto.errors import Problem, TextError
from heldto.evidence import actors
from heldto.measures.shapes import fitting
from heldto.pictures import Picture, canvas, drawing, labels, marks, sentences, style
from heldto.pictures.style import INK, is_narrow
from heldto.text.language import instead
from heldto.text.words import with_minus
from heldto.toggles import of_claims, of_measure
from heldto.toggles.toggled import Toggled, toggled
from heldto.tr import numerals, tr

KINDS = ("lines", "bars", "dots", "heat")
NEEDED = ("kind", "table", "x", "y")
OF_NOBODY = ("lines", "bars")  # kinds that can be drawn without `by`
FIELDS: tuple[str, ...] = (
    *NEEDED,
    "by",
    "measure",
    "where",
    "unit",
    "divide",
    "claim",
    "section",
    "title",
    "subtitle",
    "lead",
)
FIELDS += ("cannot", "neutral", "about")
SAID = ("title", "subtitle", "lead", "cannot", "neutral", "about")  # what stands in the picture
SERIES = INK  # the colour of what is no actor's
LARGE = 1000  # figures from here on are told without decimals
WORDS = 5  # on an axis below: more of them are written aslant
WHOLE = ("rank", "count")  # shapes whose figures are whole numbers
ROOM = 0.42  # inches a row of a heat map
TICKS = 10  # that are named below it


def drawn(key: str) -> Callable[..., Picture]:
    """What draws a declared picture, for some actors alone with `shown`. Raises TextError naming
    file, key, field and remedy.
    """
    every = of_claims.pictures()
    if key not in every:
        raise Problem(f'no picture "{key}" is declared. {instead(key, every)}')
    where = f"pictures.toml, [{key}]"
    block, frame = _with_rows(where, every[key])
    try:
        if block["kind"] == "heat":
            return partial(_named, partial(_heat, key, block, frame))
        if "by" not in block:
            return partial(_of_nobody, key, block, frame)
        with _words_drawn(where):
            return partial(_named, _toggled(key, block, frame).drawn)
    except TextError:
        raise
    except Problem as slip:
        raise TextError(f"{where}: {slip}") from None


def _named(draw: Callable[..., Picture], shown: marks.Shown = None) -> Picture:
    """A picture whose figures name the actors: only who writes code needs their codes."""
    picture = draw(shown=shown)
    picture.names_actors = True
    return picture


@contextmanager
def _words_drawn(where: str) -> Iterator[None]:
    """What Matplotlib cannot read between two dollars is a slip in a name, a title or a unit."""
    try:
        yield
    except ValueError as fault:
        if isinstance(fault, Problem) or "Parse" not in str(fault):
            raise
        says = "between two $ in a name, a title or a unit stands mathematics that cannot be read"
        raise TextError(f"{where}: {says}: write USD, or one $") from None


def _with_rows(where: str, written: Any) -> tuple[dict[str, Any], pd.DataFrame]:
    """What a picture says, with what follows from a claim whose measure it draws; and its rows."""
    block = _looked_at(where, written)
    if "measure" not in block:
        return block, _frame(where, block)
    try:
        more, frame = of_measure.measured_rows(block["measure"], over_time=block["kind"] == "lines")
    except Problem as slip:
        raise TextError(f"{where}, measure: {slip}") from None
    return more | block, frame


def _looked_at(where: str, block: Any) -> dict[str, Any]:
    if not isinstance(block, Mapping):
        raise TextError(f"{where}: write keys and their values below it")
    for field in block:
        if field not in FIELDS:
            raise TextError(f'{where}: nothing reads the key "{field}". {instead(field, FIELDS)}')
    for field in NEEDED[:1] if "measure" in block else NEEDED:
        if field not in block:
            raise TextError(f'{where}: {field} is missing: write {field} = "..."')
    if "measure" not in block and "by" not in block and block["kind"] not in OF_NOBODY:
        raise TextError(f'{where}: by is missing: write by = "...", the column of actors')
    for field in {*block} & {*NEEDED[1:], "by", "where", "divide"} if "measure" in block else ():
        raise TextError(f"{where}: measure says what is drawn: delete {field}, or measure")
    if "measure" in block and block["kind"] == "heat":
        raise TextError(f"{where}: a measure is drawn as lines, bars or dots: choose one")
    if block["kind"] not in KINDS:
        raise TextError(
            f'{where}, kind: no kind "{block["kind"]}". {instead(block["kind"], KINDS)}'
        )
    return dict(block)


def _frame(where: str, block: Mapping[str, Any]) -> pd.DataFrame:
    """The rows that are drawn, of actors alone, with the figures divided as the picture says."""
    try:
        frame = fitting(evidence.table(block["table"]), block.get("where", {}))
    except Problem as slip:
        raise TextError(f"{where}: {slip}") from None
    for field in ("x", "y", "by") if "by" in block else ("x", "y"):
        if block[field] not in frame:
            near = instead(block[field], frame.columns)
            raise TextError(f'{where}, {field}: no column "{block[field]}". {near}')
    if "by" in block:
        frame = frame[frame[block["by"]].isin(actors.EVERYBODY)]
    if frame.empty and "by" not in block:
        raise TextError(f"{where}, where: no row fits: name cells of the table")
    if frame.empty:
        lack = f"column {block['by']} has no actor of actors.csv"
        raise TextError(f"{where}, by: {lack}: name the column of actors")
    figures = _figures(block)
    if not pd.api.types.is_numeric_dtype(frame[figures]):
        raise TextError(f'{where}: column "{figures}" has words, not numbers: name another')
    return frame.assign(**{figures: frame[figures] / block.get("divide", 1)})


def _figures(block: Mapping[str, Any]) -> str:
    """The column of the figures: what stands up, or across where the actors stand up."""
    return str(block["x"] if block["y"] == block.get("by") else block["y"])


def _titled(block: Mapping[str, Any]) -> str:
    """The title of a picture: its own, else what it shows, or that of the column of its figures."""
    for name in ("title", "neutral"):
        if name in block:
            return str(block[name])
    column = _figures(block)
    return str(evidence.describe_column(block["table"], column).get("title", column))


def _finding(block: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What a picture without a title of its own is called: what the figures of its claim say, and
    before a guess what it shows; and what it is called while it shows only what was known then.
    """
    claims, shows = of_claims.block_claims(block), _titled(block)
    if "title" in block or len(claims) != 1 or not _draws(block, claims[0]):
        return {"title": shows}, {}
    since, then = (with_minus(shaped.finding_title(claims[0], side)) for side in ("since", "then"))
    if "measure" in block and block["kind"] != "lines":
        since = then  # bars and dots are drawn of what was known then
    if not since:
        return {"title": shows}, {}
    about = [code for code in actors.EVERYBODY if actors.name(code) in since + then]
    found = {"title": since, "neutral": shows, "about": about}
    return found, {"title": then, "lead": f"{then}."} if then not in ("", since) else {}


def _judges(block: Mapping[str, Any], claim: str) -> bool:
    """Whether a picture shows the figures on which a claim that has no fault decides."""
    return not shaped.fault(claim) and _shows(block, claim)


def _draws(block: Mapping[str, Any], claim: str) -> bool:
    """Whether a picture shows what a claim that has no fault measures, or of what it is made."""
    if shaped.fault(claim):
        return False
    measure, column = find_claim(claim).measure, _figures(block) if "table" in block else ""
    of_its_column = [measure.get("table"), measure.get("column")] == [block.get("table"), column]
    return _shows(block, claim) if "measure" in block else of_its_column


def _section(block: Mapping[str, Any]) -> str:
    """Whose bar a picture follows: that of its claim, else of the first section."""
    section = block.get("section") or next(
        (row(claim)["section"] for claim in of_claims.block_claims(block)), ""
    )
    return section or next(iter(article.notebooks()))


def _toggled(key: str, block: Mapping[str, Any], frame: pd.DataFrame) -> Toggled:
    on_axis = block["by"] in (block["x"], block["y"])
    draws = {"lines": sns.lineplot, "bars": sns.barplot}
    draw = draws.get(block["kind"], sns.stripplot if on_axis else sns.scatterplot)
    words: dict[str, Any] = dict(x=block["x"], y=block["y"], hue=block["by"], key=key)
    if block["kind"] == "lines":
        words |= dict(estimator=None, errorbar=None)
    if block["kind"] == "bars":
        words |= dict(errorbar=None)
    finding, then = _finding(block)
    words |= finding | {name: block[name] for name in SAID if name in block}
    credit = dict(tables=[block["table"]], unit=block.get("unit", ""), section=_section(block))
    picture = toggled(draw, frame, also=partial(_rules, block), **credit, **words)
    picture.then |= then
    return picture


def _rules(block: Mapping[str, Any], ax: Axes) -> None:
    """What an axis says in words; the levels at which a claim on the same figures changes its
    verdict.
    """
    by = block.get("by", "")
    unit, upright = tr(block.get("unit", "")), block["y"] != by
    across = _axis(block, block["x"]) if block["kind"] == "dots" and block["x"] != by else ""
    ax.set(xlabel=across if upright else unit, ylabel=unit if upright else "")
    if block["y"] in WHOLE:
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    if block["y"] == "rank":
        ax.invert_yaxis()
    for claim in of_claims.block_claims(block):
        if _judges(block, claim):
            marks.thresholds(ax, _levels(claim, falls=over_time.falls(find_claim(claim).measure)))


def _shows(block: Mapping[str, Any], claim: str) -> bool:
    """Whether the figures of a picture are those on which a claim decides, in its unit."""
    if "measure" in block:
        return block["measure"] == claim
    measure = find_claim(claim).measure
    decides = [measure.get(name) for name in ("shape", "table", "column")]
    decides.append(measure.get("divide", 1))
    times = measure.get("years", measure.get("at"))  # a sum of years is no figure of one
    shown = ["value", block["table"], block["y"], block.get("divide", 1)]
    return decides == shown and not isinstance(times, list)


def _axis(block: Mapping[str, Any], column: str) -> str:
    """What stands at an axis of figures: the title of its column, and its unit."""
    field = evidence.describe_column(block["table"], column)
    title, unit = field.get("title", column), field.get("unit", "number")
    return f"{title}, {tr(unit)}" if unit != "number" else title


def _levels(claim: str, falls: bool) -> dict[float, str]:
    """Where the rule of a claim draws its lines; falls: what it counts as a fall goes down."""
    rule = rule_of(claim)
    if rule.comparison in AROUND:
        return {rule.target: tr("{claim} says {figure:,g}", claim=claim, figure=rule.target)}
    levels = {"partly": rule.partly, "holds": rule.holds}
    if rule.cap and rule.partly is not None:  # from there on its verdict stays
        del levels["holds"]
    elif rule.cap:
        levels = {rule.cap: rule.holds}
    signs = (-1,) if falls else (-1, 1) if rule.comparison == STILL else (1,)
    return {
        sign * value: with_minus(f"{claim} {tr(word)} {numerals(f'{sign * value:,g}')}")
        for word, value in levels.items()
        for sign in signs
        if value is not None
    }


# --- of nobody -------------------------------------------------------------------------------


def _of_nobody(
    key: str, block: Mapping[str, Any], frame: pd.DataFrame, *, shown: marks.Shown = None
) -> Picture:
    """One series that belongs to no actor: a line over the years, or a bar for each word or year.
    It stays whoever is switched off.
    """
    finding, then = _finding(block)
    texts = finding | {name: block[name] for name in SAID if name in block}

    @drawing(_section(block), block["table"], where=f"pictures.toml, [{key}]", key=key)
    def series_picture() -> dict[str, Any]:
        return {
            "subtitle": tr(block.get("unit", "")),
            **_series(block, frame),
            **texts,
            "then": then,
        }

    with _words_drawn(f"pictures.toml, [{key}]"):
        return series_picture(shown=shown)


def _series(block: Mapping[str, Any], frame: pd.DataFrame) -> dict[str, Any]:
    across, figures = block["x"], block["y"]
    rows = frame.groupby(across, as_index=False, sort=across == "year")[figures].sum(min_count=1)
    rows = rows.dropna(subset=[figures])
    late = rows[across] > style.THEN if across == "year" else pd.Series(False, rows.index)
    figure, ax = canvas(left=1.05, right=0.3, top=0.25)
    if block["kind"] == "lines":
        _draw_line(ax, rows, across, figures, late)
    else:
        for place, (value, is_late) in enumerate(zip(rows[figures], late, strict=True)):
            marks.Tagged(ax, since=bool(is_late)).bar([place], [value], color=SERIES, width=0.7)
        names = rows[across].astype(str)
        slant = dict(rotation=35, ha="right", rotation_mode="anchor") if len(rows) > WORDS else {}
        ax.set_xticks(range(len(rows)), names, **slant)
        marks.tag_ticks(ax, late)
    _rules(block, ax)
    figure.tight_layout()  # long names stand below an axis, and large figures beside it
    told = zip(rows[across], map(_written, rows[figures]), late, strict=True)
    unit = block.get("unit", "")
    said = [
        (("since",) if is_late else (), f"{where}: {value} {tr(unit)}".rstrip() + ".")
        for where, value, is_late in told
    ]
    return dict(figure=figure, sentences=said, table=rows)


def _written(value: float) -> str:
    return numerals(f"{value:,.0f}" if abs(value) >= LARGE else f"{value:,.4g}")


def _draw_line(ax: Axes, rows: pd.DataFrame, across: str, figures: str, late: pd.Series) -> None:
    """Full strength to the last year that was known then, and lighter from there on."""
    if across != "year":
        marks.Tagged(ax).plot(rows[across], rows[figures], color=SERIES, linewidth=2)
        return
    known, after = rows[~late], rows[rows["year"] >= min(style.THEN, rows["year"].max())]
    if len(known):
        marks.Tagged(ax).plot(known["year"], known[figures], color=SERIES, linewidth=2)
    if late.any():
        look: marks.Look = dict(color=SERIES, linewidth=2, alpha=marks.LATE)
        marks.Tagged(ax, since=True).plot(after["year"], after[figures], **look)
    first, last = rows["year"].min(), rows["year"].max()
    marks.year_axis(ax, first, last)
    if first < style.ARTICLE < last:
        marks.article_line(ax, article.current().month, y=1)


# --- heat ------------------------------------------------------------------------------------


def _heat(
    key: str, block: Mapping[str, Any], frame: pd.DataFrame, *, shown: marks.Shown = None
) -> Picture:
    """A row an actor, a column a year (or another word), and the figure as a colour."""
    fixed = {name: block[name] for name in SAID if name in block and name != "about"}
    title = _titled(block)
    words = dict(whose=[block["by"]], key=key, **fixed | {"title": title})

    @drawing(_section(block), block["table"], where=f"pictures.toml, [{key}]", **words)
    def heat_picture(*, shown: marks.Shown = None) -> dict[str, Any] | None:
        rows = marks.on(frame, block["by"]).dropna(subset=[block["y"]])  # a blank is no 0
        return _mapped(block, rows) if len(rows) else None

    with _words_drawn(f"pictures.toml, [{key}]"):
        return heat_picture(shown=shown)


def _mapped(block: Mapping[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    by, across, figures, unit = block["by"], block["x"], block["y"], tr(block.get("unit", ""))
    wide = rows.pivot_table(index=by, columns=across, values=figures, aggfunc="sum", sort=False)
    columns = sorted(wide.columns)
    if across == "year":  # a year without a row is a gap, and no neighbour
        columns = [*range(int(columns[0]), int(columns[-1]) + 1)]
    wide = wide.reindex(columns=columns)
    longest = max(labels.width(actors.name(code)) for code in wide.index) / 72 + 0.12
    room: marks.Look = dict(left=max(1.4, longest), right=0.3, narrow={"left": longest})
    figure, ax = canvas(height=max(2.2, 1 + ROOM * len(wide)), **room)
    _draw_cells(ax, wide, across == "year")
    ax.set(xlabel="", ylabel="")
    ax.grid(False)
    names = [actors.name(code) for code in wide.index]
    ax.set_yticks([place + 0.5 for place in range(len(names))], names, rotation=0)
    for code, tick in zip(wide.index, ax.yaxis.get_major_ticks(), strict=True):
        marks.tag(tick.label1, code)
    step = -(-len(columns) // (TICKS // 2 if is_narrow() else TICKS))
    places = range(0, len(columns), step)
    ax.set_xticks(
        [place + 0.5 for place in places], [str(columns[place]) for place in places], rotation=0
    )
    marks.tag_ticks(ax, [across == "year" and columns[place] > style.THEN for place in places])
    low, high = wide.min().min(), wide.max().max()
    digits = ",.0f" if max(abs(low), abs(high)) >= LARGE else ",.4g"
    form = f"{{{by}}} {{{across}}}: {{{figures}:{digits}}}."
    colours = tr(
        "darker means more: {low} to {high} {unit}",
        low=_written(low),
        high=_written(high),
        unit=unit,
    ).strip()
    if low == high:
        same = tr("{unit}: {figure} in each cell", unit=unit, figure=_written(low))
        colours = same.removeprefix(": ")
    fields = (
        {}
        if "lead" in block
        else {"lead": tr("Heat map of {figures}, with a row for each actor.", figures=figures)}
    )
    return dict(
        figure=figure,
        sentences=sentences.row_sentences(rows.sort_values(across), form, [by]),
        table=rows[[by, across, figures]],
        subtitle="; ".join(filter(None, [block.get("subtitle", ""), colours])),
        **fields,
    )


def _draw_cells(ax: Axes, wide: pd.DataFrame, timed: bool) -> None:
    """The cells of each actor, those of later than the article apart, as marks of their own."""
    look: dict[str, Any] = dict(cmap="crest", cbar=False, linewidths=0.5)
    look |= dict(vmin=wide.min().min(), vmax=wide.max().max(), xticklabels=False)
    late = pd.Series(wide.columns > style.THEN if timed else False, index=wide.columns)
    for code in wide.index:
        for since in (False, True):
            cells = wide.loc[[code], late.eq(since)]
            part = cells.reindex(index=wide.index, columns=wide.columns)
            if part.isna().all().all():
                continue
            before = {*ax.get_children()}
            sns.heatmap(part, ax=ax, **look)
            for artist in ax.get_children():
                is_new = artist not in before
                if is_new and getattr(artist, "get_array", lambda: None)() is not None:
                    tell = _tells(wide.loc[code], code, late, since)
                    marks.tag(artist, code, since=since, tell=tell)


def _tells(cells: pd.Series, code: str, late: pd.Series, since: bool) -> str:
    figures = (
        f"{place} {_written(value)}"
        for place, value in cells.dropna().items()
        if late[place] == since
    )
    return f"{actors.name(code)}: {', '.join(figures)}"
