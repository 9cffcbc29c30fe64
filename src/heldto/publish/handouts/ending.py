"""How `jupyter nbconvert --to heldto` ends where it can write no page."""

import sys


def end_command(sentence: object) -> None:
    """End `jupyter nbconvert --to heldto` with a sentence: of an error that it meets, also of a
    ConversionException, it prints the traceback. Does nothing for another format, and in a server.
    """
    # the command loads this file also while it is loaded itself, and is then no command yet
    app = getattr(sys.modules.get("nbconvert.nbconvertapp"), "NbConvertApp", None)
    if app and app.initialized() and app.instance().export_format == "heldto":
        raise SystemExit(str(sentence)) from None
