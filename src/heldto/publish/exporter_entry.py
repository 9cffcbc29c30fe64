"""What nbconvert loads for `--to heldto`. It asks for every exporter of the environment whatever
format is wanted, so a missing package must disable this exporter alone.
"""

from nbconvert.exporters.base import ExporterDisabledError

from heldto.extras import remedy
from heldto.publish.handouts.ending import end_command

try:
    from heldto.publish.handouts.exporter import HandoutExporter as HandoutExporter
except ModuleNotFoundError as error:
    lack = f"no handouts without {error.name}: {remedy('handouts')}"
    end_command(lack)
    raise ExporterDisabledError(lack) from error
