"""Lists of cases of which a run takes a part: a sample in `make test`, another in `make prove`, then all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled_cases(cases: Iterable[Any], every: int) -> list[Any]:
    """Return cases as parameters: each so many-th as it is, the next one slow, the others for the soak."""
    marks = {0: (), 1: (pytest.mark.slow,)}
    return [
        pytest.param(*_values(case), marks=marks.get(n % every, (pytest.mark.soak,)))
        for n, case in enumerate(cases)
    ]


def proved_cases(cases: Iterable[Any], most: int) -> list[Any]:
    """Return cases as parameters of a slow test: the first ones as they are, the others for the soak."""
    return [
        pytest.param(*_values(case), marks=() if n < most else (pytest.mark.soak,))
        for n, case in enumerate(cases)
    ]


def _values(case: Any) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) else (case,)
