"""docs/parcours.md: what three officers are asked and answer, what comes out, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys import HEIGHT, JOURNEYS, WIDTH, Officer, opened
from playwright.sync_api import Browser, Page

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "screenshots"
TEXT = DOCS / "parcours.md"
_QUALITY = 60  # of JPEG: text stays sharp, a picture weighs some tens of kilobytes
_SERVE = "http://127.0.0.1:8000"  # where `make serve` answers

_HEAD = """# Trois parcours

Trois chargés de projet disent leur projet en une phrase et arrivent à une page à imprimer. Leurs réponses
sont dans `tests/browser/journeys.yaml` ; cette page et ses images sont refaites par `make screenshots`.
"""


@dataclass(frozen=True)
class Picture:
    """A picture of a page, with what it shows."""

    name: str
    alt: str

    def __str__(self) -> str:
        return f"![{self.alt}](screenshots/{self.name}.jpg)"


def write_parcours(browser: Browser, address: str) -> int:
    """Go through each journey, save its pictures and the page; return how many pictures there are."""
    parts, number = [_HEAD], 0
    for name, journey in JOURNEYS.items():
        text, pictures = _journey(browser, address, name, journey)
        parts.append(text)
        number += len(pictures)
    TEXT.write_text("\n".join(parts), encoding="utf-8")
    return number


def _journey(
    browser: Browser, address: str, name: str, journey: dict[str, Any]
) -> tuple[str, list[Picture]]:
    """Return the part about a journey, and the pictures taken on the way."""
    context = opened(browser, address, width=WIDTH)
    officer = Officer(context.new_page(), journey["answers"])
    pictures: list[Picture] = []
    officer.start(journey["fr"])
    while len(officer.given) < journey["most"]:
        if not officer.given:
            pictures.append(
                _picture(officer.page, name, "question", "Une question, sur un téléphone")
            )
        if not officer.answer():
            break
    officer.leave_questions()
    said = officer.given
    counts = {"réponse": len(said), "clic": officer.clicks}
    effort = ", ".join(f"{n} {name}{'s' * (n > 1)}" for name, n in counts.items())
    sentence = officer.page.locator("#result .answer").first.inner_text()
    link = officer.page.url.removeprefix(address)
    context.close()
    wide = opened(browser, address, script=False)
    page = wide.new_page()
    page.goto(link)
    pictures.append(_picture(page, name, "resultat", "Le résultat, sur un ordinateur"))
    Officer(page, {}).print_a_page()
    pictures.append(_picture(page, name, "a-imprimer", "La page à imprimer"))
    wide.close()
    rows = [f"| {n} | {question} | {answer} |" for n, (question, answer) in enumerate(said, 1)]
    lines = [
        f"## {journey['fr']}",
        "",
        f"Une phrase, {effort}. Ce qui en sort :",
        "",
        f"> {sentence}",
        "",
        f"[Le même projet, par son lien]({_SERVE}{link})",
        "",
        "| | Question | Réponse |",
        "|---|---|---|",
        *rows,
        "",
        *(f"{picture}\n" for picture in pictures),
    ]
    return "\n".join(lines), pictures


def _picture(page: Page, journey: str, step: str, alt: str) -> Picture:
    """Save a picture of a page: of its screen on a phone, of the whole page elsewhere."""
    page.wait_for_load_state("networkidle")
    name = f"parcours-{journey}-{step}"
    phone = page.viewport_size == {"width": WIDTH, "height": HEIGHT}
    path = PICTURES / f"{name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=_QUALITY, full_page=not phone)
    return Picture(name, alt)
