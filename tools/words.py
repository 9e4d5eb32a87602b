"""Brings the catalogue of words up to date with the sentences of the code and the pages: `make words`.

Every sentence keeps its French; one whose English is new gets the nearest French that is left over, marked
`fuzzy` for a person to read again, or none. What is missing, fuzzy or left over fails `make check`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Formatter

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from montages.errors import MEANING
from montages.word_catalogue import FRENCH, Catalogue, catalogue

# The core, and the guests beside it.
PACKAGES = sorted(FRENCH.parents[2].glob("montages*"))
_SAYS = re.compile(
    r"^from montages\.bilingual import (\([^)]*|[^\n(]*)\b(message|plural)\b", re.MULTILINE
)
_VALUE = re.compile(r"\w*$|\w+[.\[]")  # what may stand in braces; JSON may too
_PAGES = "templates/*.html"
# A context and an English source.
Key = tuple[str, str]
# How many characters a line of the catalogue has at most.
_WIDTH = 100

_HEADER = """# The French of what the code and the pages say; the English stands in the code.
# To correct a French sentence: change the text after its msgstr, then run: make check
# What stands between braces, or after %, is a value: its name is the same in both languages.
# Each sentence is below the files that say it. `make words` keeps this order.
msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@dataclass(frozen=True)
class Source:
    """A sentence of the code: its English, its plural and context if any, the values it is given."""

    one: str
    many: str = ""
    context: str = ""
    values: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """Return what the catalogue finds it by."""
        return self.context, self.one


def sources() -> dict[str, list[Source]]:
    """Return the sentences of each file, in their order."""
    files: list[tuple[Path, Callable[[str], Iterator[Source]]]]
    files = [(path, _of_code) for folder in PACKAGES for path in sorted(folder.rglob("*.py"))]
    files += [(path, _of_page) for folder in PACKAGES for path in sorted(folder.rglob(_PAGES))]
    sentences = {
        str(path.relative_to(FRENCH.parents[2])): list(read(path.read_text("utf-8")))
        for path, read in files
    }
    return {path: of_file for path, of_file in sentences.items() if of_file}


