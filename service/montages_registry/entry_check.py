"""The gate of the registry (G1): what a text has to pass to be an entry, and entries held against it today.

Values of an entry that it refuses may be put into the form that it accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.description.parsing.source_text import TABLE_SYNTAXES
from montages.description.well_formed import IllFormed, IllFormedValue, iri_fault, percent_encoded
from montages.engine.protocol import Engine
from montages.errors import MontagesError, Refused, UnusableInput
from montages.hidden_signs import HIDDEN
from montages.validation.findings import Report, points_to_correct
from montages_registry.entry_facts import first_version, served_quads, stored_text
from montages_registry.publishers import ALL_RIGHTS, Publisher
from montages_registry.registry import Registry
from montages_registry.registry_errors import Erased, QuotaReached
from montages_registry.version import Content, State, Version, WriteCondition


def examine_entry(knowledge: Knowledge, source: bytes | str, syntax: str, slug: str) -> Report:
    """Return what there is to say of a text that may be an entry: one project, no violation, quads made.

    Raises Refused with every finding, or UnusableInput; the rest as `Knowledge.examine`.
    """
    examined = knowledge.examine(source, syntax, count_rows=_one_row)
    blocking = [point for point in examined.findings if point.severity == "violation"]
    if blocking:
        points, first = points_to_correct(len(blocking)), blocking[0].message
        raise Refused(
            message(
                "{slug}: {points}, and nothing was stored. The first: {first}",
                slug=slug,
                points=points,
                first=first,
            ),
            findings=examined.findings,
            final=True,
        )
    if len(examined.projects) != 1:
        raise _several(len(examined.projects))
    served_quads(knowledge.read(source, syntax), first_version(slug))
    return examined


def _one_row(number: int) -> None:
    if number > 1:
        raise _several(number)


def _several(count: int) -> UnusableInput:
    """Return the refusal of an entry that describes no project, or several: so many at least."""
    return UnusableInput(
        message(
            "An entry describes one project, and this text describes {count}: send them one by "
            "one. Nothing was stored.",
            count=count,
        ),
        projects=count,
    )


@dataclass(frozen=True)
class RefusedEntry:
    """The last version of an entry that would not be let in today, why, and the one written in its place."""

    version: Version
    why: Text
    mended: Version | None = None


def refused_entries(
    registry: Registry, knowledge: Knowledge, engine: Engine, mend: bool = False
) -> Iterator[RefusedEntry]:
    """Yield the entries that the gate of today refuses, drafts too, by slug.

    With `mend`, what can be put into a form that is let in is written, as a version of the same publisher.
    """
    for version in registry.entries(public=False):
        if version.state is State.WITHDRAWN or version.erasure is not None:
            continue
        why = _refusal(version.content, version.slug, knowledge)
        if why is not None:
            yield RefusedEntry(
                version, why, _mend(registry, version, knowledge, engine) if mend else None
            )


def _refusal(content: Content, slug: str, knowledge: Knowledge) -> Text | None:
    try:
        examine_entry(knowledge, *stored_text(content), slug)
    except MontagesError as error:
        return error.readable
    return None


def _mend(
    registry: Registry, version: Version, knowledge: Knowledge, engine: Engine
) -> Version | None:
    better = mended_content(version.content, engine)
    if better is None or _refusal(better, version.slug, knowledge) is not None:
        return None
    with suppress(QuotaReached, Erased):
        return registry.write(
            version.slug,
            better,
            Publisher(version.publisher, version.publisher, ALL_RIGHTS),
            WriteCondition(version.etag),
            state=State.DRAFT if version.state is State.DRAFT else State.PUBLISHED,
            publish_at=version.public_from,
        )
    return None


# What stands for a character in Turtle, JSON and YAML, and in XML.
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|&#x([0-9A-Fa-f]{1,6});")


def mended_content(content: Content, engine: Engine) -> Content | None:
    """Return a content whose values can stand in RDF: signs nobody sees left out, IRIs percent-encoded.

    None where that does not make it one that can be read.
    """
    while True:
        try:
            text, syntax = stored_text(content)
            if syntax in TABLE_SYNTAXES:
                return None
            engine.parse(text, syntax)
        except IllFormed as error:
            body = _better(content.body.decode(), error.values).encode()
            if body == content.body:
                return None
            content = Content(body, content.media_type)
        except MontagesError:
            return None
        else:
            return content


def _better(text: str, values: tuple[IllFormedValue, ...]) -> str:
    for value in values:
        for iri in (value.subject, value.path, value.value):
            encoded = percent_encoded(iri)
            if iri and iri_fault(iri) and iri_fault(encoded) is None:
                text = _written(iri).sub(encoded, text)
    return HIDDEN.sub("", _ESCAPE.sub(_without_sign, text))


def _written(iri: str) -> re.Pattern[str]:
    """Return the pattern of an IRI between its delimiters, each character as it is or escaped."""
    signs = (rf"(?:{re.escape(sign)}|(?i:\\u{ord(sign):04X}|\\U{ord(sign):08X}))" for sign in iri)
    return re.compile(rf"""(?<=[<"']){"".join(signs)}(?=[>"'])""")


def _without_sign(escape: re.Match[str]) -> str:
    code = next(group for group in escape.groups() if group)
    number = int(code, 16)
    hidden = number < 0x110000 and HIDDEN.match(chr(number))
    return "" if hidden else escape[0]
