"""What makes a page smaller and loses nothing: scripts and style sheets without their comments, and
what no reader sees at first as one deflated block.
"""

import base64
import io
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

try:
    from rcssmin import cssmin
    from rjsmin import jsmin
except ModuleNotFoundError:  # a kernel without the extra "handouts" writes larger pages
    cssmin = jsmin = str

SHADES = 2000  # in a plot, whose edges are blurred


def lean_script(code: str) -> Markup:
    """A script without comments and indents. No template literal may stand within another."""
    return Markup(jsmin(code))


def lean_sheet(css: str) -> Markup:
    """A style sheet without comments and line breaks."""
    return Markup(cssmin(css))


def lean_drawing(png: str) -> str:
    """A PNG (base64) with a palette, where it has as few shades as a plot; a photo stays as it is,
    as does what is no picture.
    """
    with suppress(ValueError, OSError, UnidentifiedImageError):
        image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA")
        if image.getcolors(SHADES) and image.getchannel("A").getextrema() == (255, 255):
            small = io.BytesIO()
            image.convert("RGB").quantize(256).save(small, "PNG", optimize=True)
            return min(png, base64.b64encode(small.getvalue()).decode(), key=len)
    return png


def block(parts: Mapping[str, str]) -> str:
    """Parts of a page {key: HTML} as text of one block, which the page's script unpacks; "" where
    there are none.

    It is JSON, deflated (zlib) and written in base64. A key of a drawing names its picture, and its
    width where a page has it in several.
    """
    if not parts:
        return ""
    return base64.b64encode(zlib.compress(json.dumps(parts).encode(), 9)).decode()
