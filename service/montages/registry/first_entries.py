"""A registry as it begins: the real projects that ship, as the entries of a publisher of their own."""

from __future__ import annotations

from pathlib import Path

from montages.knowledge.files import library
from montages.registry.new_folder import new_folder
from montages.registry.publishers import ALL_RIGHTS, Publisher
from montages.registry.registry import Registry
from montages.registry.slugs import OURS
from montages.registry.version import Content, Version, WriteCondition

_NAME = "Montages"


def first_registry(folder: Path) -> tuple[Version, ...]:
    """Make a registry with the real projects, each as the bytes of its Turtle; return their versions.

    The folder is empty or not there, else UnusableInput is raised; it is there whole, or not at all.
    """
    with new_folder(folder) as draft:
        registry = Registry.create(draft)
        registry.publishers.add(OURS, _NAME)
        publisher = Publisher(OURS, _NAME, ALL_RIGHTS)
        versions = tuple(
            registry.write(
                slug, Content(path.read_bytes(), "text/turtle"), publisher, WriteCondition()
            )
            for slug, path in sorted(library.projects().items())
            if path.parent.name == "projects"
        )
        registry.close()
    return versions
