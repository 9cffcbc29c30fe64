"""The reader against the ledger: their predictions, or a class's, held against the verdicts.

What is shown is read from disk each time and never becomes part of a notebook: a stored output
says only what to do.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import pandas as pd
import traitlets
from markupsafe import Markup

from heldto import article, exercises
from heldto.claims import UNJUDGED, guessed, ledger, row
from heldto.evidence import Vintage
from heldto.exercises.box import Form
from heldto.exercises.intake import first_guesses, gather_room
from heldto.exercises.quick import about_claim
from heldto.exercises.score import WORDS, Score, recorded, score
from heldto.exercises.words import say
from heldto.ledger import payoff
from heldto.scripts import together
from heldto.templates import render
from heldto.text.words import capital, percent
from heldto.toggles.here import html, shared
from heldto.tr import SpokenScript, tr, tr_n

EVEN = 0.5**2  # the Brier score of who says 50 % sure of everything, whatever comes out
LOTS = payoff.CHANCE * (1 - payoff.CHANCE)  # the mean one of a guess at random, said to be 25 %


def against(result: Score) -> list[str]:
    """A score in sentences: agreement, Brier score, and what it is worth."""
    if result.table.empty:
        return [say("no_predictions")]
    agreeing = _agreeing(len(result.table), int(result.table["agrees"].sum()))
    if result.brier is None:
        return [agreeing]
    brier = say("brier", brier=result.brier, compared=_compared(result.brier), lots=LOTS, even=EVEN)
    return [agreeing, brier]


def _compared(brier: float) -> str:
    """A Brier score beside those of somebody who knows nothing, in words."""
    if brier == EVEN:
        return say("even")
    if brier > EVEN:
        return say("worse_than_both")
    return say("better_than_both" if brier < LOTS else "between")


def _agreeing(total: int, right: int) -> str:
    """How many predictions agree, in a sentence."""
    if total == 1 and right:
        return tr("The one prediction agrees with the computed verdict.")
    if total == 1:
        return tr("The one prediction does not agree with the computed verdict.")
    return tr_n(
        "Of {all} predictions {n} agrees with the computed verdict, {share}.",
        "Of {all} predictions {n} agree with the computed verdict, {share}.",
        right,
        all=total,
        share=percent(right / total),
    )


def marked(result: Score, agreeing: bool) -> pd.DataFrame:
    """Where reader and ledger agree, or differ, the surest first.

    Columns: claim, text, said, sure (percent), computed.
    """
    frame = result.table[result.table["agrees"].eq(agreeing)]
    frame = frame.sort_values("sure", ascending=False, kind="stable")
    frame = frame.assign(text=frame["claim"].map(ledger.table()["claim"]))
    return frame.rename(columns={"verdict": "said"})[["claim", "text", "said", "sure", "computed"]]


def of_class(result: Score) -> pd.DataFrame:
    """A class's predictions by claim.

    Columns: claim, text, readers, holds, partly, fails, undecided (readers each), computed, agree
    (share, 0 to 1). The claims that divide the class most come first, those that too few readers
    guessed (`payoff.few`) last.
    """
    counts = pd.crosstab(result.table["claim"], result.table["verdict"])
    counts = counts.reindex(columns=list(WORDS), fill_value=0)
    total, by_claim = counts.sum(axis=1), result.table.groupby("claim")
    frame = counts.join(by_claim.agg(computed=("computed", "first"), agree=("agrees", "mean")))
    frame = frame.assign(text=ledger.table()["claim"], readers=total).rename_axis(columns=None)
    frame = frame.assign(few=payoff.few(total), most=counts.max(axis=1) / total)
    frame = frame.sort_values(["few", "most"], kind="stable").reset_index()
    return frame[["claim", "text", "readers", *WORDS, "computed", "agree"]]


def readers(result: Score) -> pd.DataFrame:
    """A class's predictions by reader.

    Columns: reader, predictions, agreement (share, 0 to 1), brier (0 to 1; 0 is best).
    """
    error = (result.table["sure"] / 100 - result.table["agrees"]).pow(2)
    by_reader = result.table.assign(off=error).groupby("reader", as_index=False)
    shares = dict(agreement=("agrees", "mean"), brier=("off", "mean"))
    return by_reader.agg(predictions=("agrees", "size"), **shares)


class ScorePicture(anywidget.AnyWidget):
    """Buttons that save a reader's score as a picture, without a name.

    found: their guesses, each {claim, verdict, sure (percent), computed, about}.
    """

    _esm = SpokenScript(together(Path(exercises.__file__).with_name("shared.js")))
    found: traitlets.List = traitlets.List().tag(sync=True)
    seminar = traitlets.Unicode().tag(sync=True)

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        rows = pd.concat(tables.values()).rename(columns={"said": "verdict"})
        rows["about"] = rows["claim"].map(about_claim)
        columns = ["claim", "verdict", "sure", "computed", "about"]
        traits = {"seminar": article.current().named, "layout": shared(ipywidgets.Layout)}
        super().__init__(found=json.loads(rows[columns].to_json(orient="records")), **traits)


class LocalPage(Form):
    """Lines, `pictures` and `tables` read from disk, on the page but never in it.

    vintage: whose verdicts a handout counts the reader's guesses against, None where it does not;
    claims: on which claims it counts them, all where none is named.
    """

    def __init__(
        self,
        lines: list[str],
        vintage: Vintage | None = None,
        claims: Sequence[str] = (),
        **shown: Any,
    ) -> None:
        self.lines = lines
        self.pictures, self.tables = shown.get("pictures", ()), shown.get("tables", {})
        page = render("reckoning.html.j2", lines=lines, **shown)
        share = [ScorePicture(self.tables)] if vintage and self.tables else []
        super().__init__([html(page), *share], lambda: _stored(vintage, claims), say("reckon"))


def _stored(vintage: Vintage | None, claims: Sequence[str]) -> Markup:
    """What stands in a page's place: what to do, and by what a handout counts for itself."""
    parts: dict[str, Any] = {}
    if vintage:
        frame = ledger.table()
        if claims:
            frame = frame.loc[list(claims)]
        verdicts = {claim: guessed.held_against(claim, vintage) for claim in frame.index}
        frame = frame[[verdicts[claim] not in ("", UNJUDGED) for claim in frame.index]]
        parts = {"verdicts": {claim: verdicts[claim] for claim in frame.index}}
        parts |= {"square": payoff.square()}
        parts |= {"texts": frame["claim"].to_dict()}
        parts |= {"abouts": {claim: about_claim(claim) for claim in frame.index}}
    return render("reckoning.html.j2", lines=[say("reckon")], **parts)


