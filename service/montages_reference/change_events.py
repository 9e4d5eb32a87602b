"""What changed in the law and in our terms: an event for each thing, by the day from which it holds.

What begins with the record of contracts or procedures is no change, nor is an amount of which nothing is
known from that day. Preferences are advice, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from montages.bilingual import Text, in_both, joined, message, plural
from montages.description.dates import written_day
from montages.knowledge.buckets import spaced
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import label, text
from montages.knowledge.law import Passage
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages.publish.linked_data.documents import archived_module
from montages.quality.rules_diff import RequirementChange, RulesDiff, ThresholdChange, rules_diff

# Each change in words that are true before its day and after.
_TITLES = {
    "added": message("New from {day}: {label}"),
    "changed": message("Changed from {day}: {label}"),
    "removed": message("No longer in force since {day}: {label}"),
    "amount": message("{label}: from €{before} to €{after}, as of {day}"),
    "first amount": message("{label}: €{after}, as of {day}"),
    "release": message("{label}, {day}"),
}
_TO_END = message("Will cease to be in force on {day}: {label}")
_CHANGE = message("{kind}: {label}. {definition}", context="a change of a release")
_ADDED = plural("One term added: {names}.", "{n} terms added: {names}.")
_WITHDRAWN = plural("One term deprecated: {names}.", "{n} terms deprecated: {names}.")
# Names of terms that a release tells one by one; past that it tells how many.
_NAMED = 20


@dataclass(frozen=True, eq=False)
class ChangeEvent:
    """One change: its name, what changes, the day, words, sources, the set-ups that it concerns, by slug.

    `kind` is threshold, gate, duty, arrangement or release; `rules` are the requirements that it acts by.
    What ends by it has another title before its day, `to_come`.
    """

    name: str
    about: URIRef
    day: date
    kind: str
    come: Text
    summary: Text
    to_come: Text | None = None
    sources: tuple[Passage, ...] = ()
    concerns: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def title(self, today: date) -> Text:
        """Return it in words that are true on a day."""
        return self.to_come if self.to_come and today < self.day else self.come


@disk_cache
def change_events() -> tuple[ChangeEvent, ...]:
    """Return the changes of the law and of our releases, the latest first."""
    days = change_dates(rulebook())
    events = [*(event for day in days for event in _of_the_law(day)), *_releases()]
    return tuple(sorted(events, key=lambda event: (event.day, event.name), reverse=True))


@disk_cache
def last_release() -> date:
    """Return the day of our latest release."""
    data = library.data()
    days = (data.value(r, DCTERMS.issued) for r in data.subjects(RDF.type, MTG.Release))
    return max(date.fromisoformat(str(day)) for day in days)


def _of_the_law(day: date) -> Iterator[ChangeEvent]:
    diff = rules_diff(day - timedelta(days=1), day)
    recorded = bool(diff.arrangements_added)
    for change in diff.requirements:
        if not change.latest.soft and not (recorded and change.before is None):
            yield _requirement(change, diff)
    for threshold in diff.thresholds:
        if threshold.after is not None and not (recorded and threshold.before is None):
            yield _threshold(threshold, diff)
    for name in diff.arrangements_removed:
        ended = rulebook().arrangements[name]
        yield ChangeEvent(
            f"{day}-{ended.kind}-{name}", ended.iri, day, "arrangement",
            _title("removed", day, ended.label), ended.definition, _to_end(day, ended.label),
            ended.basis, (name,),
        )  # fmt: skip


def _title(change: str, on: date, named: Text, **values: object) -> Text:
    return _TITLES[change].fill(label=named, day=_in_words(on), **values)


def _to_end(on: date, named: Text) -> Text:
    return _TO_END.fill(label=named, day=_in_words(on))


def _in_words(on: date) -> Text:
    return in_both(lambda lang: written_day(on, lang))


def _requirement(change: RequirementChange, diff: RulesDiff) -> ChangeEvent:
    version = change.latest
    return ChangeEvent(
        f"{diff.second}-requirement-{change.slug}",
        version.iri,
        diff.second,
        "duty" if version.duty else "gate",
        _title(change.kind, diff.second, version.label),
        version.reading,
        _to_end(diff.second, version.label) if change.kind == "removed" else None,
        version.sources,
        _concerned([version.arrangement], diff),
        (change.slug,),
    )


def _threshold(change: ThresholdChange, diff: RulesDiff) -> ChangeEvent:
    iri = next(iri for iri in rulebook().thresholds if slug(iri) == change.slug)
    readers = {
        requirement.slug: requirement.arrangement
        for day in (diff.first, diff.second)
        for requirement in rules_at(day).requirements
        if requirement.slug in change.requirements and not requirement.soft
    }
    before, after = change.before or 0, change.after or 0
    return ChangeEvent(
        f"{diff.second}-threshold-{change.slug}",
        iri,
        diff.second,
        "threshold",
        _title(
            "first amount" if change.before is None else "amount",
            diff.second,
            change.label,
            before=in_both(lambda lang: spaced(before, lang)),
            after=in_both(lambda lang: spaced(after, lang)),
        ),
        text(library.data(), iri, SKOS.definition),
        None,
        change.sources,
        _concerned(readers.values(), diff),
        tuple(sorted(readers)),
    )


def _concerned(names: Iterable[str], diff: RulesDiff) -> tuple[str, ...]:
    """Return the set-ups that are some arrangements or inherit from them, in the order of the book."""
    above, rules = set(names), rules_at(diff.second)
    return tuple(a.slug for a in rules.proposed() if above & set(rules.lineage(a.slug)))


def _releases() -> Iterator[ChangeEvent]:
    """Yield our releases, each with its changes, and the terms that it adds and deprecates."""
    data = library.data()
    releases = {
        str(data.value(r, OWL.versionInfo)): r for r in iris(data.subjects(RDF.type, MTG.Release))
    }
    days = {
        number: str(data.value(release, DCTERMS.issued)) for number, release in releases.items()
    }
    before: tuple[set[str], set[str]] = set(), set()
    for number in sorted(releases, key=lambda number: (days[number], number)):
        release, last = releases[number], number == max(releases, key=lambda n: (days[n], n))
        terms = _terms(None if last else number)
        day = date.fromisoformat(days[number])
        yield ChangeEvent(
            f"release-{number}",
            release,
            day,
            "release",
            _title("release", day, label(data, release)),
            joined(
                (
                    text(data, release, SKOS.definition),
                    *_changes(data, release),
                    *_listed(_ADDED, terms[0] - before[0]),
                    *_listed(_WITHDRAWN, terms[1] - before[1]),
                ),
                "\n",
            ),
        )
        before = terms


def _changes(data: Graph, release: URIRef) -> Iterator[Text]:
    changes = iris(data.objects(release, MTG.hasChange))
    for change in sorted(changes, key=lambda c: int(str(data.value(c, MTG.displayOrder)))):
        (kind,) = data.objects(change, MTG.changeKind)
        yield _CHANGE.fill(
            kind=label(data, kind),
            label=label(data, change),
            definition=text(data, change, SKOS.definition),
        )


def _terms(number: str | None) -> tuple[set[str], set[str]]:
    """Return the terms of a release, and those of them that are deprecated; of the latest, by what runs."""
    graph = library.ontology()
    if number is not None:
        graph = Graph()
        for path in library.files("ontology"):
            graph += archived_module(f"module/{path.stem}/{number}") or Graph()
    every = {str(term) for term in iris(graph.subjects(RDF.type)) if term.startswith(MTG)}
    return every, {term for term in every if (URIRef(term), OWL.deprecated, Literal(True)) in graph}


def _listed(words: Text, terms: set[str]) -> tuple[Text, ...]:
    names = sorted(map(slug, terms))
    more = ["…"] if len(names) > _NAMED else []
    return (words.fill(n=len(names), names=", ".join([*names[:_NAMED], *more])),) if names else ()
