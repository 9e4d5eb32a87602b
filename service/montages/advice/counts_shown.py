"""How many of each kind of advice are shown where nobody says how many, and at most where somebody does.

Commands and tools tell them in their options: this imports nothing.
"""

from __future__ import annotations

# Whole set-ups.
COMPOSITIONS, COMPOSITIONS_AT_MOST = 10, 50
# Real projects, and as many textbook cases.
SIMILAR, SIMILAR_AT_MOST = 3, 20
# Changes that open one set-up; the others are counted.
WHAT_IFS = 20
