"""What the language of texts and its filters share."""

WRITER = "_writer"  # by this name a filter finds who fills the text


class Lacking(Exception):
    """A text names what is not there. args: what was asked for it, or None where it was asked of
    all figures, and its name.
    """
