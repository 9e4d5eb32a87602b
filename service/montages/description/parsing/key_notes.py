"""What there is to note of a tree of our keys: its faults, and the values read by their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from montages.description.limits import check_faults
from montages.description.readings import Reading
from montages.errors import UnusableInput


class KeyNotes:
    """The faults of a tree of our keys, of which the first is raised unless `every` one is to be gathered.

    `readings` are the values that were not in their own form, as they were read.
    """

    def __init__(self, every: bool = False) -> None:
        self.every = every
        self.errors: list[UnusableInput] = []
        self.readings: list[Reading] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Add the fault of one part of the tree, which is then left out, and go on with the next."""
        try:
            yield
        except UnusableInput as fault:
            if not self.every:
                raise
            self.errors.append(fault)
            check_faults(len(self.errors))
