"""A file that was checked, by the name that pipelines know it by."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from montages.errors import MontagesError
from montages.publish.validation_report import Validation
from montages.validation.findings import Finding


@dataclass(frozen=True)
class FileCheck:
    """A file that was checked: its path, and its validation or the error that kept it from being read."""

    path: Path
    validation: Validation | None
    error: MontagesError | None = None

    @property
    def name(self) -> str:
        """Return the path from the current folder, with slashes, whole where the file is outside of it."""
        whole, here = Path(os.path.normpath(self.path.absolute())), Path.cwd()
        return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings on the file; those of an error, where it has some."""
        if self.validation is not None:
            return self.validation.findings
        listed = getattr(self.error, "findings", ())
        return tuple(finding for finding in listed if isinstance(finding, Finding))

    @property
    def fail_on(self) -> str:
        """Return the level from which a finding fails the check."""
        return self.validation.fail_on if self.validation is not None else "violation"
