"""The mark of tests that speak of guests: without them the core has its own tests, which all pass."""

from __future__ import annotations

import pytest

from montages.guests import guests

needs_every_guest = pytest.mark.skipif(
    bool(guests().absent), reason="It speaks of guests that are not here."
)
