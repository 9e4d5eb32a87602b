"""Faults planted in a copy of the project, one at a time, and which of them the tests find.

`python tools/planted_faults.py [--seed N] [--faults N] [--tests PATH…] [--list]`: a seed draws faults in the
code (a comparison, an operator, a constant, a line left out) and in the data (a gate turned, a threshold
moved, a duty dropped). A fault in the code is run against the tests of `make test` that coverage
names for its line, one case of each before the next; one in the data against the tests of dated law. Each
processor has a copy of its own. What is said at the end also stands in `build/planted-faults.json`.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from queue import SimpleQueue
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "build" / "planted-faults.json"
# What holds the data: the tests that the rows of CONTRIBUTING name for it.
DATED = (
    "test_rulebook.py",
    "test_panel.py",
    "test_thresholds.py",
    "test_duties.py",
    "test_questions.py",
    "test_shapes.py",
)
# One fault of so many is in the data.
_DATA_SHARE = 5
# Tests of one fault, and the seconds after which it counts as found: it hangs.
_MOST_TESTS, _SECONDS = 40, 900
_NAMED = "not soak"

_SWAPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"), ast.And: ("and", "or"), ast.Or: ("or", "and"),
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "+"),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One fault: what stands in a file from one place to another is replaced."""

    path: str
    line: int
    kind: str
    start: int
    end: int
    text: str

    def planted(self, content: bytes) -> bytes:
        """Return a file with the fault in it."""
        return content[: self.start] + self.text.encode() + content[self.end :]


