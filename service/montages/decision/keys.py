"""JSON and YAML by our keys: refuse what is unknown, then hand the tree over as plain JSON-LD."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from rdflib import RDF, RDFS, XSD, URIRef

from montages.errors import MontagesError, UnusableInput
from montages.knowledge import context as ctx
from montages.knowledge import library
from montages.knowledge.kept import kept
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug

Broken = Callable[[str, int | None, int | None, str], MontagesError]


def read_yaml(text: str, broken: Broken) -> Any:
    """Return the tree of a YAML text; `broken` makes the error from syntax, line, column, detail."""
    from montages.decision import yaml_text  # the YAML library, for those who write YAML only

    return yaml_text.read(text, broken)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a misspelt one, None when none is close."""
    found = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def _unknown_key(pointer: str, key: str, known: Iterable[str]) -> UnusableInput:
    known = sorted(known)
    close = nearest(key, known)
    hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
    hint_en = f" Did you mean “{close}”?" if close else ""
    return UnusableInput(
        f"{pointer}/{key} : clé inconnue.{hint_fr} Clés acceptées ici : {', '.join(known)}.",
        f"{pointer}/{key}: unknown key.{hint_en} Keys accepted here: {', '.join(known)}.",
        pointer=f"{pointer}/{key}",
        accepted=known,
    )


def _wrong(pointer: str, given: Any, fr: str, en: str) -> UnusableInput:
    return UnusableInput(
        f"{pointer} : {fr} (reçu : {given!r}).",
        f"{pointer}: {en} (given: {given!r}).",
        pointer=pointer,
    )


def slugify(name: str) -> str:
    """Return a name as a slug: lower case, no accents, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "projet"


def _mapping(value: Any, pointer: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(
            pointer, value, "il faut des paires clé: valeur", "key: value pairs are needed"
        )
    return value


def _listing(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _answers(tree: dict[str, Any], pointer: str) -> dict[str, Any]:
    known = ctx.answer_keys()
    out: dict[str, Any] = {}
    for key, value in tree.items():
        if key not in known:
            raise _unknown_key(pointer, key, known)
        criterion = rulebook().criteria[known[key]]
        allowed = [v.slug for v in criterion.values]
        given = _listing(value)
        for item in given:
            where = f"{pointer}/{key}"
            if criterion.numeric_property:
                written = isinstance(item, (int, float)) or _is_decimal(item)
                if isinstance(item, bool) or not written or not math.isfinite(item):
                    raise _wrong(where, item, "il faut un nombre", "a number is needed")
            elif isinstance(item, bool) and set(allowed) == {"yes", "no"}:
                raise _wrong(where, item, "écrivez yes ou no", "write yes or no")
            elif item not in allowed:
                close = nearest(str(item), allowed)
                more_fr = f" ; vouliez-vous « {close} » ?" if close else ""
                more_en = f"; did you mean “{close}”?" if close else ""
                raise _wrong(
                    where,
                    item,
                    f"valeur inconnue, acceptées : {', '.join(allowed)}{more_fr}",
                    f"unknown value, accepted: {', '.join(allowed)}{more_en}",
                )
        out[key] = value
    return out


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"


def _node(tree: dict[str, Any], pointer: str, known: Iterable[str]) -> dict[str, Any]:
    """Return a project, perimeter or layer use with its keys checked and its short forms written out."""
    out: dict[str, Any] = {}
    for key, value in tree.items():
        if key not in known:
            raise _unknown_key(pointer, key, known)
        where = f"{pointer}/{key}"
        if key in _NAMES:
            _check_words(value, _named(_NAMES[key]), where)
        if key == "answers":
            out["answers"] = _answers(_mapping(value, where), where)
        elif key == "asserts":
            notes = _mapping(value, where)
            out["asserts"] = [
                {"type": "Assertion", "requirement": name, **({"note": str(n)} if n else {})}
                for name, n in sorted(notes.items())
            ]
        elif key in ("unknown", "complete"):
            criteria = rulebook().criteria
            names = ctx.answer_keys() | {name: name for name in criteria}
            for item in _listing(value):
                if item not in names:
                    raise _unknown_key(where, str(item), criteria)
            out[key] = [names[item] for item in _listing(value)]
        elif key == "assumes":
            assumed = _answers(_mapping(value, where), where)
            out["assumes"] = [{"type": "Assumption", "answers": {k: v}} for k, v in assumed.items()]
        elif key == "signed-on":
            out[key] = _dated(value)
        else:
            out[key] = value
    return out


_DATED = {r"\d{4}": XSD.gYear, r"\d{4}-\d{2}": XSD.gYearMonth, r"\d{4}-\d{2}-\d{2}": XSD.date}


def _dated(value: Any) -> Any:
    """Return a year, a month or a day as a typed literal; anything else as it is, for the shapes to tell."""
    for pattern, datatype in _DATED.items():
        if re.fullmatch(pattern, str(value)):
            return {"@value": str(value), "@type": str(datatype)}
    return value


_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# Keys whose values become IRIs: what cannot be one would vanish without a word.
_NAMES = {
    "usages": MTG.Usage,
    "retained": MTG.ContractType,
    "retained-procedure": MTG.Procedure,
    "retained-channels": MTG.Channel,
}


def _check_words(value: Any, allowed: Iterable[str], pointer: str) -> None:
    """Refuse a value that is no single word, with what is accepted and the nearest spelling."""
    for item in _listing(value):
        if not isinstance(item, str) or not _WORD.fullmatch(item):
            raise _unknown_value(pointer, item, sorted(allowed))


@kept
def _named(kind: str) -> list[str]:
    """Return the slugs of the things of a kind, sorted."""
    return sorted(slug(str(t)) for t in library.data().subjects(RDF.type, URIRef(kind)))


@kept
def _actor_classes() -> list[str]:
    """Return the slugs of the kinds of holder, sorted."""
    below = library.ontology().transitive_subjects(RDFS.subClassOf, MTG.Actor)
    return sorted(slug(str(cls)) for cls in below if isinstance(cls, URIRef))


def _holder(value: Any, pointer: str, project: str) -> dict[str, Any] | None:
    tree = {"type": value} if isinstance(value, str) else _mapping(value, pointer)
    if tree.get("type") is not None:
        _check_words(tree["type"], _actor_classes(), f"{pointer}/type")
    for key in tree:
        if key not in ctx.HOLDER_KEYS:
            raise _unknown_key(pointer, key, ctx.HOLDER_KEYS)
    # A form left empty says nothing of the holder, not that there is one without a name.
    filled = any(value is not None for value in tree.values())
    return {"@id": f"{project}#holder", **tree} if filled else None


def to_json_ld(tree: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a tree of our keys as JSON-LD, and where each node stood (IRI fragment → JSON pointer).

    Raises UnusableInput naming the field, what was given, what is accepted and the nearest spelling.
    """
    if not isinstance(tree.get("project", ""), str) or not isinstance(tree.get("id", ""), str):
        raise _wrong("/project", tree.get("project"), "il faut un nom", "a name is needed")
    name = tree.get("id") or slugify(tree.get("project") or "projet")
    if not _WORD.fullmatch(name):
        raise _wrong(
            "/id",
            name,
            f"il faut un mot sans espace ni accent, par exemple {slugify(name)}",
            f"a word without spaces or accents is needed, for example {slugify(name)}",
        )
    places = {name: ""}
    out = _node({k: v for k, v in tree.items() if k != "id"}, "", ctx.PROJECT_KEYS)
    out |= {"@context": ctx.context()["@context"], "@id": name, "type": "Project"}
    if out.get("holder") is not None:
        out["holder"] = _holder(tree["holder"], "/holder", name)
    areas = _mapping(tree.get("perimeters"), "/perimeters")
    if areas:
        out["perimeters"] = {}
        for key, area in areas.items():
            pointer = f"/perimeters/{key}"
            node = _node(_mapping(area, pointer), pointer, ctx.PERIMETER_KEYS)
            out["perimeters"][f"{name}#{key}"] = {"type": "Perimeter", "name": str(key), **node}
            places[f"{name}#{key}"] = pointer
    layers = _listing(tree.get("layers"))
    if layers:
        out["layers"] = _layers(layers, name, areas, places)
    return {k: v for k, v in out.items() if v is not None}, places


