"""A YAML text as a tree: no anchors, no tags, no key twice; `yes`, dates and `217.000` stay texts."""

from __future__ import annotations

import re
from typing import Any

import yaml

from montages import settings
from montages.bilingual import Text, message
from montages.description import limits
from montages.description.parsing.answer_values import is_doubtful
from montages.description.parsing.syntax_errors import syntax_error
from montages.errors import UnreadableInput

# A text that is wrong and longer than this has the message of the quick parser, which is not as clear.
_LARGE = 30_000
_BOOLEAN = re.compile(r"^(?:true|false)$", re.IGNORECASE)
_DROPPED = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


def _unique_keys(loader: Any, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int, float, bool, type(None))):
            raise yaml.constructor.ConstructorError(
                None, None, "a key is one word", key_node.start_mark
            )
        if key in mapping:
            mark = key_node.start_mark
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key: {key}", mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _number(loader: Any, node: yaml.ScalarNode) -> Any:
    """Return a number with a point; its text where it may be thousands, such as `217.000`."""
    return node.value if is_doubtful(node.value) else loader.construct_yaml_float(node)


def _strict_loader(base: Any) -> Any:
    """Return a safe loader where only true and false are booleans (yes is an answer), dates stay text."""
    loader: Any = type("Loader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _DROPPED]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOLEAN, list("tTfF"))
    loader.add_constructor("tag:yaml.org,2002:map", _unique_keys)
    loader.add_constructor("tag:yaml.org,2002:float", _number)
    return loader


_Clear = _strict_loader(yaml.SafeLoader)
# Ten times as quick; where PyYAML comes without it, the clear one does both.
_Quick = _strict_loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def parse_yaml(text: str) -> Any:
    """Return the tree of a YAML text; raises UnreadableInput, for anchors and tags too, or TooLarge."""
    try:
        _check_events(text)
        return yaml.load(text, Loader=_Quick)  # noqa: S506 — a SafeLoader subclass
    except yaml.YAMLError as error:
        raise _syntax_fault(_clearest(error, text)) from error
    except RecursionError as error:
        raise limits.too_deep() from error
    except ValueError as error:  # a number that Python refuses to read
        raise syntax_error("YAML", None, None, "a number has too many digits") from error


def _clearest(error: yaml.YAMLError, text: str) -> yaml.YAMLError:
    """Return the error of the clear parser where the text is short enough for it, else the one at hand."""
    if len(text) <= _LARGE:
        try:
            yaml.load(text, Loader=_Clear)  # noqa: S506 — a SafeLoader subclass
        except yaml.YAMLError as clearer:
            return clearer
        except RecursionError:
            raise limits.too_deep() from error
    return error


def _syntax_fault(error: yaml.YAMLError) -> UnreadableInput:
    if not isinstance(error, yaml.MarkedYAMLError):
        return syntax_error("YAML", None, None, str(getattr(error, "reason", error)))
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    return syntax_error("YAML", line, column, error.problem or str(error))


def _check_events(text: str) -> None:
    """Refuse anchors, tags, what is too deep and what is too much, before anything is made of it."""
    depth, longest = 0, settings.number("max_literal")
    # A key and a value each are an event, and what opens and closes them too.
    deepest, most = settings.number("max_depth"), 4 * limits.most_triples()
    for count, event in enumerate(yaml.parse(text, Loader=_Quick)):
        if count > most:
            raise limits.too_many_triples()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(
                event,
                message("anchors and aliases"),
                message("(& and *): repeat the value, or quote it"),
            )
        if getattr(event, "tag", None):
            raise _refusal(event, message("tags"), message("(!): remove or quote them"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > deepest:
                raise limits.too_deep()
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > longest:
            limits.check_text(len(event.value))


def _refusal(event: Any, name: Text, instead: Text) -> UnreadableInput:
    """Return the error for a part of YAML that descriptions do not use, with what to do instead."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return UnreadableInput(
        message(
            "Line {line}, column {column}: YAML {name} are refused {instead}.",
            line=line,
            column=column,
            name=name,
            instead=instead,
        ),
        line=line,
        column=column,
    )
