"""What ships to run the service is what each tool takes, and agrees with the settings of the service."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import container_build
import proxy_servers
import servers
import settings_table
from every_guest import needs_every_guest
from montages import settings
from montages.web import server
from proxy_servers import DEPLOY, instead, program

UNIT = (DEPLOY / "montages.service").read_text("utf-8")
NGINX = (DEPLOY / "nginx" / "montages.conf").read_text("utf-8")
APACHE = (DEPLOY / "apache" / "montages.conf").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
ROOT = DEPLOY.parents[1]
DEFAULTS = {setting.name: setting.default for setting in settings.TABLE}
# From 0 for what is shut in wholly, to 10.
EXPOSURE = 3.0


def test_nginx_takes_its_site(tmp_path: Path) -> None:
    command = proxy_servers.nginx_command(tmp_path, servers.free_port())
    assert proxy_servers.syntax_errors(command) == ""


def test_apache_takes_its_site(tmp_path: Path) -> None:
    command = proxy_servers.apache_proxy_command(tmp_path, servers.free_port())
    assert proxy_servers.syntax_errors(command) == ""


def test_the_unit_has_a_limit_of_memory_and_leaves_none_of_it_on_a_disk() -> None:
    for line in ("MemoryMax=75%", "OOMPolicy=continue", "LimitCORE=0"):
        assert f"\n{line}\n" in UNIT


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Return the unit, with a program that is on this machine."""
    path = tmp_path / "montages.service"
    start = "ExecStart=/opt/montages/bin/montages serve"
    path.write_text(instead(UNIT, start, f"ExecStart={shutil.which('true')}"), "utf-8")
    return path


def test_systemd_takes_the_unit(unit: Path) -> None:
    analyze = program("systemd-analyze", "systemd")
    done = subprocess.run(
        [analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "montages" in line]
    assert (ours, done.returncode) == ([], 0), done.stderr


def test_the_unit_is_shut_in(unit: Path) -> None:
    analyze = program("systemd-analyze", "systemd")
    command = [analyze, "security", "--offline=true", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    exposure = re.search(r"Overall exposure level for \S+ ([\d.]+)", done.stdout)
    assert exposure, done.stdout + done.stderr
    print(f"\nsystemd-analyze security: {exposure[1]}")
    assert float(exposure[1]) <= EXPOSURE


def test_hadolint_finds_nothing_in_the_containerfile() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("No hadolint for this kind of machine: where it has one, make sets it up")
    command = [str(hadolint), "--no-color", str(DEPLOY / "Containerfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@needs_every_guest
def test_what_the_containerfile_copies_is_there() -> None:
    for words in re.findall(r"^COPY (?!--from)(.*)$", CONTAINER, re.MULTILINE):
        *sources, _ = words.split()
        assert [name for name in sources if not (ROOT / name).exists()] == []


def test_the_container_runs_as_nobody_and_is_pinned() -> None:
    assert re.findall(r"^USER (.*)$", CONTAINER, re.MULTILINE) == ["10001:10001"]
    arguments = dict(re.findall(r"^ARG (\w+)=(\S+)$", CONTAINER, re.MULTILINE))
    assert container_build.BASE.fullmatch(arguments["BASE"])
    assert set(re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)) == {"${BASE}"}
    assert arguments["LOCK"] == "requirements.lock"
    assert '--require-hashes -r "$LOCK"' in CONTAINER
    assert "npm ci" in CONTAINER
    assert "HEALTHCHECK" in CONTAINER


# What a proxy may let through is what the service takes, and what it takes fits the time of the service.
@pytest.mark.parametrize(
    ("site", "line", "setting"),
    [
        (NGINX, "client_max_body_size {};", "max_bytes"),
        (NGINX, "client_header_timeout {}s;", "head_seconds"),
        (NGINX, "burst={} nodelay;", "rate_limit"),
        (NGINX, "limit_conn montages_connections {};", "client_connections"),
        (NGINX, "server 127.0.0.1:{};", "port"),
        (APACHE, "LimitRequestBody {}\n", "max_bytes"),
        (APACHE, "header={} ", "head_seconds"),
        (APACHE, " body={}\n", "body_seconds"),
        (APACHE, '"http://127.0.0.1:{}/"', "port"),
    ],
)
def test_a_limit_of_a_proxy_is_the_default_of_the_service(
    site: str, line: str, setting: str
) -> None:
    assert line.format(DEFAULTS[setting]) in site


def test_a_proxy_waits_longer_than_the_service_computes() -> None:
    batch = 3 * int(DEFAULTS["run_seconds"])
    waits = [re.search(r"proxy_read_timeout (\d+)s", NGINX), re.search(r" timeout=(\d+)", APACHE)]
    assert all(wait and int(wait[1]) > 2 * batch for wait in waits)
    rate = re.search(r"rate=(\d+)r/s", NGINX)
    assert rate
    assert int(rate[1]) * 60 == int(DEFAULTS["rate_limit"])


def test_an_idle_connection_is_kept_and_a_proxy_ends_it_first() -> None:
    kept = [
        re.search(r"\n    keepalive_timeout (\d+)s;\n}", NGINX),
        re.search(r" ttl=(\d+)", APACHE),
    ]
    assert all(seconds and 15 <= int(seconds[1]) < server.KEPT_SECONDS for seconds in kept)


def test_each_setting_that_ships_is_one() -> None:
    for text in (CONTAINER, UNIT, NGINX, APACHE, (DEPLOY / "montages.env").read_text("utf-8")):
        named = {name.lower() for name in re.findall(r"MONTAGES_([A-Z_]+[A-Z])", text)}
        assert named <= set(DEFAULTS)


def test_the_guide_has_every_setting() -> None:
    assert settings_table.up_to_date(), f"To mend: {settings_table.COMMAND}"
