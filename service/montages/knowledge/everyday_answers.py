"""What everyday words say of a project: answers to criteria, by the words that give them."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from montages.bilingual import Text, in_both, message
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import clauses, one, slugs, text
from montages.knowledge.thing_labels import ACTORS, label_index, plain_form, singular
from montages.names import MTG, slug

# A name has this where a sentence has a number, with its unit if it is read with one.
ANY_NUMBER = "n"
# A criterion and one value of it, by slug.
Statement = tuple[str, str]


@dataclass(frozen=True)
class EverydayAnswer:
    """What some words state, none for those that answer nothing; `rank` among those that say otherwise.

    They state it where nothing else that is said answers the criteria of `unless_stated`. What they name may
    be forbidden by a law that no rule of ours tells where `where_to_turn` says whom to ask (R53). They mean
    several things, or nothing that can be taken, where `say_instead` tells what to say.

    Of a number that stands with them, they tell the criterion that it answers, `number_answers`; that it is
    not the project's, `number_aside`; the criterion that takes the other amount as a share of this one,
    `base_of_share`; or the criterion whose number it repeats, `repeats`. `worth` is the number that they are.
    The usage that they name holds where no other words name one if it `gives_way`.
    A day stands with them where `day_wanted` is not None: that by which the contract is wanted if it is true.
    """

    slug: str
    words: tuple[str, ...]
    states: tuple[Statement, ...]
    rank: int
    unless_stated: tuple[str, ...]
    where_to_turn: Text
    say_instead: Text
    number_answers: str
    number_aside: bool
    base_of_share: str
    repeats: str
    worth: int
    gives_way: bool
    day_wanted: bool | None

    def states_of(self, criterion: str) -> tuple[str, ...]:
        """Return the values that they state of a criterion."""
        return tuple(value for of, value in self.states if of == criterion)


@disk_cache
def everyday_answers() -> dict[str, EverydayAnswer]:
    """Return the everyday answers by slug."""
    data = library.data()
    answers = (
        EverydayAnswer(
            slug(iri),
            tuple(sorted(str(o) for p in _WORDS for o in data.objects(iri, p))),
            tuple(
                (clause.criterion, value)
                for clause in clauses(data, iri, MTG.states)
                for value in sorted(clause.accepts)
            ),
            one(data, iri, MTG.displayOrder, 0),
            slugs(data, iri, MTG.unlessStated),
            text(data, iri, MTG.whereToTurn),
            text(data, iri, MTG.sayInstead),
            *(_criterion(data, iri, MTG.numberAnswers), one(data, iri, MTG.numberAside, False)),
            *(_criterion(data, iri, MTG.baseOfShare), _criterion(data, iri, MTG.repeats)),
            one(data, iri, MTG.worth, 0),
            *(one(data, iri, MTG.givesWay, False), one(data, iri, MTG.dayWanted, None)),
        )
        for iri in data.subjects(RDF.type, MTG.EverydayAnswer)
        if isinstance(iri, URIRef)
    )
    return {answer.slug: answer for answer in sorted(answers, key=lambda answer: answer.slug)}


_ONE_HOLDER = message("One body carries the project: the first that is named is taken.")
_WORDS = (RDFS.label, SKOS.altLabel, SKOS.hiddenLabel)


def _criterion(data: Graph, iri: URIRef, prop: URIRef) -> str:
    return next(iter(slugs(data, iri, prop)), "")


def with_what_to_say(words: str) -> Text:
    """Return words that were not understood, then what to say in their place, where the data tells that."""
    parts = words.split(", ")
    bodies = [part for part in parts if _is_holder(part)]
    heard = [f" {_plain(part)} " for part in parts if part not in bodies]
    instead = [_ONE_HOLDER] if bodies else []
    instead += [
        answer.say_instead
        for answer in everyday_answers().values()
        if answer.say_instead.fr and any(_names(w, part) for w in answer.words for part in heard)
    ]
    return in_both(
        lambda lang: " ".join((f"{words}." if instead else words, *(t[lang] for t in instead)))
    )


def _is_holder(words: str) -> bool:
    """Tell whether words are the name of a kind of holder."""
    return not set(classes_of_holders().values()).isdisjoint(
        label_index()[ACTORS].get(plain_form(words), ())
    )


def maybe_forbidden(words: str) -> tuple[EverydayAnswer, str] | None:
    """Return what words name that a law unknown to us may forbid, with those of them that do; else None."""
    for answer in everyday_answers().values():
        if answer.where_to_turn.fr and _heard(answer, words):
            return answer, ", ".join(
                part for part in words.split(", ") if _heard(answer, part)
            ) or words
    return None


def _heard(answer: EverydayAnswer, words: str) -> bool:
    heard = f" {_plain(words)} "
    return any(f" {_plain(word)} " in heard for word in answer.words)


def _plain(word: str) -> str:
    return singular(plain_form(word))


def _names(word: str, heard: str) -> bool:
    """Tell whether what was heard has a word; one with a place for a number, only with a number."""
    forms = _plain(word).split()
    bare = " ".join(form for form in forms if form != ANY_NUMBER)
    numbered = any(sign.isdigit() for sign in heard)
    return f" {bare} " in heard and (numbered or ANY_NUMBER not in forms)
