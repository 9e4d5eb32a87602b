"""The command line: one file a command."""

import gc

# Imports and tables make many things that all stay: looking for garbage among them is a tenth of a short run.
gc.set_threshold(50_000)

from montages.cli.main import main  # noqa: E402

__all__ = ["main"]
