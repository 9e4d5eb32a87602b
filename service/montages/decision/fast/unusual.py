"""The signal by which the fast path hands over to the reference path."""

from __future__ import annotations


class Unusual(Exception):
    """Something that the fast path does not foresee: the reference path takes it from there."""
