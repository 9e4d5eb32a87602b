"""Caches in memory are shared by threads: one that another thread empties takes nothing from whoever asks."""

from __future__ import annotations

from typing import Any

import pytest

from montages.assessment.verdict.judgement import verdict_of
from montages.knowledge.files.caching import ByteCache, CountedCache, FunctionCache
from sampling import RULES


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


def test_a_verdict_is_told_whatever_becomes_of_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("montages.assessment.verdict.judgement._verdicts", lambda _: Emptied())
    assert verdict_of("mpgp", {}, RULES, frozenset()).terms


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
