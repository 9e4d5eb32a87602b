"""The names that are looked for in a sentence, and what each means there."""

from __future__ import annotations

from functools import cache

from montages.description.address.sentence_tokens import name_forms
from montages.description.parsing.answer_values import criterion_list
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.everyday_answers import everyday_answers
from montages.knowledge.thing_labels import ACTORS, label_index
from montages.names import MTG

# What a name means beside a part of a description: how a layer is got, and an everyday answer.
MODE, SAYS = "mode", "says"
# The names of the usage that is none of the list, which say nothing by themselves.
_SAYS_NOTHING = frozenset({"autre", "autre usage", "other", "other usage"})


@cache
def all_names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by a name in the singular, what it names: a part of a description, and a value of it."""
    lists = {
        "holder": ACTORS,
        "usages": str(MTG.Usage),
        "layers": criterion_list("layer").name,
        MODE: criterion_list("management-mode").name,
    }
    holders = set(classes_of_holders().values())
    names: dict[str, set[tuple[str, str]]] = {}
    for part, closed in lists.items():
        for form, values in label_index()[closed].items():
            allowed = [v for v in values if part != "holder" or v in holders]
            if len(allowed) == 1 and form not in _SAYS_NOTHING:
                names.setdefault(name_forms(form), set()).add((part, allowed[0]))
    telling = (answer for answer in everyday_answers().values() if not answer.worth)
    for answer in telling:
        for word in answer.words:
            names.setdefault(name_forms(word), set()).add((SAYS, answer.slug))
    return {form: tuple(sorted(pairs)) for form, pairs in names.items()}


@cache
def names_of_day() -> frozenset[str]:
    """Return the names that a day stands with: that by which the contract is wanted, or another."""
    answers = (answer for answer in everyday_answers().values() if answer.day_wanted is not None)
    return frozenset(name_forms(word) for answer in answers for word in answer.words)


@cache
def names_aside() -> frozenset[str]:
    """Return the names of numbers that are not the project's."""
    return frozenset(
        name
        for name, meanings in all_names().items()
        if any(part == SAYS and everyday_answers()[of].number_aside for part, of in meanings)
    )
