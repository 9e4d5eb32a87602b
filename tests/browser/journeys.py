"""A project officer at the tool: from the home page to a printed page, by mouse or by keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, BrowserContext, Locator, Page

# A screen of a phone; a result, with what there is to do, is no taller than seven of 800 px (officer's door).
WIDTH, HEIGHT = 390, 844
TALLEST = 7 * 800
# Beside a question, what the contracts but the first few have to say is folded.
TALLEST_ASKING = 2_700
_FURTHEST = 300  # presses of Tab to any element of a page

_TEXTS = {
    "fr": {"result": "Voir tout le résultat, sans répondre à plus", "paper": "Page pour les élus"},
    "en": {
        "result": "See the whole result, without answering more",
        "paper": "Page for the elected members",
    },
}


def _read() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "journeys.yaml").read_text(encoding="utf-8")
    journeys: dict[str, dict[str, Any]] = yaml.safe_load(text)
    del journeys["common"]
    return journeys


JOURNEYS = _read()


def opened(
    browser: Browser,
    address: str,
    *,
    script: bool = True,
    width: int = 1280,
    height: int = HEIGHT,
    lang: str = "fr",
    scheme: str = "light",
) -> BrowserContext:
    """Return a window of its own, with nothing remembered."""
    context = browser.new_context(
        base_url=address,
        locale={"fr": "fr-FR", "en": "en-GB"}[lang],
        java_script_enabled=script,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
        bypass_csp=True,  # for axe-core, which a test puts in
    )
    context.set_default_timeout(150_000)
    return context


@dataclass
class Officer:
    """Somebody at the tool with answers to give; what is given, filled and clicked is counted."""

    page: Page
    answers: Mapping[str, list[str]]
    lang: str = "fr"
    keyboard: bool = False
    given: list[tuple[str, str]] = field(default_factory=list)
    fields: int = 0
    clicks: int = 0

    def start(self, sentence: str) -> None:
        """Say the project on the home page in one sentence, which leads to the tool."""
        self.page.goto("/")
        self._write(self.page.locator("#sentence"), sentence)
        self.press(self.page.locator("form.sentence button"))
        self.page.wait_for_url("**/projet?**")

    def answer(self) -> bool:
        """Answer the question of the page; False where there is none any more."""
        form = self.page.locator("#ask form")
        if not form.count():
            return False
        asked = form.locator("input[name=question]").get_attribute("value") or ""
        planned = self.answers.get(asked.rpartition(".")[2])
        question = self.page.locator("#question").inner_text()
        told = self._fill(form, asked, planned)
        self.given.append((question, ", ".join(told)))
        before = self.page.url
        self.press(form.locator("button[type=submit]").first)
        self.page.wait_for_url(lambda url: url != before)
        return True

    def _fill(self, form: Locator, asked: str, planned: list[str] | None) -> list[str]:
        if form.locator("select").count():
            option = form.locator(f'option[value="{(planned or ["?"])[0]}"]')
            self._choose(form.locator("select"), option.inner_text())
            return [option.inner_text()]
        if form.locator("input.amount").count():
            self._write(form.locator("input.amount"), (planned or ["1"])[0])
            return [(planned or ["1"])[0]]
        if asked == "layers":
            boxes = [form.locator(f'[id="{name}"]') for name in planned or []]
        elif planned:
            boxes = [form.locator(f'[name="{asked}"][value="{value}"]') for value in planned]
        else:
            boxes = [form.locator(f'[name="{asked}"]:not([type=hidden]):not(button)').first]
        for box in boxes:
            self._check(box)
        return [_name(box) for box in boxes]

    def _choose(self, select: Locator, label: str) -> None:
        self.fields += 1
        if self.keyboard:
            self.reach(select)
            self.page.keyboard.type(label)
        else:
            select.select_option(label=label)

    def _write(self, box: Locator, text: str) -> None:
        self.fields += 1
        if self.keyboard:
            self.reach(box)
            self.page.keyboard.type(text)
        else:
            box.fill(text)

    def _check(self, box: Locator) -> None:
        self.clicks += 1
        if not self.keyboard:
            box.check()
            return
        # Tab goes to a group of radio buttons, arrows within it.
        if box.get_attribute("type") == "radio":
            name = box.get_attribute("name")
            self.reach(self.page.locator(f'input[type=radio][name="{name}"]'))
            for _ in range(_FURTHEST):
                if box.is_checked():
                    return
                active = "document.activeElement"
                at = self.page.evaluate(f"{active}.id") == box.get_attribute("id")
                self.page.keyboard.press("Space" if at else "ArrowDown")
        else:
            self.reach(box)
            self.page.keyboard.press("Space")

    def follow(self, link: Locator) -> None:
        """Follow a link to where it leads."""
        before = self.page.url
        self.press(link)
        self.page.wait_for_url(lambda url: url != before)

    def press(self, element: Locator) -> None:
        """Press a button or a link."""
        self.clicks += 1
        if self.keyboard:
            self.reach(element)
            self.page.keyboard.press("Enter")
        else:
            element.click()

    def reach(self, elements: Locator) -> None:
        """Press Tab until one of some elements has the focus."""
        handles = elements.element_handles()
        for _ in range(_FURTHEST):
            active = "(all) => all.includes(document.activeElement)"
            if self.page.evaluate(active, handles):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No Tab leads to {elements}")

    def go_to_result(self, sentence: str, most: int) -> None:
        """Begin with a sentence, answer so many questions at most, then look at the whole result."""
        self.start(sentence)
        while len(self.given) < most and self.answer():
            pass
        self.leave_questions()

    def leave_questions(self) -> None:
        """Look at the whole result, where questions are left too."""
        if self.page.locator("#ask").count():
            self.follow(self.page.get_by_role("link", name=_TEXTS[self.lang]["result"]))

    def print_a_page(self) -> None:
        """Go from the result to the page that is printed for the mayor."""
        self.follow(self.page.get_by_role("link", name=_TEXTS[self.lang]["paper"]).first)

    @property
    def has_result(self) -> bool:
        """Tell whether the page is the whole result."""
        return bool(self.page.locator("h1#result-title").count())


def _name(box: Locator) -> str:
    """Return what a box says to who looks at it."""
    text: str = box.evaluate(
        "box => box.closest('tr') ? box.closest('tr').querySelector('th > span').innerText + ' : '"
        " + box.closest('label').innerText.trim()"
        " : box.labels[0].firstChild.textContent.trim()"
    )
    return text
