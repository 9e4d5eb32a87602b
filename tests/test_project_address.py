"""A project in an address: the same both ways, readable, a bad parameter told and the rest kept (R30)."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montages import load
from montages.description.address.project_address import (
    LONGEST,
    PASSABLE,
    RULES,
    ProjectAddress,
    accepted_parameters,
    in_order,
    layer_names,
)
from montages.description.address.read_address import AddressReading, read_address
from montages.description.address.write_address import address_query
from montages.description.parsing.key_values import things_of
from montages.description.to_keys import to_keys
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slugify

CRITERIA = rulebook().criteria
KEYS = criterion_keys()
USAGES = things_of(str(MTG.Usage))
LAYERS = [v.slug for v in CRITERIA["layer"].values]
MODES = [v.slug for v in CRITERIA["management-mode"].values]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
WORD = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)


def read(query: str) -> AddressReading:
    return read_address(parse_qsl(query, keep_blank_values=True))


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


@st.composite
def nodes(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what may be said of a project, a perimeter or a layer use alike."""
    node: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(list(CRITERIA)), max_size=6, unique=True)):
        criterion = CRITERIA[name]
        if criterion.numeric_property:
            number = st.integers(0, 10**9) | st.sampled_from([0.5, 1234.25])
            values = draw(st.lists(number, min_size=1, max_size=2, unique=True))
        else:
            values = draw(some([v.slug for v in criterion.values]))
        one = len(values) == 1 and not criterion.multiple
        node.setdefault("answers", {})[KEYS[name]] = values[0] if one else values
    for key in ("unknown", "complete"):
        if names := draw(st.lists(st.sampled_from(list(CRITERIA)), max_size=2, unique=True)):
            node[key] = names
    if draw(st.booleans()):
        node["asserts"] = draw(st.dictionaries(WORD, st.just("") | TEXT, min_size=1, max_size=2))
    if draw(st.booleans()):
        node["retained"] = draw(some(["mpgp", "dsp"]))
    return node


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a description of our keys in its own form."""
    tree = draw(nodes())
    for key in ("project", "project-en", "description"):
        if draw(st.booleans()):
            tree[key] = draw(TEXT)
    if draw(st.booleans()):
        tree["id"] = draw(WORD)
    kinds = draw(
        st.lists(st.sampled_from(sorted(classes_of_kinds().values())), max_size=2, unique=True)
    )
    holder = {"type": kinds[0] if len(kinds) == 1 else kinds} if kinds else {}
    if holder := holder | ({"name": draw(TEXT)} if draw(st.booleans()) else {}):
        tree["holder"] = holder
    if draw(st.booleans()):
        tree["usages"] = draw(some(USAGES))
    areas = draw(st.dictionaries(WORD, nodes(), max_size=2))
    if areas:
        tree["perimeters"] = areas
    layers = []
    for layer in draw(st.lists(st.sampled_from(LAYERS), max_size=3)):
        use = draw(nodes()) | {"layer": layer}
        if draw(st.booleans()):
            use["mode"] = draw(st.sampled_from(MODES))
        if areas and draw(st.booleans()):
            use["perimeter"] = draw(st.sampled_from(sorted(areas)))
        layers.append(use)
    if layers:
        tree["layers"] = layers
    for flag in ("layers-complete", "usages-complete", "presumptions"):
        if draw(st.booleans()):
            tree[flag] = draw(st.booleans())
    if draw(st.booleans()):
        tree["assumes"] = {"lots": "separable", "estimated-value": 5}
    return tree


@st.composite
def addresses(draw: st.DrawFn) -> ProjectAddress:
    days = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
    passed = frozenset(draw(st.lists(st.sampled_from(PASSABLE), unique=True)))
    rules = draw(st.just("") | st.from_regex(r"[0-9a-f]{12}", fullmatch=True))
    return ProjectAddress(in_order(draw(trees())), passed, draw(days), draw(days), rules)


@pytest.mark.slow
@settings(max_examples=60)
@given(addresses())
def test_a_project_comes_back_from_its_address_as_it_was(address: ProjectAddress) -> None:
    reading = read(address_query(address))
    assert reading.faults == ()
    back = reading.address
    if back.tree.get("id") is None and address.tree.get("id"):  # the one that its name gives
        assert address.tree["id"] == slugify(address.tree.get("project", "projet"))
        back.tree["id"] = address.tree["id"]
    assert in_order(back.tree) == address.tree
    assert (back.passed, back.as_of, back.day, back.rules) == (
        address.passed,
        address.as_of,
        address.day,
        address.rules,
    )


PARAMETER = st.sampled_from(
    [*accepted_parameters(), "objects.lots", "@nord.lots", "holder.name", "x"]
)
VALUE = st.sampled_from(
    [
        "?",
        "yes",
        "oui",
        "20 k€",
        "objects:own,storage@nord",
        "nord",
        "?,public",
        "2026-01-01",
        "a,b",
        "",
    ]
) | st.text(max_size=8)


@settings(max_examples=60)
@given(st.lists(st.tuples(PARAMETER, VALUE), max_size=8))
def test_whatever_a_link_says_its_own_form_is_read_as_it_was(pairs: list[tuple[str, str]]) -> None:
    first = read_address(pairs)
    query = address_query(first.address)
    again = read(query)
    assert again.faults == ()
    assert all(isinstance(r.read, bool) for r in again.readings)
    assert address_query(again.address) == query


def test_a_link_reads_well_and_in_one_order() -> None:
    reading = read(
        "lots=%3F&estimated-value=20%20000%20%E2%82%AC&layers=objects%3Aown&complete=layers"
        "&usages=roads&usages=street-lighting&holder=Commune&day=2026-11-26&rules=0123456789ab"
    )
    assert reading.faults == ()
    assert address_query(reading.address) == (
        "holder=commune&usages=roads,street-lighting&layers=objects:own&estimated-value=20000&lots=?"
        "&complete=layers&day=2026-11-26&rules=0123456789ab"
    )
    assert [r.read for r in reading.readings] == [20000]


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("holder=Communauté d'agglomération", "holder=communaute-d-agglomeration"),
        ("holder=?", "holder=?"),
        ("usages=Éclairage public,Voirie", "usages=street-lighting,roads"),
        ("layers=Objets connectés:En propre", "layers=objects:own"),
        ("layers=?", "layers=?"),
        ("duration-months=12 ans", "duration-months=144"),
        ("estimated-value=1,5 M€", "estimated-value=1500000"),
        ("lots=oui", ""),
        ("perimeters=Secteur nord&layers=objects@Secteur nord",
         "perimeters=secteur-nord&layers=objects@secteur-nord&@secteur-nord.name=Secteur+nord"),
        ("perimeters=nord&@nord.lots=Séparable", "perimeters=nord&@nord.lots=separable"),
        ("layers=objects,objects:own&objects-2.lots=?", "layers=objects,objects:own&objects-2.lots=?"),
        ("dialogue-case=none&complete=dialogue-case", "dialogue-case=none&complete=dialogue-case"),
        ("lots=separable,inseparable", "lots=separable,inseparable"),
        ("project=Éclairage & voirie", "project=%C3%89clairage+&+voirie".replace("&", "%26", 1)),
    ],
)  # fmt: skip
def test_values_are_read_as_people_write_them(query: str, canonical: str) -> None:
    pairs = [tuple(part.split("=", 1)) for part in query.split("&") if "=" in part]
    if query.startswith("project="):
        pairs = [("project", query.removeprefix("project="))]
    assert address_query(read_address(pairs).address) == canonical  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "told", "kept"),
    [
        ("lots=peut-être&holder=commune", "Découpage en lots", "holder=commune"),
        ("montant=20000&holder=commune", "estimated-value", "holder=commune"),
        ("estimated-value=beaucoup&lots=?", "il faut un nombre", "lots=?"),
        ("usages=street-lighting,pulbic", "Usages", "usages=street-lighting"),
        ("layers=objects@sud", "quartier « sud »", "layers=objects"),
        ("layers=objects:subscribed", "En propre, En délégation, Par abonnement", "layers=objects"),
        ("storage.lots=separable&lots=?", "partie du projet « storage »", "lots=?"),
        ("as_of=hier&lots=?", "hier", "lots=?"),
        ("rules=<script>&lots=?", "lien", "lots=?"),
        ("presumptions=maybe&lots=?", "Oui, Non", "lots=?"),
        ("complete=lots,rien", "rien", "complete=lots"),
    ],
)
def test_a_bad_parameter_is_told_with_what_to_do_and_the_rest_is_kept(
    query: str, told: str, kept: str
) -> None:
    reading = read(query)
    assert address_query(reading.address) == kept
    (fault,) = reading.faults
    for lang in ("fr", "en"):
        assert fault.message[lang].endswith((".", "?"))
    assert told in fault.message.fr or query.startswith("rules")


def test_a_link_full_of_bad_parameters_is_told_in_few_lines() -> None:
    reading = read("&".join(f"x{n}=1" for n in range(400)))
    assert len(reading.faults) == 21
    assert "380" in reading.faults[-1].message.fr


def test_every_answer_of_a_full_example_fits_in_a_link_and_says_the_same() -> None:
    knowledge = load()
    for name, path in library.projects().items():
        description = knowledge.read(path)
        tree = to_keys(description.graph, description.project)
        query = address_query(ProjectAddress(tree))
        reading = read(query)
        assert reading.faults == (), name
        assert address_query(reading.address) == query
        again = to_keys(knowledge.read(reading.address.tree).graph, description.project)
        for node in (*tree.get("perimeters", {}).values(), *tree.get("layers", ())):
            node.pop("description", None)  # no key of a part has it
        assert {**again, "layers": 0} == {**tree, "layers": 0}, name
        assert len(list(layer_names(again.get("layers")))) == len(tree.get("layers", ())), name
        assert len(query) < 2 * LONGEST, (name, len(query))


def test_no_key_stands_for_two_parameters() -> None:
    names = accepted_parameters()
    assert len(names) == len(set(names))
    assert RULES in names
