"""The two parsers give the same of odd trees of our keys, in JSON and YAML (R11, R30)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parsing_comparison import difference


def nested(key: str, depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {key: value}
    return value


# What a tree of our keys says besides `project`.
TREES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "perimeters with blanks and accents": {
        "perimeters": {"Centre ville": {}, "Été": {"name": "É"}, "a/b": None}
    },
    "a perimeter with a blank, used": {
        "perimeters": {"a b": {}}, "layers": [{"layer": "objects", "perimeter": "a b"}]
    },
    "odd perimeter names": {"perimeters": {"a#b": {}, "c?d": {}, "%20": {}, "../x": {}, "a:b": {}, "": {}}},
    "perimeters and layers of one name": {"perimeters": {"objects": {}}, "layers": ["objects", "objects"]},
    "a perimeter named holder": {"perimeters": {"holder": {}}, "holder": "Metropole"},
    "nulls": {
        "perimeters": {"a": None}, "layers": None, "holder": None, "answers": None, "usages": None,
        "asserts": None, "assumes": None, "unknown": None, "description": None,
        "layers-complete": None,
    },
    "nulls in lists": {
        "usages": ["water", None], "answers": {"expertise": [None, "yes"], "duration-months": [None]}
    },
    "lists in lists": {"answers": {"duration-months": [[12]]}},
    "lists in lists of words": {"usages": [["water"]]},
    "a description in a list": {"description": ["a", "b", None, 5]},
    "a description in lists": {"description": [["a"], ["b"]]},
    "a description in an object": {"description": {"@value": "x", "@language": "de"}},
    "a number as a description": {"description": 5.5},
    "yes as a description": {"description": True},
    "a name in a list": {"holder": {"name": ["a", "b"], "siren": 123456789}},
    "a float as an identifier": {"holder": {"siren": 1.5}},
    "yes as an identifier": {"holder": {"siren": [True, "1"]}},
    "a class that is a key": {"holder": {"type": "name"}},
    "a class that is a key of JSON-LD": {"holder": {"type": ["type", "id"]}},
    "two classes": {"holder": {"type": ["Metropole", "Commune"]}},
    "a class with an accent": {"holder": "Métropole"},
    "yes among words": {"usages": [True]},
    "words that are keys": {"usages": ["name", "holder"], "retained": ["answers"]},
    "yes and no as texts": {"layers-complete": "true", "usages-complete": ["yes", 1]},
    "a year": {"signed-on": 2024},
    "a day that is none": {"signed-on": "2024-02-30"},
    "a date in an object": {"signed-on": {"@value": "x", "@type": "http://a/b"}},
    "a date in an object of ours": {"signed-on": {"@value": "2024", "@type": "date"}},
    "dates of other kinds": {"signed-on": [2024.5, True, "soon"]},
    "huge numbers": {"answers": {"duration-months": 10**40, "estimated-value": 1e300}},
    "small numbers": {"answers": {"estimated-value": 1e-30}},
    "yes as a number": {"answers": {"duration-months": True}},
    "a number as a text": {"answers": {"duration-months": "12"}},
    "yes as a yes": {"answers": {"expertise": True}},
    "an object as an answer": {"answers": {"expertise": {"@id": "yes"}}},
    "two answers": {"answers": {"expertise": ["yes", "no"]}},
    "assumptions": {"assumes": {"expertise": "yes", "duration-months": 12.50}},
    "an assumption and a mode": {
        "assumes": {"expertise": "yes"}, "layers": [{"layer": "objects", "mode": "own"}]
    },
    "assertions": {"asserts": {"mpgp-operation": "note", "a/b": "", "x y": None, "name": 5}},
    "modes and lists": {
        "layers": ["objects", {"layer": ["platform", "objects"], "mode": ["own", "subscription"]}]
    },
    "unknowns": {"unknown": ["duration-months", "term"], "complete": "dialogue-case"},
    "an object in its own context": {"holder": {"siren": {"@context": {"name": "http://x/y"}, "name": "b"}}},
    "an object in a remote context": {"holder": {"siren": {"@context": "http://x/y", "name": "b"}}},
    "an object of ours in the wrong place": {
        "holder": {"siren": {"perimeters": {"a": {"name": "n"}, "b": None}}}
    },
    "answers in the wrong place": {"holder": {"siren": {"answers": "x"}}},
    "a list of JSON-LD": {"holder": {"siren": {"@list": ["a"]}}},
    "a value of an unknown kind": {"holder": {"siren": {"@value": "x", "@type": "foo"}}},
    "a value of a bad kind": {"holder": {"siren": {"@value": "x", "@type": "http://a/b c"}}},
    "nested in 40 levels": {"holder": {"siren": nested("siren", 40)}},
    "nested too deeply": {"holder": {"siren": nested("siren", 60)}},
    "nested far too deeply": {"holder": {"siren": nested("siren", 400)}},
    "odd characters": {"description": "a\nb\r\nc\t\u2028\x7f🏙️", "holder": {"name": "@id", "siren": "@type"}},
    "half a character": {"description": "\ud800x"},
    "an unknown key": {"answers": {"foo": 1}},
    "our keys in JSON-LD": {"@id": "z"},
}  # fmt: skip


@pytest.mark.parametrize("syntax", ["json", "yaml", "json-ld"])
@pytest.mark.parametrize("case", TREES)
def test_odd_trees_of_our_keys_are_read_alike(case: str, syntax: str) -> None:
    assert not difference(json.dumps({"project": "A", **TREES[case]}), syntax)


@pytest.mark.parametrize("name", ["a b", "é", "_x", "", None, 5, True, ["a"], "  é "])
def test_odd_names_of_projects_are_read_alike(name: Any) -> None:
    for tree in ({"project": name}, {"project": "A", "id": name}):
        assert not difference(json.dumps(tree), "json")


NUMBERS = (
    *(
        "12.0",
        "12.50",
        "1e3",
        "1.50E+2",
        "-0",
        "-0.0",
        "0.1234567890123456789",
        "123456789.12345678",
    ),
    *(
        "1234567890123.12345678",
        "0.00001",
        "0.0000001",
        "1234567.0000001",
        "12345678901234567890.0",
    ),
    *("9007199254740993", "9007199254740993.0", "1e21", "1e22", "1e23", "100000000000000000000000"),
    *("100.10", "1.55e1", "1e400", "NaN", "-Infinity", "0.30000000000000004"),
)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_the_same_number_in_json_and_yaml(number: str) -> None:
    text = f'{{"project": "A", "answers": {{"estimated-value": {number}}}}}'
    assert not difference(text, "json")
    assert not difference(text, "yaml")


@pytest.mark.parametrize(
    "text", ["5", "null", '"x"', "{}", "[]", '[{"project": "A"}]', '{"a": 1, "a": 2}']
)
def test_what_is_no_tree_of_ours_is_refused_in_the_same_words(text: str) -> None:
    for syntax in ("json", "yaml", "json-ld"):
        assert not difference(text, syntax)