def _layers(
    layers: list[Any], name: str, areas: dict[str, Any], places: dict[str, str]
) -> list[dict[str, Any]]:
    out, taken = [], dict.fromkeys(areas, 1)
    for n, layer in enumerate(layers):
        pointer = f"/layers/{n}"
        tree = {"layer": layer} if isinstance(layer, str) else _mapping(layer, pointer)
        node = _node(tree, pointer, ctx.LAYER_KEYS)
        if "layer" not in node:
            raise _wrong(pointer, tree, "il manque la clé « layer »", "the “layer” key is missing")
        node["perimeter"] = []
        for area in _listing(tree.get("perimeter")):
            if area not in areas:
                raise _unknown_key(f"{pointer}/perimeter", str(area), areas)
            node["perimeter"].append(f"{name}#{area}")
        for choice, key in (("layer", "layer"), ("mode", "management-mode")):
            _check_choice(tree.get(choice), key, f"{pointer}/{choice}")
        own = slug(str(node["layer"]))
        taken[own] = taken.get(own, 0) + 1
        fragment = own if taken[own] == 1 else f"{own}-{taken[own]}"
        places[f"{name}#{fragment}"] = pointer
        out.append({"@id": f"{name}#{fragment}", "type": "LayerUse", **node})
    return out


def _check_choice(given: Any, criterion: str, pointer: str) -> None:
    allowed = [v.slug for v in rulebook().criteria[criterion].values]
    for item in _listing(given):
        if item not in allowed:
            raise _unknown_value(pointer, item, allowed)


def _unknown_value(pointer: str, given: Any, allowed: list[str]) -> UnusableInput:
    close = nearest(str(given), allowed)
    hint_fr = f" ; vouliez-vous « {close} » ?" if close else ""
    hint_en = f"; did you mean “{close}”?" if close else ""
    return _wrong(
        pointer,
        given,
        f"valeur inconnue, acceptées : {', '.join(allowed)}{hint_fr}",
        f"unknown value, accepted: {', '.join(allowed)}{hint_en}",
    )
