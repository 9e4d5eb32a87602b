"""The parameters that several operations have."""

from __future__ import annotations

from montages.bilingual import Text
from montages.operations.parameter import DAY, FLAG, NAMES, TEXT, Parameter
from montages.publish.detail import DETAILS

LANG = Parameter(
    "lang",
    TEXT,
    Text(
        "Langue des textes ; sans cela, celle du lecteur.",
        "Language of texts; without it, the reader's.",
    ),
    choices=("fr", "en"),
    example="en",
)
AS_OF = Parameter(
    "as_of",
    DAY,
    Text(
        "Jour du droit, écrit 2026-06-01 ; sans cela, aujourd'hui.",
        "Day of the law, written 2026-06-01; without it, today.",
    ),
    example="2026-06-01",
)
DETAIL = Parameter(
    "detail",
    TEXT,
    Text(
        "Ce qui est dit : brief, l'essentiel, le reste nommé ; full, tout.",
        "How much is said: brief, the essential, the rest named; full, all of it.",
    ),
    choices=DETAILS,
    example="full",
)
PRESUMPTIONS = Parameter(
    "presumptions",
    FLAG,
    Text(
        "Présumer, par la loi et l'usage, ce qui n'est pas dit.",
        "Presume, by law and practice, what is not said.",
    ),
    default=True,
    example="0",
)
ANYWAY = Parameter(
    "anyway",
    FLAG,
    Text(
        "Répondre malgré les fautes de la description.",
        "Answer in spite of faults of the description.",
    ),
    default=False,
    example="1",
)
PROJECT = Parameter(
    "project",
    TEXT,
    Text(
        "Le projet à lire, s'il y en a plusieurs.",
        "The project to read, where there are several.",
    ),
    example="exemple",
)
FAIL_ON = Parameter(
    "fail_on",
    TEXT,
    Text(
        "Gravité à partir de laquelle la description échoue.",
        "Severity from which the description fails.",
    ),
    default="violation",
    choices=("info", "warning", "violation"),
    example="warning",
)

# Those of an operation on a description, in the order in which an assistant sees them.
OF_DESCRIPTIONS = (LANG, AS_OF, DETAIL, PRESUMPTIONS, ANYWAY, PROJECT)


def set_ups_about(text: Text) -> Parameter:
    """Return the parameter that names set-ups by their short names."""
    return Parameter("about", NAMES, text, example="mpgp,accord-cadre")
