"""Caches in memory are shared by threads: one that another thread empties takes nothing from whoever asks."""

from __future__ import annotations

from itertools import product
from typing import Any

from montages.assessment.verdict.arrangement_diagram import GrownDiagram
from montages.assessment.verdict.walks import ReadStates
from montages.knowledge.files.caching import ByteCache, CountedCache, FunctionCache


class Emptied(CountedCache[Any, Any]):
    """A cache that is emptied as soon as something is added."""

    def add(self, key: Any, value: Any) -> Any:
        super().add(key, value)
        self.clear()
        return value


class EmptiedFunction(Emptied, FunctionCache[Any, Any]):
    """The same, of a function."""


def test_a_function_gives_its_value_whatever_becomes_of_the_cache() -> None:
    assert [EmptiedFunction(str)[n] for n in (1, 1)] == ["1", "1"]


def test_a_grown_diagram_gives_what_its_function_does_and_asks_it_once_for_states_alike() -> None:
    asked = list[tuple[int, ...]]()

    def least(states: ReadStates) -> str:
        read = [states[1]]
        if read[0]:
            read += [states[0], states[2]]
        asked.append(tuple(read))
        return str(read)

    every, grown = list(product((0, 1), repeat=4)), GrownDiagram(least, 64)
    for states in every * 2:
        assert grown[states] == str([states[1], states[0], states[2]] if states[1] else [0])
    assert sorted(asked) == [(0,), *product((1,), (0, 1), (0, 1))]
    small = GrownDiagram(least, 1)
    assert [small[states] for states in every * 2] == [grown[states] for states in every * 2]


def test_a_cache_by_count_never_holds_more_than_its_room() -> None:
    cache = CountedCache[int, int](3)
    for n in range(10):
        assert cache.add(n, n * n) == n * n
        assert n in cache
        assert len(cache) <= 3


def test_a_cache_by_bytes_drops_what_is_longest_unused_and_refuses_what_is_too_large() -> None:
    cache, made = ByteCache[bytes](64, len), list[str]()

    def get(key: str, size: int = 4) -> bytes:
        def make() -> bytes:
            made.append(key)
            return bytes(size)

        return cache.get(key, make)

    for n in range(16):
        get(str(n))
    get("0")
    get("16")
    assert len(made) == 17
    get("0")
    get("1")
    assert made[17:] == ["1"]
    get("large", 5)
    get("large", 5)
    assert made[18:] == ["large", "large"]
