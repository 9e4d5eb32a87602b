"""`make screenshots`: the main pages at two widths, in docs/screenshots, and docs/parcours.md."""

from __future__ import annotations

import sys
from pathlib import Path

from parcours import TEXT, write_parcours

from served import CHROMIUM, MISSING, chromium, service

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
PAGES = {
    "home": "/",
    "tool": "/projet",
    "tool-question": "/projet?holder=commune&usages=street-lighting&layers=objects:own",
    "tool-layers": "/projet?holder=commune&ask=layers",
    "contract": "/id/contract/mpgp.html",
    "criterion": "/id/criterion/exploitation-risk.html",
    "sheet": "/matrix",
    "layer-matrix": "/layer-matrix",
    "project": "/id/project/dijon.html",
    "term": "/def/ContractType.html",
    "module": "/module/rulebook.html",
    "search": "/search?q=acheter+des+capteurs",
    "tree": "/tree",
    "error": "/id/contract/concession-de-service",
    "editor": "/sparql",
    "validate": "/validate",
    "explorer": "/explorer#management-mode=delegated&remuneration=price&competence-held=yes",
    "assessment": "",
}
# The three that README shows are as tall as a screen; the others are whole.
SHOWN = ("contract", "sheet", "explorer")


def main() -> int:
    """Save every main page at 390 and 1280 pixels; return the exit code."""
    if CHROMIUM is None:
        print(MISSING, file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with service() as address, chromium() as browser:
        for width in (390, 1280):
            context = browser.new_context(
                base_url=address, locale="fr-FR", viewport={"width": width, "height": 860}
            )
            page = context.new_page()
            for name, path in PAGES.items():
                if path:
                    page.goto(path)
                else:
                    page.goto("/try")
                    page.select_option("#example", "exemple-metropole")
                    page.get_by_role("button", name="Évaluer cet exemple").click()
                page.wait_for_load_state("networkidle")
                page.screenshot(path=OUT / f"{name}-{width}.png", full_page=name not in SHOWN)
            context.close()
        number = 2 * len(PAGES) + write_parcours(browser, address)
    print(f"{number} screenshots in {OUT}, and {TEXT.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
