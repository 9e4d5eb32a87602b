"""The command line: in come the words after `montages`; out go text or data, and an exit code.

Read `main` (the group of commands and how a run starts and ends), then one file of `commands/` with what
they share: `options` and `inputs` (what goes in), `output` and `progress` (what comes out), `failures`
(each error as a message and an exit code), `bilingual_commands` (the language, and help in French and
English).
"""

import atexit
import gc

# Imports and tables make some 120,000 things that all stay: a short run has no garbage worth looking for.
gc.set_threshold(200_000)
# Nor at its end, where Python looks through them all once more, a fifth of the run: they go with the process.
atexit.register(gc.freeze)

from montages.cli.main import main  # noqa: E402

__all__ = ["main"]
