"""The expected answers to published questions; run as a script, it writes those of today (`make accept`).

`questions/<question>.csv` is the answer with the default parameters,
`questions/<question>--<parameter>=<value>.csv` that with other ones, under the law of AS_OF.
"""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

from montages.store.questions import ask

AS_OF = date(2026, 6, 1)
FOLDER = Path(__file__).parents[1] / "tests" / "questions"


def question_of(path: Path) -> tuple[str, dict[str, str]]:
    """Return the name of a question and its parameters, from the name of its file."""
    name, *pairs = path.stem.split("--")
    return name, dict(pair.split("=", 1) for pair in pairs)


def accept(path: Path) -> bool:
    """Write the answer of today into a file and print what changes; tell whether anything does."""
    before = path.read_bytes().decode() if path.exists() else ""
    name, parameters = question_of(path)
    after = ask.run(name, parameters, AS_OF).to_csv()
    if after == before:
        return False
    path.write_bytes(after.encode())
    old, new, name = before.splitlines(), after.splitlines(), str(path)
    print("\n".join(difflib.unified_diff(old, new, name, name, n=0, lineterm="")))
    return True


def accept_all(folder: Path) -> int:
    """Accept the answer of each file, and of each question without a file; return how many change."""
    paths = {*folder.glob("*.csv"), *(folder / f"{question.key}.csv" for question in ask.listing())}
    return sum(accept(path) for path in sorted(paths))


if __name__ == "__main__":
    print(f"{accept_all(FOLDER)} answers to questions are new or changed.")
