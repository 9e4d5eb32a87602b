"""JSON Lines: what is a line, and how much is answered."""

from __future__ import annotations

from attacks.attack import Attack

LINES = "application/x-ndjson"
_SIZE = 4_900_000

ATTACKS = {
    "one line that bare carriage returns break": Attack(
        "/validate", lambda _: "{}\r" * (_SIZE // 3), LINES, statuses=(200,), says='"problem"'
    ),
    "lines of nothing": Attack("/validate", lambda _: "\n" * _SIZE, LINES, statuses=(413,)),
    "lines of a number": Attack(
        "/validate", lambda _: "1\n" * 900, LINES, statuses=(200,), seconds=3.0
    ),
    "carriage returns, vertical tabs and form feeds": Attack(
        "/validate",
        lambda _: "{}\v\f\x1c\u2028\r" * 100_000,
        LINES,
        statuses=(200,),
        says='"problem"',
    ),
}
