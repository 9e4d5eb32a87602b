"""What a data frame and a row of one are, of pandas, of Polars or like them: known without importing any."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Protocol, runtime_checkable


@runtime_checkable
class FrameRow(Protocol):
    """The row of a frame, such as `frame.iloc[0]` of pandas: its cells under their titles."""

    @property
    def index(self) -> Iterable[Hashable]:
        """Return the titles."""
        ...

    def items(self) -> Iterable[tuple[Hashable, object]]:
        """Return each title with its cell."""
        ...


@runtime_checkable
class Frame(Protocol):
    """A frame: its columns, and its rows by `itertuples` (pandas) or `iter_rows` (Polars)."""

    @property
    def columns(self) -> Iterable[Hashable]:
        """Return the titles."""
        ...
