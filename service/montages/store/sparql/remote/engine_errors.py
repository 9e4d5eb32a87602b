"""What can go wrong with another engine: it is not there, or it refuses; its address is nobody's business."""

from __future__ import annotations

import re

from montages.store.sparql.query_errors import EngineUnreachable, QueryFailed, QueryTruncated

_RETRY = 10  # seconds
_SHOWN = 300  # characters of what an engine says
# After its reason Virtuoso repeats the query, with names of its own.
_ECHO = re.compile(r"(?<!\s)\s*SPARQL query:.*", re.DOTALL)


def engine_unreachable(reason: str) -> EngineUnreachable:
    """Return the error of an engine that is not there, or does not let us in."""
    return EngineUnreachable(
        f"Le moteur SPARQL qui tient les données ne répond pas ({reason}). Réessayez dans {_RETRY} s ; "
        "pages et documents restent servis, et les données se téléchargent (/dump).",
        f"The SPARQL engine that holds the data does not answer ({reason}). Try again in {_RETRY} s; "
        "pages and documents are served all the same, and the data can be downloaded (/dump).",
        retry_after=_RETRY,
    )


def incomplete_answer(sign: str) -> QueryTruncated:
    """Return the error of an answer of which a part came, by the sign that tells so."""
    sign = " ".join(sign.split())[:_SHOWN]
    return QueryTruncated(
        f"Le moteur SPARQL n'a donné qu'une partie de la réponse ({sign}) : rien n'en est donné. Restreignez "
        "la requête, demandez-la par parts (ORDER BY, LIMIT, OFFSET), ou renvoyez-la plus tard.",
        f"The SPARQL engine gave a part of the answer only ({sign}): none of it is given. Narrow the query "
        "down, ask for it in parts (ORDER BY, LIMIT, OFFSET), or send it again later.",
    )


def engine_refusal(status: int, message: str) -> QueryFailed:
    """Return the error of a query that is well written, and that the engine does not take."""
    said = " ".join(_ECHO.sub("", message).split())[:_SHOWN]
    said = said if said and "<html" not in said.lower() else f"HTTP {status}"
    return QueryFailed(
        f"Le moteur SPARQL refuse cette requête : {said}. Elle est bien écrite ; demandez-la autrement.",
        f"The SPARQL engine refuses this query: {said}. It is well written; ask it another way.",
        engine_status=status,
    )