def _of_code(code: str) -> Iterator[Source]:
    if not _SAYS.search(code):
        return
    tree = ast.parse(code)
    yield from _of_errors(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in ("message", "plural"):
            one, *many = (str(ast.literal_eval(text)) for text in call.args)
            given = {word.arg or "**": word.value for word in call.keywords}
            context = given.pop("context", None)
            yield Source(
                one, "".join(many), ast.literal_eval(context) if context else "", frozenset(given)
            )


def _of_errors(tree: ast.Module) -> Iterator[Source]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and (
            node.name == "MontagesError" or "title" in {word.arg for word in node.keywords}
        ):
            yield Source(" ".join((ast.get_docstring(node) or "").split()), context=MEANING)


def _of_page(page: str) -> Iterator[Source]:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    functions = ("_", "ngettext", "pgettext")
    for _, function, texts in extract_from_ast(environment.parse(page), functions):
        sentences = [
            str(text) for text in ([texts] if isinstance(texts, str) else texts or ()) if text
        ]
        context = sentences.pop(0) if function == "pgettext" else ""
        yield Source(sentences[0], "".join(sentences[1:]), context)


def places(sentence: str) -> set[str]:
    """Return the values that a sentence names, as it writes them."""
    percents = set(re.findall(r"%\((\w+)\)s", sentence))
    try:
        fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
    except ValueError:  # braces that belong to the sentence
        return percents
    named = [field for field in fields if _VALUE.match(field[1] or "")]
    return percents | {f"{name}!{mark}:{spec}" for _, name, spec, mark in named}


def faults(sentences: dict[str, list[Source]], entries: Catalogue, fuzzy: set[Key]) -> list[str]:
    """Return what is wrong with the catalogue, a line each."""
    lines = [
        f"{path}: {fault}: {source.one}" for path, source, fault in _faults(sentences, entries)
    ]
    used = {source.key for of_file in sentences.values() for source in of_file}
    lines += [f"fr.po: said nowhere any more: {key[1]}" for key in entries if key not in used]
    return lines + [f"fr.po: read it again, then take “fuzzy” away: {key[1]}" for key in fuzzy]


def _faults(
    sentences: dict[str, list[Source]], entries: Catalogue
) -> Iterator[tuple[str, Source, str]]:
    for path, source in (
        (path, source) for path, of_file in sentences.items() for source in of_file
    ):
        french = entries.get(source.key, ("",))
        english = (source.one, source.many) if source.many else (source.one,)
        named = {place.partition("!")[0] for one in english for place in places(one)}
        if not all(french):
            yield path, source, "no French"
        elif len(french) != len(english):
            yield path, source, "one French for each of one and many"
        elif places(french[-1]) != places(english[-1]) or places(french[0]) - places(english[-1]):
            yield path, source, "the two languages do not name the same values"
        if source.values and "**" not in source.values and source.values | {"n"} != named | {"n"}:
            yield path, source, "the values given are not those named"


def fuzzy_keys(text: str) -> set[Key]:
    """Return which sentences of a catalogue are to be read again."""
    blocks = [block for block in text.split("\n\n") if re.search("^#,.*fuzzy", block, re.MULTILINE)]
    return {key for block in blocks for key in catalogue(block)}


def carried_over(
    sentences: dict[str, list[Source]], entries: Catalogue
) -> tuple[Catalogue, set[Key]]:
    """Return the French of what is said now, and for which of it that is the French of something near."""
    used = {source.key: source for of_file in sentences.values() for source in of_file}
    left = {key[1]: french for key, french in entries.items() if key not in used}
    carried, near = Catalogue(), set[Key]()
    for key, source in used.items():
        forms = ("", "") if source.many else ("",)
        carried[key] = entries.get(key, forms)
        for old in get_close_matches(key[1], left, n=1) if key not in entries else ():
            if len(left[old]) == len(forms):
                carried[key] = left.pop(old)
                near.add(key)
    return carried, near


def po(sentences: dict[str, list[Source]], entries: Catalogue, fuzzy: set[Key]) -> str:
    """Return the text of a catalogue: each sentence once, under the files that say it."""
    files: dict[Key, dict[str, Source]] = {}
    for path, of_file in sentences.items():
        for source in of_file:
            files.setdefault(source.key, {})[path] = source
    blocks = [_HEADER]
    for key, by_path in files.items():
        source, french = next(iter(by_path.values())), entries.get(key, ("",))
        lines = [f"#: {path}" for path in by_path] + ["#, fuzzy"] * (key in fuzzy)
        lines += [_line("msgctxt", source.context)] * bool(source.context)
        lines.append(_line("msgid", source.one))
        if source.many:
            lines.append(_line("msgid_plural", source.many))
            lines += [_line(f"msgstr[{number}]", form) for number, form in enumerate(french)]
        else:
            lines.append(_line("msgstr", french[0]))
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _line(word: str, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    line = f'{word} "{escaped}"'
    if len(line) <= _WIDTH:
        return line
    parts = re.findall(rf"(?:.{{1,{_WIDTH - 2}}}(?: |(?<=\\n)|$)|\S+ ?)", escaped)
    return "\n".join([f'{word} ""', *(f'"{part}"' for part in parts)])


def main(arguments: list[str]) -> int:
    """Write the catalogue anew; with --check, only say what is wrong with it."""
    sentences = sources()
    if arguments != ["--check"]:
        text = FRENCH.read_text("utf-8")
        entries, near = carried_over(sentences, catalogue(text))
        FRENCH.write_text(
            po(sentences, entries, near | (fuzzy_keys(text) & entries.keys())), "utf-8"
        )
    text = FRENCH.read_text("utf-8")
    wrong = faults(sentences, catalogue(text), fuzzy_keys(text))
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
