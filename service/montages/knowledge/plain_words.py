"""The words that join others and tell nothing by themselves, without accents."""

from __future__ import annotations

from montages.knowledge.thing_labels import plain_form

FUNCTION_WORDS = frozenset(
    plain_form(
        "le la les un une des du de d l à au aux en et ou pour par avec dans sur que qui qu est ce cette mon "
        "ma mes notre nos votre vos je j nous vous on faire fait comment quel quelle quels quelles s il "
        "se n y veux voulons m t c ca sa ses son leur leurs peut peux puis pouvons dois doit faut elle elles "
        "ils jusqu the a an of for to in on with by our my we i is are and or how what which want can do "
        "does me it"
    ).split()
)
