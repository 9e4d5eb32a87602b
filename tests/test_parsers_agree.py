"""The two parsers give the same of each file: facts, project and places, or the same error (R11, R30)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import Graph
from rdflib.compare import to_canonical_graph

from montages.description.description import Description
from montages.description.parsing import parse
from montages.description.parsing.source_text import SUFFIXES, read_file
from montages.knowledge.files import library
from montages.names import PROJECT
from parsing_comparison import (
    ENGINE,
    FAST,
    REFERENCE,
    SYNTAXES,
    difference,
    file_outcomes,
    outcome,
    serialized,
)
from sampling import profile
from test_inputs import CASES as BAD_INPUT
from test_inputs import content

HERE = Path(__file__).parent

FILES = sorted(
    path
    for folder in (HERE, library.ROOT / "data")
    for path in folder.rglob("*")
    if path.suffix in SUFFIXES and path.is_file()
)


@pytest.fixture
def left_to_reference(monkeypatch: pytest.MonkeyPatch) -> list[str | bytes]:
    """Return the texts that the fast reader leaves to the other."""
    left: list[str | bytes] = []

    def reading(source: str | bytes, *given: Any) -> Description:
        left.append(source)
        return REFERENCE(source, *given)

    monkeypatch.setattr(parse, "parse", reading)
    return left


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_every_file_we_have_is_read_alike(chunk: int) -> None:
    """Valid or not: descriptions, knowledge, cases of the shapes, and what is no description at all."""
    wrong = {}
    for path in FILES[chunk::4]:
        wanted, found = file_outcomes(path)
        if wanted != found:
            wrong[path] = (wanted, found)
    print(f"\n{len(FILES[chunk::4])} files read alike")
    assert not wrong
    assert len(FILES) > 500


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_refused_in_the_same_words(case: str, tmp_path: Path) -> None:
    given = BAD_INPUT[case]
    path, text = tmp_path / given["file"], content(given)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    wanted, found = file_outcomes(path)
    assert found == wanted


def test_a_file_that_is_not_there_or_has_no_known_ending_is_refused_in_the_same_words(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("project: x")
    (tmp_path / "a.ttl").mkdir()
    for name in ("a.txt", "a.ttl", "b.yaml", "."):
        wanted, found = file_outcomes(tmp_path / name)
        assert found == wanted


@pytest.mark.slow
def test_sampled_profiles_are_read_alike_and_none_is_handed_over(
    left_to_reference: list[str | bytes],
) -> None:
    for number in range(60):
        tree = profile(number)
        assert not difference(json.dumps(tree), "json"), number
        assert not difference(yaml.safe_dump(tree, allow_unicode=True), "yaml"), number
    assert not left_to_reference


@pytest.mark.parametrize("slug", library.projects())
def test_a_project_written_again_in_another_syntax_is_read_alike(slug: str) -> None:
    path = library.projects()[slug]
    graph = REFERENCE(path.read_bytes(), SUFFIXES[path.suffix]).statements.graph()
    facts = set()
    for form, syntax in SYNTAXES.items():
        text = serialized(graph, form)
        assert not difference(text, syntax), form
        facts.add(frozenset(FAST(text, syntax).facts))
    assert len(facts) == 1


def test_our_own_files_are_not_handed_over(left_to_reference: list[str | bytes]) -> None:
    for path in library.projects().values():
        ENGINE.parse(*read_file(path))
    assert not left_to_reference


def damaged(count: int) -> Iterator[tuple[str, str]]:
    """Yield texts of ours with one to three slips of the keyboard."""
    texts = [(p.read_text(), SUFFIXES[p.suffix]) for p in library.projects().values()]
    texts += [(json.dumps(profile(n)), "json") for n in range(10)]
    graph = Graph().parse(HERE / "same-everywhere" / "six-fois.ttl", publicID=str(PROJECT))
    lines = serialized(to_canonical_graph(graph), "nt").splitlines(keepends=True)
    texts.append(("".join(sorted(lines)), "nt"))  # the same text each time, so the same slips
    draw = random.Random(3)  # noqa: S311 — a sample, not a secret
    marks = "<>\"'.;,[](){}@^_:#\\ \n\t-+0aA1éE|~=!?/$&%*"
    for _ in range(count):
        text, syntax = draw.choice(texts)
        for _ in range(draw.randint(1, 3)):
            at, mark = draw.randrange(len(text)), draw.choice(marks)
            text = draw.choice(
                [
                    text[:at] + text[at + 1 :],
                    text[:at] + mark + text[at:],
                    text[:at] + mark + text[at + 1 :],
                ]
            )
        yield text, syntax


@pytest.mark.slow
def test_slips_of_the_keyboard_are_read_alike() -> None:
    read = 0
    for text, syntax in damaged(600):
        assert not difference(text, syntax), text
        read += len(outcome(partial(FAST, text, syntax))) == 4
    print(f"\n600 damaged texts, {read} of them read, the others refused in the same words")
    assert 100 < read < 500
