"""How an answer ends, in one sentence: nothing changes it, only these facts do, or it is not decided yet."""

from __future__ import annotations

from montages.assessment.answer.ending import Ending
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.words.wording import enumerated, lower
from montages.bilingual import Text

# So many facts are told by name.
_TOLD = 5
_NOTHING = Text(
    "Rien de ce qui reste à dire ne peut changer cette réponse.",
    "Nothing that is left to say can change this answer.",
)
_UNDECIDED = Text(
    "Pas encore décidable : ce que vous ne savez pas encore peut changer cette réponse.",
    "Not decidable yet: what you do not know yet may change this answer.",
)
_ONLY = Text(
    "Seules ces réponses peuvent la changer : {}.", "Only these answers can change it: {}."
)
_ONE = Text("Seule cette réponse peut la changer : {}.", "Only this answer can change it: {}.")
_MORE = Text("{} autres", "{} others")


def ending_sentence(answer: ShortAnswer) -> Text:
    """Return how an answer ends."""
    if answer.ending is Ending.NOTHING_CHANGES:
        return _NOTHING
    if answer.ending is Ending.UNDECIDED:
        return _UNDECIDED
    return Text(*(_facts(answer, lang) for lang in ("fr", "en")))


def _facts(answer: ShortAnswer, lang: str) -> str:
    names = [lower(each.criterion.label[lang]) for each in answer.deciding]
    told = names[:_TOLD] if len(names) > _TOLD + 1 else names
    more = [_MORE[lang].format(len(names) - len(told))] if len(told) < len(names) else []
    return (_ONE if len(names) == 1 else _ONLY)[lang].format(enumerated([*told, *more], lang))
