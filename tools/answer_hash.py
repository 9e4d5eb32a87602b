"""One hash of the answers in each form: what moves rooms of the house must leave them as they are.

`python tools/answer_hash.py [--drawn N] [--every N] [--without KEY…] [--keep FILE] [--against FILE]`: the
panel, the projects, the examples and descriptions drawn by number are assessed in both languages. `--keep`
writes the hash of each top key of each document; `--against` such a file says which keys differ, and in how
many documents. What `--without` names is left out wherever it stands.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from montages import load
from montages.batch.output_forms import short_quads
from montages.description.parsing.parse import panel_description
from montages.knowledge.files import library
from montages.knowledge.panel import panel

ROOT = Path(__file__).parents[1]

_VERSIONS = (library.version(), library.content_hash())


def documents(drawn: int) -> Iterator[tuple[str, Any, date | None]]:
    """Yield the name, the description and the day of each document."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from sampling import DAY, profile

    for case in panel():
        yield case.slug, panel_description(case), case.as_of
    for name, path in sorted(library.projects().items()):
        yield name, path, None
    for path in library.files("data/examples", "*.yaml"):
        yield path.stem, path, None
    for number in range(drawn):
        yield f"drawn-{number}", profile(number), DAY


def hashes(drawn: int, every: int, without: frozenset[str]) -> dict[str, str]:
    """Return the hash of each key of each form of each document."""
    knowledge, out = load(), dict[str, str]()
    for n, (name, source, day) in enumerate(documents(drawn)):
        if n % every:
            continue
        for lang in ("fr", "en"):
            assessment = knowledge.assess(source, as_of=day, anyway=True, lang=lang)
            line = knowledge.assessment_line(source, as_of=day, anyway=True, lang=lang)
            forms: dict[str, Mapping[str, Any]] = {
                "brief": assessment.to_json(lang, brief=True),
                "full": assessment.to_json(lang),
                "line": line.to_json(),
                "quads": {"all": short_quads(line).decode()},
            }
            for form, tree in forms.items():
                for key, value in tree.items():
                    if key not in without:
                        out[f"{name} {lang} {form}.{key}"] = _hash(_pruned(value, without))
    return out


def _pruned(value: Any, without: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {k: _pruned(v, without) for k, v in value.items() if k not in without}
    return [_pruned(one, without) for one in value] if isinstance(value, list) else value


def _hash(value: Any) -> str:
    text = json.dumps(value, default=str)
    for version in _VERSIONS:  # a change of the data is no change of the answer
        text = text.replace(version, "")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> None:
    """Print one hash a form, and what differs from hashes kept before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, default=400)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=())
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    now = hashes(options.drawn, options.every, frozenset(options.without))
    for form in ("brief", "full", "line", "quads"):
        lines = [f"{k} {v}" for k, v in now.items() if f" {form}." in k]
        print(f"{form:6} {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}")
    if options.keep:
        options.keep.write_text(json.dumps(now))
    if options.against:
        before = json.loads(options.against.read_text())
        differing = [key for key in {**before, **now} if before.get(key) != now.get(key)]
        for key, number in sorted(Counter(k.split(" ")[2] for k in differing).items()):
            print(f"{key}: {number} differ, as {next(k for k in differing if k.endswith(key))}")


if __name__ == "__main__":
    main()
