"""The command line: one file a command."""

from montages.cli.main import main

__all__ = ["main"]
