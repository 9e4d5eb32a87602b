"""The libraries that write documents, which not every installation has: is each there, what to install."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from montages.bilingual import message
from montages.errors import NotInstalled, install_command

SYSTEM = (
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation "
    "fonts-dejavu-core"
)
# The library that writes each form.
LIBRARIES = {"pdf": "weasyprint", "docx": "docx"}
NAMES = {"pdf": "PDF", "docx": "Word (.docx)"}


def is_there(library: str) -> bool:
    """Tell whether a library is installed, without importing it."""
    return find_spec(library) is not None


def missing_forms(lang: str) -> str:
    """Return what to install for the forms that cannot be written here; empty where all can."""
    names = [NAMES[form] for form, library in LIBRARIES.items() if not is_there(library)]
    if not names:
        return ""
    return _TO_INSTALL.fill(form=" / ".join(names), install=install_command("documents"))[lang]


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
