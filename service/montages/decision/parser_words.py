"""What parsers say of a syntax error, in French: they speak English only."""

from __future__ import annotations

import re

# Pattern of the English text, French text; groups are carried over. The first that fits is used.
_SAID = (
    (r"duplicate key: (.+)", r"clé en double : {}"),
    (r"mapping values are not allowed .*", ("« clé : valeur » impossible ici : vérifiez le retrait ; un "
     "texte qui contient « : » se met entre guillemets")),
    (r"could not find expected ':'|while scanning a simple key.*", "il manque « : » après une clé"),
    (r"expected ',' or '\]', but got .*|did not find expected ',' or '\]'.*",
     "liste non fermée : il manque « , » ou « ] »"),
    (r"expected ',' or '\}', but got .*|did not find expected ',' or '\}'.*",
     "accolades non fermées : il manque « , » ou « } »"),
    (r"found character '(.+)' that cannot start any token.*", ("un mot ne peut pas commencer par « {} » : "
     "mettez-le entre guillemets (et le retrait s'écrit avec des espaces, sans tabulation)")),
    (r"found character that cannot start any token.*", ("ce caractère ne peut pas commencer un mot : "
     "mettez-le entre guillemets (et le retrait s'écrit avec des espaces, sans tabulation)")),
    (r"expected <block end>, but found .*|did not find expected key.*",
     "retrait incohérent : alignez les clés d'un même bloc"),
    (r"did not find expected '-' indicator.*", "retrait incohérent : alignez les « - » d'une même liste"),
    (r"expected the node content, but found .*|did not find expected node content.*",
     "une valeur est attendue ici"),
    (r"found unexpected end of stream.*", "le texte s'arrête trop tôt : guillemets ou crochets non fermés"),
    (r"found unknown escape character.*", ("caractère d'échappement inconnu après « \\ » : doublez-le, ou "
     "utilisez des apostrophes")),
    (r"block sequence entries are not allowed.*", "une liste (« - ») n'est pas possible ici"),
    (r"found a tab character.*", "le retrait s'écrit avec des espaces, sans tabulation"),
    (r"expected a single document.*|but found another document", "un seul document : retirez « --- »"),
    (r"special characters are not allowed|control characters are not allowed",
     "caractère de contrôle interdit"),
    (r"nested too deeply", "structure trop imbriquée"),
    (r"a number has too many digits", "un nombre a trop de chiffres"),
    (r"the text ends too early", "le texte s'arrête trop tôt"),
    (r"Expecting value", "une valeur est attendue ici"),
    (r"Expecting property name enclosed in double quotes", "une clé entre guillemets est attendue ici"),
    (r"Expecting ':' delimiter", "il manque « : » après une clé"),
    (r"Expecting ',' delimiter", "il manque « , » entre deux éléments"),
    (r"Extra data", "il reste du texte après la fin"),
    (r"Unterminated string starting at", "guillemets non fermés"),
    (r"Invalid control character at", "caractère de contrôle interdit dans un texte"),
    (r"Invalid \\+(u?X{0,4})?escape.*|Invalid \\.*", "échappement « \\ » incorrect"),
    (r"Illegal trailing comma before end of (object|array)", "virgule en trop avant la fin"),
    (r"not well-formed \(invalid token\)", "ce n'est pas du XML bien formé"),
    (r"mismatched tag", "balise de fin qui ne correspond pas à celle de début"),
    (r"no element found", "le texte s'arrête trop tôt : une balise n'est pas fermée"),
    (r"unbound prefix", "préfixe non déclaré (xmlns)"),
    (r"junk after document element", "il reste du texte après la fin"),
    (r"Prefix \"(.*):\" not bound|The prefix (.*): has not been declared", "préfixe « {} » non déclaré"),
    (r"expected '\.' or '\}' or '\]' at end of statement", "il manque « . » à la fin d'une phrase"),
    (r"EOF found in middle of .*|expected item in list|objectList expected", "le texte s'arrête trop tôt"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), french) for pattern, french in _SAID)


def french(said: str) -> str:
    """Return what a parser said in French, or as it said it where that is not known."""
    for pattern, text in _COMPILED:
        found = pattern.fullmatch(said)
        if found:
            return text.replace("{}", next((g for g in found.groups() if g), ""))
    return said
