"""The faults of files that were checked, as every pipeline is told of them: gravest first, in one order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from montages.description.places.place_index import Place
from montages.errors import MontagesError
from montages.publish.pipelines.fault_rules import FaultRule, problem_rule, shape_rule
from montages.publish.pipelines.file_check import FileCheck
from montages.publish.text.findings_text import whole_message
from montages.validation.findings import LEVELS


@dataclass(frozen=True)
class FileFault:
    """A fault of a file: a finding, or that it cannot be read (`unread`).

    `fails` tells whether it is at the level from which the check fails. `fingerprint` is the same after lines
    have moved, and no other fault of the files has it.
    """

    file: str
    rule: FaultRule
    severity: str
    message: str
    fails: bool
    fingerprint: str
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    related: tuple[Place, ...] = ()
    unread: bool = False

    @property
    def place(self) -> str:
        """Return where it is, as compilers write it: `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column or 1}" if self.line else self.file


def file_faults(checks: Sequence[FileCheck], lang: str) -> list[FileFault]:
    """Return the faults of all files, gravest first, then in the order of files and of their texts."""
    rule = cache(shape_rule)
    faults = [fault for check in checks for fault in _faults(check, lang, rule)]
    faults.sort(key=lambda fault: -LEVELS.index(fault.severity))
    alike = Counter[str]()
    numbered = []
    for fault in faults:
        alike[fault.fingerprint] += 1
        numbered.append(
            replace(fault, fingerprint=f"{fault.fingerprint}:{alike[fault.fingerprint]}")
        )
    return numbered


def _faults(check: FileCheck, lang: str, rule: Callable[[str], FaultRule]) -> Iterator[FileFault]:
    if check.error is not None and not check.findings:
        yield _unread(check.name, check.error, lang)
    for finding in check.findings:
        yield FileFault(
            file=check.name,
            rule=rule(finding.constraint),
            severity=finding.severity,
            message=whole_message(finding, lang),
            fails=LEVELS.index(finding.severity) >= LEVELS.index(check.fail_on),
            fingerprint=_fingerprint(
                check.name, finding.constraint, finding.focus, finding.path, finding.value,
                finding.where or "",
            ),
            line=finding.line,
            column=finding.column,
            pointer=finding.where,
            related=tuple(place for place in finding.related if place.line),
        )  # fmt: skip


def _unread(name: str, error: MontagesError, lang: str) -> FileFault:
    rule = problem_rule(error)
    line, column = (error.extra.get(key) for key in ("line", "column"))
    return FileFault(
        file=name,
        rule=rule,
        severity="violation",
        message=error.message(lang),
        fails=True,
        fingerprint=_fingerprint(name, rule.iri),
        line=line if isinstance(line, int) and line > 0 else None,
        column=column if isinstance(column, int) and column > 0 else None,
        unread=True,
    )


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
