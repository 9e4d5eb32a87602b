"""One notice of TED as a description: its XML is read by the reader of its family."""

from __future__ import annotations

from montages.errors import UnusableInput
from montages.imports.imported_contract import ImportedContract
from montages.imports.notices.coded_notice import read_coded_notice
from montages.imports.notices.eforms_notice import read_eforms
from montages.imports.notices.notice_description import notice_description
from montages.imports.notices.notice_xml import notice_tree
from montages.imports.notices.ted_form import form_of, read_ted_form

_EFORMS = ("ContractNotice", "ContractAwardNotice", "PriorInformationNotice")


def read_notice(raw: bytes) -> ImportedContract:
    """Return the contract that a notice announces or tells of, as a description with its notes.

    Raises UnreadableInput and TooLarge as `notice_tree`, and UnusableInput for a notice of another kind.
    """
    root = notice_tree(raw)
    if root.name in _EFORMS:
        return notice_description(read_eforms(root))
    form = form_of(root)
    notice = read_ted_form(root, form) if form else read_coded_notice(root)
    if notice is None:
        raise _other_kind(root.name)
    return notice_description(notice)


def _other_kind(name: str) -> UnusableInput:
    return UnusableInput(
        f"Cet avis ({name}) n'annonce ni n'attribue de contrat : on lit les eForms, et les formulaires F01 à "
        "F06, F15 et F20 à F25.",
        f"This notice ({name}) neither announces nor awards a contract: eForms are read, and forms F01 to "
        "F06, F15 and F20 to F25.",
    )
