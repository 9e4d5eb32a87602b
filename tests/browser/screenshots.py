"""`make screenshots`: the main pages at two widths, in docs/screenshots."""

from __future__ import annotations

import sys
from pathlib import Path

from served import CHROMIUM, MISSING, chromium, service

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
PAGES = {
    "home": "/",
    "contract": "/id/contract/mpgp.html",
    "criterion": "/id/criterion/exploitation-risk.html",
    "sheet": "/matrix",
    "layer-matrix": "/layer-matrix",
    "project": "/id/project/dijon.html",
    "term": "/def/ContractType.html",
    "module": "/module/rulebook.html",
    "search": "/search?q=financement",
    "editor": "/sparql",
    "validate": "/validate",
    "assessment": "",
}
# The two that README shows are as tall as a screen; the others are whole.
SHOWN = ("contract", "sheet")


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
                    page.goto("/")
                    page.select_option("#example", "exemple-metropole")
                    page.get_by_role("button", name="Évaluer cet exemple").click()
                page.wait_for_load_state("networkidle")
                page.screenshot(path=OUT / f"{name}-{width}.png", full_page=name not in SHOWN)
            context.close()
    print(f"{2 * len(PAGES)} screenshots in {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
