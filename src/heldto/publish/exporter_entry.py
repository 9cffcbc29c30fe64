"""What nbconvert loads for `--to heldto`. It asks for every exporter of the environment whatever
format is wanted, so a missing package must disable this exporter alone.
"""

import sys

from nbconvert.exporters.base import ExporterDisabledError

from heldto.extras import remedy


def end_command(sentence: object) -> None:
    """End `jupyter nbconvert --to heldto` with a sentence: of an error that it meets, also of a
    ConversionException, it prints the traceback. Does nothing for another format, and in a server.
    """
    # the command loads this file also while it is loaded itself, and is then no command yet
    app = getattr(sys.modules.get("nbconvert.nbconvertapp"), "NbConvertApp", None)
    if app and app.initialized() and app.instance().export_format == "heldto":
        raise SystemExit(str(sentence)) from None


try:
    from heldto.publish.handouts.exporter import HandoutExporter as HandoutExporter
except ModuleNotFoundError as error:
    lack = f"no handouts without {error.name}: {remedy('handouts')}"
    end_command(lack)
    raise ExporterDisabledError(lack) from error
