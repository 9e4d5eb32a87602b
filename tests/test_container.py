"""The Containerfile does what it says: built in a fresh Debian, it serves with nothing to write."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import container_build
import proxy_servers
import servers
from attacks.attack import ask

pytestmark = pytest.mark.soak

ROOT = proxy_servers.DEPLOY.parents[1]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> container_build.Stage:
    proxy_servers.program("mmdebstrap", "mmdebstrap")
    release = Path("/etc/os-release").read_text("utf-8")
    if os.geteuid() != 0 or f"VERSION_CODENAME={container_build.SUITE}" not in release:
        pytest.skip(f"To run this test: as root, on Debian {container_build.SUITE}")
    context = tmp_path_factory.mktemp("context")
    files = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", context], input=files.stdout, check=True)
    folder = tmp_path_factory.mktemp("image")
    return container_build.build(context / "service/deploy/Containerfile", context, folder)


@pytest.fixture(scope="module")
def base(image: container_build.Stage) -> Iterator[str]:
    port = servers.free_port()
    command = image.start({"MONTAGES_PORT": str(port), "MONTAGES_REQUEST_LOG": "off"})
    with servers.serving(
        command, port, "/readyz", {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    ) as base:
        yield base


def test_the_image_serves_pages_with_its_browser_libraries(base: str) -> None:
    page = ask(base, "/sparql", headers={"Accept": "text/html"})
    assert (page.status, b"yasgui.min" in page.body) == (200, True)
    assert ask(base, "/id/contract/mpgp.ttl").status == 200


def test_health_is_in_the_image(image: container_build.Stage, base: str) -> None:
    env = {"MONTAGES_PORT": str(urlsplit(base).port)}
    assert subprocess.run(image.start(env, image.health), check=False).returncode == 0
    env = {"MONTAGES_PORT": str(servers.free_port())}
    assert subprocess.run(image.start(env, image.health), capture_output=True).returncode != 0


def test_a_registry_is_kept_in_the_volume(image: container_build.Stage) -> None:
    folder = f"{image.volumes[0]}/registry"
    for words in (["init", folder], ["list"]):
        command = [*image.entrypoint, "registry", *words]
        done = subprocess.run(image.start({"MONTAGES_REGISTRY": folder}, command), check=False)
        assert done.returncode == 0


def test_whoever_gets_in_can_write_nothing(image: container_build.Stage, base: str) -> None:
    script = "id -u; for f in / /etc /opt/montages /var/cache/montages /tmp; do touch $f/x && echo $f; done"
    done = subprocess.run(image.start({}, ["sh", "-c", script]), capture_output=True, text=True)
    assert done.stdout.split() == ["10001", "/tmp"]  # noqa: S108  # a folder in the image


def test_the_image_is_small_and_has_no_installer(image: container_build.Stage, base: str) -> None:
    venv = image.root / "opt" / "montages"
    assert not (venv / "bin" / "pip").exists()
    assert not list(venv.glob("lib/*/site-packages/weasyprint"))  # extras.lock has it
    assert not (image.root / "usr" / "bin" / "npm").exists()
    done = subprocess.run(["du", "-sm", image.root], capture_output=True, text=True, check=True)
    size = int(done.stdout.split()[0])
    print(f"\nthe image: {size} MB")
    assert size < 350
