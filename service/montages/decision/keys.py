"""JSON and YAML by our keys: refuse what is unknown, then hand the tree over as plain JSON-LD."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rdflib import RDF, RDFS, XSD, URIRef

from montages.decision.limits import is_long
from montages.decision.spelling import meant
from montages.decision.spelling import nearest as nearest  # others look for it here
from montages.errors import MontagesError, UnusableInput
from montages.knowledge import context as ctx
from montages.knowledge import library
from montages.knowledge.kept import kept
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug

Broken = Callable[[str, int | None, int | None, str], MontagesError]

# Faults beyond this many are not gathered; a value longer than this is cut when it is shown.
MOST_FAULTS, _SHOWN = 200, 120


def read_yaml(text: str, broken: Broken) -> Any:
    """Return the tree of a YAML text; `broken` makes the error from syntax, line, column, detail."""
    from montages.decision import yaml_text  # the YAML library, for those who write YAML only

    return yaml_text.read(text, broken)


class Faults:
    """What is wrong with a tree: the first fault stops the reading, unless all are wanted."""

    def __init__(self, every: bool = False) -> None:
        self.every = every
        self.found: list[UnusableInput] = []

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Note what is wrong with one part, which is then left out, and go on with the next."""
        try:
            yield
        except UnusableInput as fault:
            if not self.every or len(self.found) >= MOST_FAULTS:
                raise
            self.found.append(fault)


def _unknown_key(pointer: str, key: str, known: Iterable[str]) -> UnusableInput:
    known = sorted(known)
    close = nearest(key, known)
    hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
    hint_en = f" Did you mean “{close}”?" if close else ""
    key = str(key)
    shown = key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
    return UnusableInput(
        f"{pointer}/{shown} : clé inconnue.{hint_fr} Clés acceptées ici : {', '.join(known)}.",
        f"{pointer}/{shown}: unknown key.{hint_en} Keys accepted here: {', '.join(known)}.",
        pointer=f"{pointer}/{escaped(key)}",
        accepted=known,
        **({"suggestion": close} if close else {}),
    )


