"""The libraries that write documents, which not every installation has: is each there, what to install."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from montages.bilingual import Text, message
from montages.errors import NotInstalled, install_command

SYSTEM = (
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation "
    "fonts-dejavu-core"
)
# The library that writes each form.
LIBRARIES = {"pdf": "weasyprint", "docx": "docx"}
NAMES = {"pdf": "PDF", "docx": "Word (.docx)"}


# WeasyPrint draws letters with it, and no package of Python brings it along.
_PANGO = "libpangoft2-1.0.so.0"


def is_there(library: str) -> bool:
    """Tell whether a library is installed, without importing it."""
    return find_spec(library) is not None


def is_written(form: str) -> bool:
    """Tell whether papers can be written here in a form: "pdf" or "docx"."""
    return is_there(LIBRARIES[form]) and (form != "pdf" or _has_pango())


@cache
def _has_pango() -> bool:
    """Tell whether Pango is on this machine; elsewhere than on Linux, WeasyPrint finds out itself."""
    try:
        return not sys.platform.startswith("linux") or bool(ctypes.CDLL(_PANGO))
    except OSError:
        return False


def what_to_install() -> list[Text]:
    """Return what to install for each form that cannot be written here, one sentence a form."""
    return [
        _TO_INSTALL.fill(
            form=NAMES[form], install=SYSTEM if is_there(library) else install_command("documents")
        )
        for form, library in LIBRARIES.items()
        if not is_written(form)
    ]


def library_of(form: str) -> Any:
    """Return the library that writes a form; raises NotInstalled, which says what to install."""
    try:
        return import_module(LIBRARIES[form])
    except ImportError as error:
        install = install_command("documents")
        missing = _TO_INSTALL.fill(form=NAMES[form], install=install)
        raise NotInstalled(missing, install=install) from error
    except OSError as error:  # WeasyPrint looks for Pango when it is imported
        missing = _TO_INSTALL.fill(form=NAMES[form], install=SYSTEM)
        raise NotInstalled(missing, install=SYSTEM) from error


_TO_INSTALL = message("{form}: to be installed here, by {install}.")

if __name__ == "__main__":
    import click

    from montages.cli.bilingual_commands import language_of

    for sentence in what_to_install():
        click.echo(sentence[language_of((), os.environ)])
