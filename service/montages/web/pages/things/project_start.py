"""What a project starts with that is begun from the page of a thing: the answer that the thing is."""

from __future__ import annotations

from montages.description.address.project_address import criterion_keys
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.rulebook import rulebook
from montages.names import ID

_PARAMETERS = {"usage": "usages", "layer": "layers", "actor-kind": "holder"}


def project_start(iri: str) -> dict[str, str]:
    """Return the parameter of a link to a project that a thing answers, none for what is no answer."""
    if not iri.startswith(str(ID)):
        return {}
    folder, _, slug = iri.removeprefix(str(ID)).partition("/")
    if folder == "actor-kind" and slug not in classes_of_holders():
        return {}
    if folder in _PARAMETERS:
        return {_PARAMETERS[folder]: slug}
    criterion = rulebook().criteria.get(folder)
    if criterion is None or criterion.answer_origin == "Derived" or folder not in criterion_keys():
        return {}
    is_answer = (
        slug in {value.slug for value in criterion.values} and not criterion.numeric_property
    )
    return {criterion_keys()[folder]: slug} if is_answer else {}
