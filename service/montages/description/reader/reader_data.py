"""The words and patterns of the reader, as they stand in `data/reader/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache

# The files whose entries are groups of patterns; the rest have a form of their own.
NAMES = ("usages", "holders", "layers")
SAID = ("payers", "contracts", "objects", "grounds", "bodies", "networks", "conditions")
TOLD = ("scope", "asks")


@dataclass(frozen=True)
class ReaderData:
    """What the reader knows of words alone: those left out, those that deny, numbers."""

    skipped: frozenset[str]
    denying: frozenset[str]
    denying_after: frozenset[str]
    not_denying: tuple[str, ...]
    number_words: frozenset[str]
    beside_others: frozenset[str]
    everyday: frozenset[str]


def yaml_of(name: str) -> Any:
    """Return what a file of `data/reader/` holds. Do not modify."""
    return _files()[name]


@disk_cache
def _files() -> dict[str, Any]:
    """Return what all files hold, by name, so that a second run does without the library of YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
        for path in library.files("data/reader", "*.yaml")
    }


@cache
def reader_data() -> ReaderData:
    """Return what `words.yaml` says."""
    words = yaml_of("words")
    return ReaderData(
        skipped=frozenset(words["skipped"].split()),
        denying=frozenset(words["denying"].split()),
        denying_after=frozenset(words["denying-after"].split()),
        not_denying=tuple(words["not-denying"]),
        beside_others=frozenset(words["beside-others"].split()),
        number_words=frozenset(words["numbers"].split()),
        everyday=frozenset(words["everyday"].split()),
    )
