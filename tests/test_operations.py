"""One table of operations: a name, a parameter and a word are the same at every door."""

from __future__ import annotations

import subprocess
import sys
from inspect import signature
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from montages.api import Knowledge
from montages.cli.main import montages
from montages.operations.operation import Operation, loaded
from montages.operations.parameter import FAIL_ON
from montages.operations.table import ADVICE, OPERATIONS, offered_by
from montages.validation.findings import LEVELS
from montages.web import ROUTES

DOCS = Path(__file__).parents[1] / "docs"
EVERY = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
# What a door adds to what an operation takes.
OF_DOORS = {
    "cli": {"file", "files", "form", "engine", "lang", "help"},
    "http": {"format", "legend", "shapes"},
}


def names(operation: Operation, door: str) -> set[str]:
    """Return the names of the parameters that an operation has at a door."""
    parameters = (*operation.own_parameters(door), *operation.shared_parameters(door))
    return {parameter.name for parameter in parameters}


@pytest.mark.parametrize("operation", offered_by("cli"), ids=lambda operation: operation.name)
def test_a_command_takes_the_parameters_of_its_operation_by_their_names(
    operation: Operation,
) -> None:
    command = montages.commands[operation.name]
    taken = {str(parameter.name) for parameter in command.params}
    assert taken - OF_DOORS["cli"] == names(operation, "cli") - {"lang"}
    for option in command.params:
        if isinstance(option, click.Option) and option.name in names(operation, "cli"):
            assert option.opts[0] == f"--{option.name.replace('_', '-')}"


@pytest.mark.parametrize("operation", offered_by("http"), ids=lambda operation: operation.name)
def test_a_route_takes_the_parameters_of_its_operation_by_their_names(operation: Operation) -> None:
    route = next(r for r in ROUTES if (r.method, r.path) == ("post", f"/{operation.name}"))
    taken = {parameter.name for parameter in route.parameters}
    assert taken - OF_DOORS["http"] == names(operation, "http")
    assert route.summary == operation.summary


@EVERY
def test_a_door_leaves_out_and_sets_only_what_an_operation_has(operation: Operation) -> None:
    every = {parameter.name for parameter in (*operation.own, *operation.shared)}
    for door in operation.doors.values():
        assert set(door.left_out) <= every
        assert set(door.defaults) <= every


def test_a_description_fails_from_each_severity_that_a_finding_has() -> None:
    assert FAIL_ON.choices == LEVELS


@EVERY
def test_an_operation_is_told_in_both_languages(operation: Operation) -> None:
    parameters = (*operation.own, *operation.shared)
    texts = (operation.title, operation.summary, operation.help, *(p.text for p in parameters))
    for text in (*texts, *(text for _, text in operation.examples)):
        assert text.fr
        assert text.en
        assert text.fr != text.en


@pytest.mark.parametrize("operation", ADVICE, ids=lambda operation: operation.name)
def test_advice_is_a_method_of_its_name_with_a_schema_and_forms(operation: Operation) -> None:
    assert callable(getattr(Knowledge, operation.method))
    Draft202012Validator.check_schema(loaded(operation.output))
    assert all(callable(loaded(name)) for name in operation.forms.values())
    assert all(callable(loaded(door.href)) for door in operation.doors.values() if door.href)
    assert "cli" not in operation.doors or callable(loaded(operation.text))


@pytest.mark.parametrize("operation", ADVICE, ids=lambda operation: operation.name)
def test_a_method_takes_what_its_operation_takes_and_as_much_of_it(operation: Operation) -> None:
    taken = dict(signature(getattr(Knowledge, operation.method)).parameters)
    assert list(taken)[:2] == ["self", "description"]
    every = {parameter.name: parameter for parameter in (*operation.own, *operation.shared)}
    # A form says how much of an answer it shows; which project a text is of is read before.
    assert set(taken) - {"self", "description"} == set(every) - {"detail", "project"}
    for name in set(taken) & set(every) - {"lang"}:
        # What the knowledge was loaded with says whether to presume.
        default = None if name == "presumptions" else every[name].default
        assert (taken[name].default or None) == (default or None), name


@EVERY
def test_the_guides_name_an_operation_at_each_door(operation: Operation) -> None:
    lines = {"cli": f"montages {operation.name} ", "http": f"`/{operation.name}`"}
    lines["tool"] = f"| `{operation.method}` |"
    files = {"cli": "commands.md", "http": "service.md", "tool": "assistants.md"}
    for door in operation.doors:
        assert lines[door] in (DOCS / files[door]).read_text("utf-8"), door


def test_to_declare_an_operation_loads_nothing_that_answers() -> None:
    script = (
        "import sys; import montages.operations.table; "
        "print(*sorted(m for m in sys.modules if m.partition('.')[0] in "
        "('click', 'flask', 'rdflib', 'pyoxigraph', 'jinja2', 'mcp')))"
    )
    loads = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert loads.stdout.split() == []
