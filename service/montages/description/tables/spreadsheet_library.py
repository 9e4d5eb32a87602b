"""The library that reads and writes workbooks, which not every installation has: what to install."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from montages.bilingual import Text
from montages.errors import NotInstalled, install_command

_LIBRARY = "openpyxl"
_TO_INSTALL = Text(
    "Les classeurs .xlsx demandent une bibliothèque qui n'est pas installée ici : {}. Le CSV se lit sans "
    "elle.",
    "Workbooks in .xlsx need a library that is not installed here: {}. CSV is read without it.",
)


def workbooks_supported() -> bool:
    """Tell whether workbooks can be read and written here, without importing what does."""
    return find_spec(_LIBRARY) is not None


def spreadsheet_library() -> Any:
    """Return the library that reads and writes workbooks; raises NotInstalled, which says what to install."""
    try:
        return import_module(_LIBRARY)
    except ImportError as error:
        install = install_command("spreadsheets")
        raise NotInstalled(
            _TO_INSTALL.fr.format(install), _TO_INSTALL.en.format(install), install=install
        ) from error
