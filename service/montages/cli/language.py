"""The language of a run: that of `--lang`, else of the environment, else French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from montages import settings

LANGUAGES = ("fr", "en")


def language_of(args: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language: `--lang`, else MONTAGES_LANG, else the locale, else French."""
    lang = _option(args) or settings.get("lang") or _locale(environment)
    return lang if lang in LANGUAGES else "fr"


def _option(args: Sequence[str]) -> str | None:
    """Return what follows `--lang`, looked for before anything is parsed so that help speaks it too."""
    value = None
    for n, word in enumerate(args):
        if word == "--":
            break
        if word == "--lang" and n + 1 < len(args):
            value = args[n + 1]
        elif word.startswith("--lang="):
            value = word.removeprefix("--lang=")
    return value


def _locale(environment: Mapping[str, str]) -> str:
    """Return the language of the first locale that is set; C and POSIX name none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2].lower()
    return ""
