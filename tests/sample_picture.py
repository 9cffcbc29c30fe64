"""A small picture of three actors, with marks of all kinds."""

import pandas as pd

from heldto import pictures
from heldto.evidence import actors


@pictures.drawing("economic")
def sample(key="sample", values=(1.0, 2.0, 3.0, 4.0), **own):
    figure, ax = pictures.canvas()
    frame = pd.DataFrame({"year": [2016, 2018, 2019, 2020], "value": values})
    labels = []
    for step, code in enumerate(("CHN", "RUS", "USA")):
        rows = frame.assign(value=frame["value"] + step / 50)
        text = f"{actors.name(code)} {{0.value:,.0f}}".format
        labels.append(pictures.line(ax, rows, "value", code, code == "CHN", text))
    pictures.tag(ax.plot([2016, 2020], [1, 1])[0], "CHN", "RUS")
    pictures.tag(ax.text(2016.1, 2, "late"), "RUS", then=True)
    pictures.year_axis(ax, 2016, 2020)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    table = frame.assign(actor="RUS")[["actor", "year", "value"]]
    return dict(
        key=key,
        title="Two <grow>",
        subtitle="index",
        figure=figure,
        lead="A head.",
        sentences=[(("CHN",), "China 4."), (("CHN", "RUS"), "Both 1.")],
        table=table,
        source='IMF "x"',
        table_actors=("actor",),
        cannot="causes",
        **own,
    )
