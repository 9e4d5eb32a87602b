"""The table of settings: a name stands once, and what it stands for is what one gets."""

from __future__ import annotations

import re

import pytest

from montages import settings


def test_a_setting_stands_once_in_the_table() -> None:
    names = [setting.name for setting in settings.TABLE]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)


def test_the_environment_comes_before_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONTAGES_REGISTRY", raising=False)
    assert settings.get("registry") == ""
    monkeypatch.setenv("MONTAGES_REGISTRY", "/srv/registry")
    assert settings.get("registry") == "/srv/registry"
