"""The error of a name that nothing has, which says what was probably meant."""

from __future__ import annotations

from collections.abc import Collection

from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint

_FEW = 50  # names that a message may list


def unknown_name(fr: str, en: str, word: str, names: Collection[str]) -> UnknownName:
    """Return the error of a name that is not among the known ones, with the nearest spelling."""
    hint = nearest_hint(word, names)
    names_fr = names_en = ""
    if 0 < len(names) <= _FEW:
        names_fr = f" Connus : {', '.join(names)}."
        names_en = f" Known: {', '.join(names)}."
    return UnknownName(
        f"{word} : {fr} inconnu.{hint.fr}{names_fr}",
        f"{word}: unknown {en}.{hint.en}{names_en}",
        accepted=list(names),
    )