def escaped(key: str) -> str:
    """Return a key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _wrong(pointer: str, given: Any, fr: str, en: str, **extra: Any) -> UnusableInput:
    shown = repr(given)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return UnusableInput(
        f"{pointer} : {fr} (reçu : {shown}).",
        f"{pointer}: {en} (given: {shown}).",
        pointer=pointer,
        **extra,
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


def _answers(tree: dict[str, Any], pointer: str, faults: Faults) -> dict[str, Any]:
    known = ctx.answer_keys()
    out: dict[str, Any] = {}
    for key, value in tree.items():
        with faults.apart():
            if key not in known:
                raise _unknown_key(pointer, key, known)
            criterion = rulebook().criteria[known[key]]
            for item in _listing(value):
                _check_answer(item, criterion, f"{pointer}/{key}")
            out[key] = value
    return out


def _check_answer(item: Any, criterion: Criterion, where: str) -> None:
    allowed = [v.slug for v in criterion.values]
    if criterion.numeric_property:
        written = isinstance(item, (int, float)) or _is_decimal(item)
        if isinstance(item, bool) or not written or not math.isfinite(item) or is_long(item):
            raise _wrong(where, item, "il faut un nombre", "a number is needed")
    elif isinstance(item, bool) and set(allowed) == {"yes", "no"}:
        raise _wrong(
            where, item, "écrivez yes ou no", "write yes or no", suggestion="yes" if item else "no"
        )
    elif item not in allowed:
        raise _unknown_value(where, item, allowed)


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"


def _node(
    tree: dict[str, Any], pointer: str, known: Iterable[str], faults: Faults
) -> dict[str, Any]:
    """Return a project, perimeter or layer use with its keys checked and its short forms written out."""
    out: dict[str, Any] = {}
    for key, value in tree.items():
        with faults.apart():
            if key not in known:
                raise _unknown_key(pointer, key, known)
            where = f"{pointer}/{key}"
            if key in _NAMES:
                _check_words(value, _named(_NAMES[key]), where)
            read = _READ.get(key)
            out[key] = read(value, where, faults) if read else value
    return out


def _read_answers(value: Any, where: str, faults: Faults) -> Any:
    return _answers(_mapping(value, where), where, faults)


def _read_asserts(value: Any, where: str, faults: Faults) -> Any:
    return [
        {"type": "Assertion", "requirement": name, **({"note": str(note)} if note else {})}
        for name, note in sorted(_mapping(value, where).items())
    ]


def _read_assumes(value: Any, where: str, faults: Faults) -> Any:
    assumed = _answers(_mapping(value, where), where, faults)
    return [{"type": "Assumption", "answers": {k: v}} for k, v in assumed.items()]


def _read_criteria(value: Any, where: str, faults: Faults) -> Any:
    criteria = rulebook().criteria
    names = ctx.answer_keys() | {name: name for name in criteria}
    found = []
    for item in _listing(value):
        with faults.apart():
            if not isinstance(item, str) or item not in names:
                raise _unknown_key(where, str(item), criteria)
            found.append(names[item])
    return found


_DATED = {r"\d{4}": XSD.gYear, r"\d{4}-\d{2}": XSD.gYearMonth, r"\d{4}-\d{2}-\d{2}": XSD.date}


def _dated(value: Any, where: str, faults: Faults) -> Any:
    """Return a year, a month or a day as a typed literal; anything else as it is, for the shapes to tell."""
    for pattern, datatype in _DATED.items():
        if re.fullmatch(pattern, str(value)):
            return {"@value": str(value), "@type": str(datatype)}
    return value


# How the value of a key is read, where it is not taken as it is.
_READ: dict[str, Callable[[Any, str, Faults], Any]] = {
    "answers": _read_answers,
    "asserts": _read_asserts,
    "assumes": _read_assumes,
    "unknown": _read_criteria,
    "complete": _read_criteria,
    "signed-on": _dated,
}


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


def _holder(value: Any, pointer: str, project: str, faults: Faults) -> dict[str, Any] | None:
    tree = {"type": value} if isinstance(value, str) else _mapping(value, pointer)
    out: dict[str, Any] = {}
    for key, given in tree.items():
        with faults.apart():
            if key not in ctx.HOLDER_KEYS:
                raise _unknown_key(pointer, key, ctx.HOLDER_KEYS)
            if key == "type" and given is not None:
                _check_words(given, _actor_classes(), f"{pointer}/type")
            out[key] = given
    # A form left empty says nothing of the holder, not that there is one without a name.
    filled = any(value is not None for value in out.values())
    return {"@id": f"{project}#holder", **out} if filled else None


def to_json_ld(
    tree: dict[str, Any], faults: Faults | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a tree of our keys as JSON-LD, and where each node stood (IRI fragment → JSON pointer).

    Raises UnusableInput naming the field, what was given, what is accepted and the nearest spelling. Where
    `faults` wants every fault, they are gathered there, and what is at fault is left out.
    """
    faults = faults or Faults()
    name = "projet"
    with faults.apart():
        name = _project_name(tree)
    places = {name: ""}
    said = {k: v for k, v in tree.items() if k not in ("id", "holder", "layers", "perimeters")}
    if not isinstance(tree.get("project", ""), str):
        said.pop("project")
    out = _node(said, "", ctx.PROJECT_KEYS, faults)
    out |= {"@context": ctx.context()["@context"], "@id": name, "type": "Project"}
    if tree.get("holder") is not None:
        with faults.apart():
            out["holder"] = _holder(tree["holder"], "/holder", name, faults)
            places[f"{name}#holder"] = "/holder"
    areas: dict[str, Any] = {}
    with faults.apart():
        areas = _mapping(tree.get("perimeters"), "/perimeters")
    if areas:
        out["perimeters"] = _perimeters(areas, name, places, faults)
    layers = _listing(tree.get("layers"))
    if layers:
        out["layers"] = _layers(layers, name, areas, places, faults)
    return {k: v for k, v in out.items() if v is not None}, places