def mine(
    vintage: Vintage = "then",
    path: Path | str | None = None,
    folder: Path | str = "class",
    claims: Sequence[str] = (),
) -> LocalPage:
    """Compare the reader's guesses with the computed verdicts: agreement, Brier score, calibration.

    vintage: the verdicts as known on the article's day ("then") or "since". path: a file of answers
    (default: the reader's own). folder: a folder with the files of a class; if there are any, the
    picture shows the class behind the reader. claims: ids of the claims that count (default: all).

    Returns a page that a notebook shows but does not store. `lines` are the score in words (Brier
    score: 0 is best, 1 is worst). `tables` have the claims on which reader and verdict differ or
    agree, with the columns claim, text, said, sure (percent) and computed. Raises UnknownClaim;
    Problem if a file of answers cannot be read.

    Examples
    --------
    >>> kept = fr.guess("E3", "holds", 80)
    >>> page = fr.reckoning.mine()
    >>> page.lines[0]
    'The one prediction agrees with the computed verdict.'
    """
    claims = [row(claim)["id"] for claim in claims]
    own_score = score(_among(recorded(path), claims), vintage)
    if own_score.table.empty:
        return LocalPage(against(own_score), vintage, claims)
    class_score = (
        score(_among(_gathered(folder), claims), vintage) if Path(folder).is_dir() else own_score
    )
    scores = {"You": own_score} | (
        {} if class_score is own_score or class_score.table.empty else {"The class": class_score}
    )
    differ, agree = (
        tr("Where you and the computed verdicts differ; your surest guess first"),
        tr("Where you agree"),
    )
    tables = {differ: marked(own_score, False), agree: marked(own_score, True)}
    pictures = [payoff.calibration(scores)]
    return LocalPage(against(own_score), vintage, claims, pictures=pictures, tables=tables)


def _gathered(folder: Path | str) -> pd.DataFrame:
    """The first guesses of a class, as `first_guesses`; what was passed over, or met twice, is
    printed.
    """
    gathered = gather_room(folder)
    for sentence in gathered.told:
        print(sentence)
    return first_guesses(gathered)


def _among(guesses: pd.DataFrame, claims: Sequence[str]) -> pd.DataFrame:
    return guesses[guesses["claim"].isin(claims)] if claims else guesses


def our_class(folder: Path | str = "class", vintage: Vintage = "then") -> LocalPage:
    """Compare the guesses of a class with the computed verdicts, by claim and by reader.

    folder: a folder with the files, lines and zips of readers, as the wall takes them. vintage: the
    verdicts as known on the article's day ("then") or "since". Only first guesses count; the wall
    shows the guesses after a discussion.

    Returns a page that a notebook shows but does not store. `lines` are the score in words, and
    `pictures` draw the calibration and the claims. The table "By reader" has the columns reader,
    predictions, agreement (share, 0 to 1) and brier (0 to 1; 0 is best). If the folder is missing
    or empty, the lines say what to do.

    Examples
    --------
    >>> print(*fr.reckoning.our_class("no-such-folder").lines)
    There is no folder named no-such-folder: ...
    """
    if not Path(folder).is_dir():
        missing = say("no_folder", name=Path(folder).name)
        return LocalPage([capital(f"{missing} {say('own_names')}")])
    gathered = _gathered(folder)
    if gathered.empty:
        return LocalPage([tr("There is no reader's file in {folder} yet.", folder=folder)])
    result, count = score(gathered, vintage), gathered["reader"].nunique()
    pictures = [payoff.by_claim(of_class(result))]
    if result.brier is not None:
        pictures.insert(0, payoff.calibration({"The class": result}))
    lines = [tr_n("{n} reader.", "{n} readers.", count), *against(result)]
    if alone := int(result.table["sure"].isna().sum()):
        lines.append(say("lines_alone", count=alone))
    return LocalPage(lines, pictures=pictures, tables={"By reader": readers(result)})
