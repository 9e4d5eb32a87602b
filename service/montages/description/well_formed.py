"""What may stand in RDF: IRIs as RFC 3987, language tags as BCP 47, texts as XML 1.0 have them.

Whatever syntax a value came in, it is asked here once its escapes are read, before anything is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from montages.bilingual import Text, message
from montages.description.facts import BLANK, Facts, Term
from montages.description.limits import check_faults
from montages.description.readings import pointer_step
from montages.errors import UnusableInput
from montages.hidden_signs import HIDDEN, excerpt, visible

# Such a sign, or what may stand for one in some syntax.
_MAY_HIDE = re.compile(rf"{HIDDEN.pattern}|[\\\\&]|@language")
_LANGUAGE_KEY = "@language"
_NOT_IN_IRI = re.compile(rf'{HIDDEN.pattern}|[\s<>"{{}}|\\^`\[\]]')
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Characters of a value that are told.
_LONGEST = 200

_SIGN = message(
    "a text has a sign that is invisible or forbidden ({value}), which would have it misread: "
    "remove it"
)
_LANGUAGE = message("“{value}” is no language tag (BCP 47): write fr or fr-CA, for example")
_IRI = message("“{value}” is no address (IRI): {reason}")
_SPACE = message("write %20 in place of the space")
_CHARACTER = message("the character {value} is not allowed in it")
_HEXADECIMAL = message("two hexadecimal digits come after “%”")
_NO_SCHEME = message("its beginning is missing, such as https:")
_RFC = message("its host or port is not as in RFC 3987")


@dataclass(frozen=True)
class IllFormedValue:
    """A value that cannot stand in RDF, with the statement it is of or the JSON pointer where it stands."""

    message: Text
    subject: str = ""
    path: str = ""
    value: str = ""
    pointer: str | None = None


class IllFormed(UnusableInput):
    """Values of a description cannot stand in RDF; `values` are all of them."""

    def __init__(self, values: Iterable[IllFormedValue]) -> None:
        self.values = tuple(values)
        check_faults(len(self.values))
        first = self.values[0].message
        super().__init__(
            Text(f"{first.fr[:1].upper()}{first.fr[1:]}.", f"{first.en[:1].upper()}{first.en[1:]}.")
        )


def iri_fault(iri: str) -> Text | None:
    """Return why a text is no absolute IRI, None where it is one."""
    try:
        ox.NamedNode(iri)
    except (ValueError, UnicodeEncodeError):
        return _IRI.fill(value=excerpt(iri, _LONGEST), reason=_why_no_iri(iri))
    return None


def _why_no_iri(iri: str) -> Text:
    sign = _NOT_IN_IRI.search(iri)
    if sign:
        return _SPACE if sign[0] == " " else _CHARACTER.fill(value=visible(sign[0]))
    if _PERCENT.search(iri):
        return _HEXADECIMAL
    return _RFC if _SCHEME.match(iri) else _NO_SCHEME


def text_fault(text: str) -> Text | None:
    """Return which sign of a text may not stand there, None where all may."""
    sign = HIDDEN.search(text)
    return _SIGN.fill(value=f"U+{ord(sign[0]):04X}") if sign else None


def language_fault(tag: str) -> Text | None:
    """Return why a text is no language tag, None where it is one."""
    try:
        ox.Literal("", language=tag)
    except (ValueError, UnicodeEncodeError):
        return _LANGUAGE.fill(value=excerpt(tag, _LONGEST))
    return None


def check_facts(facts: Facts) -> None:
    """Raise IllFormed for facts with a value that cannot stand in RDF."""
    faults: dict[Term, Text | None] = {}
    values: dict[IllFormedValue, None] = {}
    for triple in facts:
        for number, term in enumerate(triple, 1):
            if term not in faults:
                faults[term] = _fault_of(term)
            if fault := faults[term]:
                texts = (t.value if isinstance(t, ox.Literal) else t for t in triple[:number])
                values[IllFormedValue(fault, *texts)] = None
    if values:
        raise IllFormed(sorted(values, key=lambda v: (v.subject, v.path, v.value)))


def _fault_of(term: Term) -> Text | None:
    if isinstance(term, str):
        return None if term.startswith(BLANK) else iri_fault(term)
    fault = text_fault(term.value)
    if fault is None and term.language:
        return language_fault(term.language)
    return fault or iri_fault(term.datatype.value)


def check_tree(tree: Any, text: str | None = None) -> None:
    """Raise IllFormed for a tree with a text that has such a sign; it was read from `text`, if any."""
    if (text is None or _MAY_HIDE.search(text)) and (values := list(_of_tree(tree))):
        raise IllFormed(values)


def _of_tree(tree: Any) -> Iterator[IllFormedValue]:
    todo = [("", tree)]
    while todo:
        pointer, node = todo.pop()
        if isinstance(node, str) and (fault := text_fault(node)):
            yield IllFormedValue(fault, value=node, pointer=pointer)
        elif isinstance(node, dict):
            for key, value in node.items():
                fault = text_fault(str(key))
                if fault is None and key == _LANGUAGE_KEY and isinstance(value, str):
                    fault = language_fault(value)
                if fault:
                    yield IllFormedValue(
                        fault, value=str(key), pointer=f"{pointer}/{pointer_step(str(key))}"
                    )
            todo += [(f"{pointer}/{pointer_step(str(k))}", v) for k, v in reversed(node.items())]
        elif isinstance(node, list):
            todo += [(f"{pointer}/{n}", item) for n, item in reversed(list(enumerate(node)))]
