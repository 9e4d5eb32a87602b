"""What a resource holds: terms and rules as JSON, the template to fill in, examples as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from montages.bilingual import Text
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.mcp.answers.rulebook_entries import (
    arrangements,
    contract_entry,
    contracts_list,
    criteria_list,
    criterion_entry,
    requirement_entry,
    requirement_names,
)
from montages.mcp.answers.sheet_inventory import sheet_inventory
from montages.mcp.answers.term_list import term_list
from montages.publish.json_text import dump_bytes
from montages.publish.text.template import template
from montages.store.questions.ask import listing


def resource_answer(kind: str, name: str, lang: str) -> bytes:
    """Return a resource of a kind, by its name where it has one; raises UnknownName with the nearest."""
    if kind in _WHOLE:
        return _WHOLE[kind](lang)
    names, answer = NAMED[kind]
    if name not in names():
        raise _unknown(kind, name, names())
    return answer(name, lang)


def names_of(kind: str) -> list[str]:
    """Return the names of the resources of a kind."""
    return list(NAMED[kind][0]())


def _unknown(kind: str, name: str, names: Iterable[str]) -> UnknownName:
    hint = nearest_hint(name, names)
    listed = _LISTS.get(kind, "")
    where = Text("", "")
    if listed:
        where = Text(f" Tous : montages://{listed}.", f" All of them: montages://{listed}.")
    return UnknownName(
        f"Rien de ce nom ({kind}) : {name[:80]}.{hint.fr}{where.fr}",
        f"Nothing of that name ({kind}): {name[:80]}.{hint.en}{where.en}",
    )


def _questions(lang: str) -> bytes:
    """Return the published questions by name."""
    return dump_bytes(
        {"queries": [{"name": query.key, "title": query.title[lang]} for query in listing()]}
    )


def _examples(lang: str) -> bytes:
    return dump_bytes({"examples": list(library.projects())})


def _example(name: str, lang: str) -> bytes:
    return library.projects()[name].read_bytes()


_WHOLE: dict[str, Callable[[str], bytes]] = {
    "contracts": contracts_list,
    "criteria": criteria_list,
    "sheet": sheet_inventory,
    "terms": term_list,
    "queries": _questions,
    "template": lambda lang: template(lang).encode(),
    "examples": _examples,
}
# What names there are of a kind, and what one of them gives.
NAMED: dict[str, tuple[Callable[[], Iterable[str]], Callable[[str, str], bytes]]] = {
    "contract": (arrangements, contract_entry),
    "criterion": (lambda: rulebook().criteria, criterion_entry),
    "requirement": (requirement_names, requirement_entry),
    "example": (library.projects, _example),
}
_LISTS = {"contract": "contracts", "criterion": "criteria", "example": "examples"}
