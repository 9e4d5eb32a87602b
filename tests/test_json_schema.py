"""The schema of what we write is made of the classes that it is written by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import jsonschema
import orjson
import pytest

from montages import load
from montages.assessment.assessment_line import LineEntry
from montages.assessment.forms.schema import assessment_schema
from montages.json_schema import Day, Rule, Slug, json_schema
from montages.knowledge.files import library
from montages.knowledge.model import SECTIONS
from montages.publish.validation_report import Validation, validation_schema


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class PartEntry(TypedDict, total=False):
    """A part; whatever is not known of it is absent."""

    weight: Annotated[int | float, "In kilograms.", Rule(exclusiveMinimum=0)]


class ThingEntry(PartEntry):
    """A thing.

    What comes after the first line is for those who read the code.
    """

    slug: Slug
    colour: Annotated[Colour, "Its colour.", Rule("colour")]
    other: NotRequired[Annotated[Colour | None, "Another one."]]
    parts: Annotated[Sequence[PartEntry], Rule(minItems=1)]
    labels: Mapping[Slug, str]
    old: Literal[True]
    days: list[Day] | None
    written: Annotated[orjson.Fragment, list[PartEntry]]


Whole = Annotated[ThingEntry, "What differs.", Rule("some", required=[])]


def schema(kind: Any) -> dict[str, Any]:
    return json_schema("thing", kind, "Things", "What there is.")


def test_a_schema_is_made_of_a_class() -> None:
    whole = schema(ThingEntry)
    jsonschema.Draft202012Validator.check_schema(whole)
    thing, part = whole["$defs"]["thing"], whole["$defs"]["part"]
    assert (whole["title"], whole["$ref"]) == ("Things", "#/$defs/thing")
    assert thing["description"] == "A thing."
    assert thing["required"] == ["slug", "colour", "parts", "labels", "old", "days", "written"]
    assert part["required"] == []
    assert part["properties"]["weight"] == {
        "type": "number",
        "description": "In kilograms.",
        "exclusiveMinimum": 0,
    }
    assert whole["$defs"]["colour"] == {"enum": ["red", "blue"], "description": "Its colour."}
    assert thing["properties"]["old"] == {"const": True}
    assert thing["properties"]["written"] == {"type": "array", "items": {"$ref": "#/$defs/part"}}
    assert schema(Whole)["$defs"]["some"] == thing | {
        "description": "What differs.",
        "required": [],
    }


GOOD = {
    "slug": "a-b",
    "colour": "red",
    "parts": [{"weight": 1.5}],
    "labels": {"a": "A"},
    "old": True,
    "days": None,
    "written": [],
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "A b"},
        {"colour": "green"},
        {"other": "green"},
        {"parts": []},
        {"parts": [{"weight": 0}]},
        {"parts": [{"height": 1}]},
        {"labels": {"A b": "A"}},
        {"labels": {"a": 1}},
        {"old": False},
        {"days": [1]},
        {"more": 1},
    ],
    ids=str,
)
def test_what_a_class_has_not_is_refused(wrong: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(schema(ThingEntry))
    assert validator.is_valid(GOOD)
    assert validator.is_valid(GOOD | {"other": None, "days": ["2026-01-01"]})
    assert not validator.is_valid(GOOD | wrong)
    for name in GOOD:
        assert not validator.is_valid({key: value for key, value in GOOD.items() if key != name})


def test_one_name_is_one_thing_and_what_has_no_schema_is_told() -> None:
    again = Annotated[str, Rule("colour")]
    with pytest.raises(TypeError, match="two things are called colour"):
        schema(ThingEntry | again)
    with pytest.raises(TypeError, match="no schema of"):
        schema(list[object])


@pytest.mark.parametrize("made", [assessment_schema, validation_schema])
def test_our_schemas_are_schemas_and_their_objects_are_closed_and_explained(made: Any) -> None:
    whole = made()
    jsonschema.Draft202012Validator.check_schema(whole)
    objects = [each for each in whole["$defs"].values() if "properties" in each]
    assert objects
    assert all(each["additionalProperties"] is False for each in objects)
    unexplained = [name for name, each in whole["$defs"].items() if not each.get("description")]
    assert set(unexplained) <= {"slug", "unsure"}


def test_a_line_of_a_batch_is_of_its_class() -> None:
    validator = jsonschema.Draft202012Validator(json_schema("line", LineEntry, "A line", ""))
    several = library.ROOT / "data/examples/deux-perimetres.yaml"
    read_otherwise = {"project": "P", "answers": {"estimated-value": "20 k€"}}
    for source in (several, read_otherwise, *list(library.projects().values())[::10]):
        tree = load().assessment_line(source, as_of="2026-06-01", anyway=True).to_json()
        assert list(tree)[-4:] == [*dict.fromkeys(SECTIONS.values())]
        validator.validate(tree)


def test_words_that_were_not_understood_are_of_the_schema() -> None:
    assessment = load().assess({"sentence": "une chose étrange, du xyzzy"}, anyway=True)
    tree = assessment.to_json()
    assert tree["answer"]["not_understood"]
    jsonschema.Draft202012Validator(assessment_schema()).validate(tree)


MISTAKEN = (library.ROOT / "data/examples/exemple-metropole.yaml").read_text()
MISTAKEN = MISTAKEN.replace("remuneration", "remunerationn")
TABLE = "projet;porteur_type;remuneration\nA;Commune;bogus\n"


@pytest.mark.parametrize("detail", ["full", "brief"])
@pytest.mark.parametrize(("text", "syntax"), [(MISTAKEN, "yaml"), (TABLE, "csv")])
def test_a_report_is_of_its_schema(text: str, syntax: str, detail: str) -> None:
    report = load().examine(text, syntax)
    validator = jsonschema.Draft202012Validator(validation_schema())
    for lang in ("fr", "en"):
        tree = Validation(report, "project", "violation", "0" * 12, detail).to_json(lang)
        assert tree["findings"]
        assert tree["groups"]
        validator.validate(orjson.loads(orjson.dumps(tree)))
    assert ("cell" in tree["findings"][0]) == (syntax == "csv")
