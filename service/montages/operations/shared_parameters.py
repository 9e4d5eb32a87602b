"""The parameters that several operations have."""

from __future__ import annotations

from montages.bilingual import Text, message
from montages.operations.parameter import DAY, FLAG, NAMES, TEXT, Parameter
from montages.publish.detail import DETAILS

LANG = Parameter(
    "lang",
    TEXT,
    message("Language of texts; without it, the reader's."),
    choices=("fr", "en"),
    example="en",
)
AS_OF = Parameter(
    "as_of",
    DAY,
    message("Day of the law, written 2026-06-01; without it, today."),
    example="2026-06-01",
)
DETAIL = Parameter(
    "detail",
    TEXT,
    message("How much is said: brief, the essential, the rest named; full, all of it."),
    choices=DETAILS,
    example="full",
)
PRESUMPTIONS = Parameter(
    "presumptions",
    FLAG,
    message("Presume, by law and practice, what is not said."),
    default=True,
    example="0",
)
ANYWAY = Parameter(
    "anyway",
    FLAG,
    message("Answer in spite of faults of the description."),
    default=False,
    example="1",
)
PROJECT = Parameter(
    "project", TEXT, message("The project to read, where there are several."), example="exemple"
)
FAIL_ON = Parameter(
    "fail_on",
    TEXT,
    message("Severity from which the description fails."),
    default="violation",
    choices=("info", "warning", "violation"),
    example="warning",
)

# Those of an operation on a description, in the order in which an assistant sees them.
OF_DESCRIPTIONS = (LANG, AS_OF, DETAIL, PRESUMPTIONS, ANYWAY, PROJECT)


def set_ups_about(text: Text) -> Parameter:
    """Return the parameter that names set-ups by their short names."""
    return Parameter("about", NAMES, text, example="mpgp,accord-cadre")
