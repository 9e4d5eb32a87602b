"""Syntax errors: where in a text one is, what the parsers say of it, and the same in French."""

from __future__ import annotations

import re

from rdflib import Graph

from montages.errors import UnreadableInput


class SyntaxFault(Exception):
    """A text that breaks the syntax it is in, with line and column (from 1) where they can be told."""

    def __init__(self, syntax: str, line: int | None, column: int | None, detail: str) -> None:
        super().__init__(syntax, line, column, detail)
        self.syntax, self.line, self.column, self.detail = syntax, line, column, detail

    def where(self) -> tuple[str, str]:
        """Return line and column in French and English, each with a space before; empty if unknown."""
        if not self.line:
            return "", ""
        return (
            f" ligne {self.line}, colonne {self.column}",
            f" line {self.line}, column {self.column}",
        )

    def error(self) -> UnreadableInput:
        """Return the error for the user."""
        where_fr, where_en = self.where()
        return UnreadableInput(
            f"Erreur de syntaxe {self.syntax}{where_fr} : {french(self.detail)}",
            f"{self.syntax} syntax error{where_en}: {self.detail}",
            **({"line": self.line, "column": self.column} if self.line else {}),
        )


def locate(error: Exception, text: str, syntax: str) -> tuple[int | None, int | None, str]:
    """Return line, column (from 1) and what is wrong, from the exception of one of rdflib's parsers."""
    if syntax == "nt":
        return _locate_line(text)
    if isinstance(error, IndexError):  # rdflib's notation3 reads past the end
        rows = text.split("\n")
        return len(rows), len(rows[-1]) + 1, "the text ends too early"
    lines = getattr(error, "lines", None)
    if lines is not None and hasattr(error, "_i"):  # rdflib's notation3 BadSyntax
        before = error._str[: error._i].decode("utf-8", "replace")  # type: ignore[attr-defined]  # private, yet the only place
        column = len(before) - (before.rfind("\n") + 1) + 1
        return before.count("\n") + 1, column, str(error._why)  # type: ignore[attr-defined]  # as above
    line = re.search(r"line (\d+)", str(error))
    if line:
        return int(line[1]), 1, str(error)
    quoted = re.search(r"[\"'](.{2,40}?)[\"']", str(error))
    if quoted and quoted[1] in text:
        return *_line_of(text, text.index(quoted[1])), str(error)
    if "IPv6" in str(error) and "//[" in text:
        return *_line_of(text, text.index("//[")), str(error)
    return None, None, str(error).splitlines()[0] if str(error) else type(error).__name__


def _line_of(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _locate_line(text: str) -> tuple[int | None, int | None, str]:
    """Return the first line of N-Triples that cannot be read: the parser does not count lines."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            Graph().parse(data=line + "\n", format="nt")
        except Exception as error:  # noqa: BLE001  # rdflib raises what it likes
            rest = re.search(r"Invalid line: (.+)", str(error))
            column = line.find(rest[1]) + 1 if rest else 1
            return number, max(column, 1), str(error).splitlines()[0]
    return None, None, "unreadable"


def french(detail: str) -> str:
    """Return in French what a parser says in English, or as it is where no translation is known."""
    for pattern, text in _COMPILED:
        match = pattern.fullmatch(detail)
        if match:
            return text.replace("{}", next((group for group in match.groups() if group), ""))
    return detail


# Pattern of the English text, French text; groups are carried over. The first that fits is used.
_TRANSLATIONS = (
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
    (r"'(.*)' does not appear to be an IPv4 or IPv6 address", "« {} » n'est pas une adresse IPv4 ou IPv6"),
    (r"Invalid IPv6 URL", "ce n'est pas une adresse IPv6"),
    (r"EOF found in middle of .*|expected item in list|objectList expected", "le texte s'arrête trop tôt"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), text) for pattern, text in _TRANSLATIONS)
