"""What the JSON of every piece of advice says alike: its head, a source, an answer as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rdflib import URIRef

from montages.assessment.premises import DISCLAIMER, SCOPE, Premises
from montages.bilingual import Text
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.files import library
from montages.knowledge.law import Passage
from montages.one_line import OneLine

_HOLDER = "/holder/type"


@dataclass(frozen=True, eq=False)
class ProjectAdvice(OneLine):
    """Advice on a project under the law of a day; `lang` is the language where no other is asked for."""

    project: URIRef
    label: Text
    as_of: date
    lang: str

    scope = SCOPE
    disclaimer = DISCLAIMER

    @property
    def rulebook_version(self) -> str:
        """Return the version of the rules."""
        return library.version()


def advice_head(project: ProjectAdvice | Premises, lang: str, *, brief: bool) -> dict[str, Any]:
    """Return what the JSON begins with: the project, the day, the rules, the size."""
    return {
        "project": str(project.project),
        "label": project.label[lang],
        "as_of": project.as_of.isoformat(),
        "rulebook_version": project.rulebook_version,
        "detail": "brief" if brief else "full",
    }


def source_json(source: Passage, lang: str) -> dict[str, Any]:
    """Return a source as JSON: its name, its label, its document, and where it can be read."""
    out = {"source": source.slug, "label": source.label[lang], "document": source.document[lang]}
    return out | ({"url": source.url} if source.url else {})


def answer_key(name: str) -> str:
    """Return where the answer to a criterion stands in a description of our keys, as a JSON pointer."""
    return _HOLDER if name == "holder" else f"/answers/{criterion_keys()[name]}"


def written_value(name: str, value: str) -> str:
    """Return how a value of a criterion is written at its key: the class of a holder, else its slug."""
    return classes_of_kinds().get(value, value) if name == "holder" else value
