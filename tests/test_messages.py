"""What is said to people is said in both languages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from montages.bilingual import Text
from montages.publish.linked_data.problem_types import problem_types
from montages.publish.text.messages import PHRASES


def test_a_phrase_is_there_in_both_languages() -> None:
    assert not [key for key, text in PHRASES.items() if not (text.fr.strip() and text.en.strip())]


# What errors there are and what is listed, with every module imported or with none but what lists them.
_ERRORS = """
import importlib, pkgutil, sys
import montages
if sys.argv[1] == "every":
    for module in pkgutil.walk_packages(montages.__path__, "montages."):
        if module.name != "montages.web.server":
            importlib.import_module(module.name)
from montages.errors import MontagesError
from montages.publish.linked_data.problem_types import problem_graph, problem_types
def below(kind):
    return {kind.slug}.union(*map(below, kind.__subclasses__()))
if sys.argv[1] == "every":
    assert below(MontagesError) == set(problem_types()), below(MontagesError) ^ set(problem_types())
print(*((slug, kind.__name__) for slug, kind in problem_types().items()))
print(*sorted(" ".join(term.n3() for term in triple) for triple in problem_graph()), sep="\\n")
"""


@pytest.mark.slow
def test_the_kinds_of_problem_are_the_same_whatever_is_imported() -> None:
    every, few = (
        subprocess.run(
            [sys.executable, "-c", _ERRORS, which], capture_output=True, text=True, check=True
        ).stdout
        for which in ("every", "few")
    )
    assert every == few
    assert "worker-lost" in few
    assert "broken-call" in few


def test_every_kind_of_problem_has_its_own_title_in_both_languages() -> None:
    titles = [(kind.title["fr"], kind.title["en"]) for kind in problem_types().values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("use", [list, tuple, set, lambda text: "a" in text])
def test_a_text_in_two_languages_is_no_sequence(use: Callable[[Text], object]) -> None:
    """Its items have languages for keys: a walk through 0, 1, 2… would come to no end."""
    with pytest.raises(TypeError):
        use(Text("un", "one"))
