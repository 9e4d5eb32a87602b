"""What refuses a duty and what folds an arrangement, in plain words: the masks say the same over bits."""

from __future__ import annotations

from montages.knowledge.law import Preference, Requirement
from montages.knowledge.logic import Answers, fails, holds, met, refuted
from montages.knowledge.periods import Rules


def refused(duty: Requirement, answers: Answers, rules: Rules) -> bool:
    """Tell whether stated values refuse what the law commands, where the duty closes for it (R37b)."""
    return (
        any(holds(c, answers, rules) for c in duty.closes_if)
        and not any(fails(c, answers, rules) for c in duty.when)
        and not any(holds(c, answers, rules) for c in duty.unless)
    )


def folds(preference: Preference, answers: Answers, rules: Rules) -> bool:
    """Tell whether answers make an arrangement hardly sensible by a preference (R34b).

    Its exceptions count where they hold, as those of a duty do.
    """
    if any(holds(c, answers, rules) for c in preference.unless):
        return False
    unmet = refuted(preference.own, answers, rules)
    if preference.folds_unstated:
        unmet = not met(preference.own, answers, rules)
    return unmet and all(holds(c, answers, rules) for c in preference.when)