def _project_name(tree: dict[str, Any]) -> str:
    if not isinstance(tree.get("project", ""), str) or not isinstance(tree.get("id", ""), str):
        raise _wrong("/project", tree.get("project"), "il faut un nom", "a name is needed")
    name = str(tree.get("id") or slugify(tree.get("project") or "projet"))
    if not _WORD.fullmatch(name):
        raise _wrong(
            "/id",
            name,
            f"il faut un mot sans espace ni accent, par exemple {slugify(name)}",
            f"a word without spaces or accents is needed, for example {slugify(name)}",
            suggestion=slugify(name),
        )
    return name


def _perimeters(
    areas: dict[str, Any], name: str, places: dict[str, str], faults: Faults
) -> dict[str, Any]:
    out = {}
    for key, area in areas.items():
        pointer = f"/perimeters/{escaped(str(key))}"
        with faults.apart():
            node = _node(_mapping(area, pointer), pointer, ctx.PERIMETER_KEYS, faults)
            out[f"{name}#{key}"] = {"type": "Perimeter", "name": str(key), **node}
            places[f"{name}#{key}"] = pointer
    return out


def _layers(
    layers: list[Any], name: str, areas: dict[str, Any], places: dict[str, str], faults: Faults
) -> list[dict[str, Any]]:
    out, taken = [], dict.fromkeys(areas, 1)
    for n, layer in enumerate(layers):
        pointer = f"/layers/{n}"
        with faults.apart():
            node = _layer(layer, pointer, name, areas, faults)
            if node is None:
                continue
            own = slug(str(node["layer"]))
            taken[own] = taken.get(own, 0) + 1
            fragment = own if taken[own] == 1 else f"{own}-{taken[own]}"
            places[f"{name}#{fragment}"] = pointer
            out.append({"@id": f"{name}#{fragment}", "type": "LayerUse", **node})
    return out


def _layer(
    layer: Any, pointer: str, name: str, areas: dict[str, Any], faults: Faults
) -> dict[str, Any] | None:
    tree = {"layer": layer} if isinstance(layer, str) else _mapping(layer, pointer)
    node = _node(tree, pointer, ctx.LAYER_KEYS, faults)
    if "layer" not in node:
        raise _wrong(pointer, tree, "il manque la clé « layer »", "the “layer” key is missing")
    node["perimeter"] = []
    for area in _listing(tree.get("perimeter")):
        with faults.apart():
            if not isinstance(area, str) or area not in areas:
                raise _unknown_perimeter(f"{pointer}/perimeter", area, areas)
            node["perimeter"].append(f"{name}#{area}")
    known, mode = False, node.pop("mode", None)
    with faults.apart():
        _check_choice(tree["layer"], "layer", f"{pointer}/layer")
        known = True
    with faults.apart():
        _check_choice(mode, "management-mode", f"{pointer}/mode")
        node["mode"] = mode
    return node if known else None


def _unknown_perimeter(pointer: str, given: Any, areas: dict[str, Any]) -> UnusableInput:
    if areas:
        return _unknown_value(pointer, given, [str(area) for area in areas])
    return _wrong(
        pointer,
        given,
        "ce périmètre n'est pas décrit : ajoutez-le sous la clé « perimeters » du projet, par exemple "
        f"« perimeters: {{{given}: {{}}}} »",
        "this perimeter is not described: add it under the project's “perimeters” key, for example "
        f"“perimeters: {{{given}: {{}}}}”",
    )


def _check_choice(given: Any, criterion: str, pointer: str) -> None:
    allowed = [v.slug for v in rulebook().criteria[criterion].values]
    for item in _listing(given):
        if item not in allowed:
            raise _unknown_value(pointer, item, allowed)


def _unknown_value(pointer: str, given: Any, allowed: list[str]) -> UnusableInput:
    close = meant(str(given), allowed)
    hint_fr = f" ; vouliez-vous « {close} » ?" if close else ""
    hint_en = f"; did you mean “{close}”?" if close else ""
    return _wrong(
        pointer,
        given,
        f"valeur inconnue, acceptées : {', '.join(allowed)}{hint_fr}",
        f"unknown value, accepted: {', '.join(allowed)}{hint_en}",
        accepted=allowed,
        **({"suggestion": close} if close else {}),
    )
