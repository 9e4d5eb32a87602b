"""In which language to speak: what the command says, else the environment, else French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from montages import settings

LANGUAGES = ("fr", "en")


def chosen(args: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language: `--lang`, else MONTAGES_LANG, else the locale, else French."""
    asked = _asked(args) or settings.get("lang") or _locale(environment)
    return asked if asked in LANGUAGES else "fr"


def _asked(args: Sequence[str]) -> str | None:
    """Return what follows `--lang`, looked for before anything is parsed so that help speaks it too."""
    found = None
    for n, word in enumerate(args):
        if word == "--":
            break
        if word == "--lang" and n + 1 < len(args):
            found = args[n + 1]
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def _locale(environment: Mapping[str, str]) -> str:
    """Return the language of the first locale that is set; C and POSIX name none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2].lower()
    return ""