class _Places:
    """The places of a source that a fault may be planted at."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path, self.content = path, content
        lines = content.splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))

    def faults(self) -> Iterator[Fault]:
        """Yield every fault of the file."""
        for node in ast.walk(ast.parse(self.content)):
            yield from self._of(node)

    def _at(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._at(node.lineno, node.col_offset), self._at(
            node.end_lineno, node.end_col_offset
        )

    def _of(self, node: ast.AST) -> Iterator[Fault]:
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from self._between("comparison", node.ops[0], node.left, node.comparators[0])
        elif isinstance(node, ast.BoolOp):
            yield from self._between("operator", node.op, node.values[0], node.values[1])
        elif isinstance(node, ast.BinOp):
            yield from self._between("operator", node.op, node.left, node.right)
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            other = str(not node.value if isinstance(node.value, bool) else node.value + 1)
            yield Fault(self.path, node.lineno, "constant", *self._span(node), other)
        elif (
            isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Return)
            and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            and node.col_offset  # inside a function or a class
        ):
            yield Fault(self.path, node.lineno, "line left out", *self._span(node), "pass")

    def _between(self, kind: str, op: ast.AST, left: ast.expr, right: ast.expr) -> Iterator[Fault]:
        if type(op) not in _SWAPS:
            return
        start, end = self._span(left)[1], self._span(right)[0]
        old, new = _SWAPS[type(op)]
        between = self.content[start:end].decode()
        found = re.search(rf"(?<![\w<>=!]){re.escape(old)}(?![\w<>=])", between)
        if found and "#" not in between:
            at, to = start + found.start(), start + found.end()
            yield Fault(self.path, right.lineno, kind, at, to, new)


def data_faults(root: Path) -> dict[str, list[Fault]]:
    """Return the faults of the data: gates turned, thresholds moved, duties dropped."""
    found: dict[str, list[Fault]] = defaultdict(list)
    turned = {"yes-no:yes": "yes-no:no", "yes-no:no": "yes-no:yes"}
    for path in sorted((root / "data" / "requirements").glob("*.ttl")):
        for block in re.finditer(
            r"^<\S+> a mtg:RequirementVersion ;.*?\.\n(?=\n|\Z)", *_text(path)
        ):
            gate = re.search(r"\n {4}mtg:accepts (yes-no:\w+) ;", block[0])
            if "mtg:strength mtg:Hard" in block[0] and gate:
                start = block.start() + gate.start(1)
                found["gate turned"].append(_in(root, path, "gate turned", start, gate[1], turned))
            elif "mtg:strength mtg:Duty" in block[0]:
                found["duty dropped"].append(
                    _in(root, path, "duty dropped", block.start(), block[0], {})
                )
    path = root / "data" / "thresholds.ttl"
    for amount in re.finditer(r"mtg:thresholdAmount (\d+)", *_text(path)):
        moved = {amount[1]: str(int(amount[1]) * 11 // 10)}
        found["threshold moved"].append(
            _in(root, path, "threshold moved", amount.start(1), amount[1], moved)
        )
    return found


def _text(path: Path) -> tuple[str, re.RegexFlag]:
    return path.read_text("utf-8"), re.DOTALL | re.MULTILINE


def _in(root: Path, path: Path, kind: str, at: int, old: str, new: dict[str, str]) -> Fault:
    text = path.read_text("utf-8")
    start = len(text[:at].encode())
    name = str(path.relative_to(root))
    return Fault(
        name, text.count("\n", 0, at) + 1, kind, start, start + len(old.encode()), new.get(old, "")
    )


def drawn(root: Path, seed: int, number: int, lines: Callable[[str, int], bool]) -> list[Fault]:
    """Return so many faults, drawn by a seed: of code, at lines that some test runs, and of data."""
    draw = Random(seed)  # noqa: S311 — a sample, not a secret
    in_data = data_faults(root)
    faults = [
        draw.choice(in_data[kind])
        for kind, _ in zip(sorted(in_data) * number, range(number // _DATA_SHARE), strict=False)
    ]
    sources = sorted((root / "service").glob("montages/**/*.py"))
    kinds: dict[str, list[Fault]] = defaultdict(list)
    for path in sources:
        name = str(path.relative_to(root))
        for fault in _Places(name, path.read_bytes()).faults():
            if lines(fault.path, fault.line):
                kinds[fault.kind].append(fault)
    while kinds and len(faults) < number:
        faults.append(draw.choice(kinds[sorted(kinds)[len(faults) % len(kinds)]]))
    return faults


class Covered:
    """Which tests run which lines, as one run of the tests under coverage says."""

    def __init__(self, root: Path, tests: Sequence[str], env: dict[str, str]) -> None:
        self._root, self._known = root, dict[str, dict[int, list[str]]]()
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"]
        command += ["-m", "not slow and not soak", "--cases", "tested"]
        command += ["--cov=montages", "--cov-branch"]
        command += ["--cov-context=test", "--cov-report=", *tests]
        subprocess.run(command, cwd=root, env=env)
        from coverage import Coverage

        self.coverage = Coverage(data_file=str(root / ".coverage"), branch=True)
        self.coverage.load()
        self._reach: Counter[str] = Counter()
        for path in self.coverage.get_data().measured_files():
            for tests_of in self._of(path).values():
                self._reach.update(tests_of)

    def _of(self, path: str) -> dict[int, list[str]]:
        if path not in self._known:
            rows = self.coverage.get_data().contexts_by_lineno(path)
            self._known[path] = {
                line: sorted({name.partition("|")[0] for name in names if name})
                for line, names in rows.items()
            }
        return self._known[path]

    def tests(self, path: str, line: int) -> list[str]:
        """Return the tests that run a line, one case of each first, then those that run least beside."""
        tests = self._of(str(self._root / path)).get(line, [])
        cases: dict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda test: (self._reach[test], test)):
            cases[test.partition("[")[0]].append(test)
        rounds = zip_longest(*cases.values())
        return [test for one in rounds for test in one if test][:_MOST_TESTS]

    def by_room(self) -> dict[str, str]:
        """Return the share of branches that some test takes, by room of the core."""
        out = self._root / "coverage.json"
        self.coverage.json_report(outfile=str(out))
        taken, all_of = Counter[str](), Counter[str]()
        for path, each in json.loads(out.read_text())["files"].items():
            room = (*Path(path).parts[Path(path).parts.index("montages") + 1 :], "")[0]
            taken[room] += each["summary"].get("covered_branches", 0)
            all_of[room] += each["summary"].get("num_branches", 0)
        return {room: f"{taken[room]} of {n}" for room, n in sorted(all_of.items()) if n}


def copied(root: Path) -> None:
    """Copy what git knows of the project, as it stands on disk, and link what is installed beside it."""
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT)
    for name in listed.decode().splitlines():
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    for name in (".venv", "node_modules"):
        if (ROOT / name).exists():
            (root / name).symlink_to((ROOT / name).resolve())


def is_found(root: Path, fault: Fault, tests: Sequence[str], env: dict[str, str]) -> bool:
    """Tell whether some test fails with a fault planted; the file is put back."""
    path = root / fault.path
    content = path.read_bytes()
    path.write_bytes(fault.planted(content))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0"]
    try:
        done = subprocess.run(
            [*command, "-m", _NAMED, *tests],
            cwd=root,
            env=env,
            capture_output=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_bytes(content)
    return done.returncode not in (0, 5)  # 5: no test was there


def environment(root: Path) -> dict[str, str]:
    """Return the environment of a copy: its own code and its own cache."""
    path = [str(root / "service"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "MONTAGES_CACHE_DIR": str(root / "cache"),
        "PYTHONPATH": os.pathsep.join(path),
    }


def main() -> int:
    """Draw the faults, plant each, and tell which are found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=2028)
    parser.add_argument("--faults", type=int, default=60)
    parser.add_argument("--tests", nargs="*", default=["tests"], help="what coverage is taken of")
    parser.add_argument("--list", action="store_true", help="only draw")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="planted-") as top:
        root, *others = roots = [Path(top).resolve() / str(n) for n in range(os.cpu_count() or 1)]
        copied(root)
        if given.list:
            for fault in drawn(root, given.seed, given.faults, lambda path, line: True):
                print(f"{fault.path}:{fault.line}: {fault.kind}")
            return 0
        covered = Covered(root, given.tests, environment(root))
        for other in others:
            shutil.copytree(root, other, symlinks=True)
        faults = drawn(
            root, given.seed, given.faults, lambda path, line: bool(covered.tests(path, line))
        )
        free = SimpleQueue[Path]()
        for one in roots:
            free.put(one)

        def tried(fault: Fault) -> dict[str, object]:
            dated = [f"tests/{name}" for name in DATED]
            tests = covered.tests(fault.path, fault.line) if fault.path.endswith(".py") else dated
            own = free.get()
            found = is_found(own, fault, tests, environment(own))
            free.put(own)
            sign = "found" if found else "MISSED"
            print(f"{sign:6} {fault.path}:{fault.line}: {fault.kind}", flush=True)
            return {**asdict(fault), "found": found, "tests": len(tests)}

        with ThreadPoolExecutor(len(roots)) as executor:
            told = list(executor.map(tried, faults))
        rooms = covered.by_room()
    number = sum(each["found"] is True for each in told)
    print(f"{number} of {len(told)} faults found, seed {given.seed}; branches taken by room:")
    print(*(f"  {room}: {share}" for room, share in rooms.items()), sep="\n")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(
        json.dumps(
            {"seed": given.seed, "found": number, "faults": told, "branches": rooms}, indent=1
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
