"""nginx and Apache on loopback with the site files that ship, their addresses alone put in their place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "bench"))

import servers

DEPLOY = Path(__file__).parents[2] / "service" / "deploy"
_SERVICE = "127.0.0.1:8000"
_PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
_MODULES = Path("/usr/lib/apache2/modules")
# What Debian's Apache has on by itself, then what the head of the site file asks for.
_APACHE = ("mpm_event", "authz_core", "authz_host", "alias", "mime", "dir", "env", "rewrite")

_NGINX_MAIN = """
daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    # A test may come from another address than this machine's.
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Test-Address;
    include {folder}/site.conf;
}}
"""
_APACHE_MAIN = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
Mutex file:{folder}
Listen 127.0.0.1:{port}
{user}
{modules}
TypesConfig /dev/null
{site}
"""


def program(name: str, package: str) -> str:
    """Return where a program is; the test is skipped on a machine without it."""
    path = shutil.which(name, path=_PLACES)
    if path is None:
        pytest.skip(f"No {name} here. To run this test: apt-get install {package}")
    return path


def instead(text: str, old: str, new: str) -> str:
    """Return a text with a part that must be in it replaced."""
    assert old in text, old
    return text.replace(old, new)


def _user(directive: str) -> str:
    return directive if os.geteuid() == 0 else ""


def nginx_main(folder: Path) -> str:
    """Return the main configuration of nginx, which reads its site and writes its files in a folder."""
    return _NGINX_MAIN.format(folder=folder, user=_user("user root;"))


def nginx_command(folder: Path, port: int, service: str = _SERVICE) -> list[str]:
    """Return how nginx is started on a port in front of a service, its files written to a folder."""
    nginx = program("nginx", "nginx")
    site = (DEPLOY / "nginx" / "montages.conf").read_text("utf-8")
    site = instead(site, "server 127.0.0.1:8000;", f"server {service};")
    site = instead(site, "listen 80;", f"listen 127.0.0.1:{port};")
    site = instead(site, "    listen [::]:80;\n", "")
    site = instead(site, "server_name montages.example;", "server_name localhost 127.0.0.1;")
    (folder / "site.conf").write_text(site, "utf-8")
    main = folder / "nginx.conf"
    main.write_text(nginx_main(folder), "utf-8")
    return [nginx, "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")]


def apache_command(
    folder: Path, port: int, site: str, modules: tuple[str, ...] = _APACHE
) -> list[str]:
    """Return how Apache is started on a port with the configuration of a site."""
    apache = program("apache2", "apache2-bin")
    load = "\n".join(f"LoadModule {name}_module {_MODULES}/mod_{name}.so" for name in modules)
    main = folder / "apache.conf"
    text = _APACHE_MAIN.format(
        folder=folder,
        port=port,
        modules=load,
        site=site,
        user=_user("User www-data\nGroup www-data"),
    )
    main.write_text(text, "utf-8")
    return [apache, "-d", str(folder), "-f", str(main)]


def apache_proxy_command(folder: Path, port: int, service: str = _SERVICE) -> list[str]:
    """Return how Apache is started on a port in front of a service."""
    site = (DEPLOY / "apache" / "montages.conf").read_text("utf-8")
    asked = next(line for line in site.splitlines() if "a2enmod" in line).split("a2enmod")[1]
    site = instead(site, "127.0.0.1:8000/", f"{service}/")
    site = instead(site, "*:80>", f"127.0.0.1:{port}>")
    return apache_command(folder, port, site, (*_APACHE, *asked.split()))


def w3id_command(folder: Path, port: int, service: str) -> list[str]:
    """Return how Apache is started on a port with our folder of w3id.org, which leads to a service."""
    root = folder / "w3id"
    shutil.copytree(DEPLOY / "w3id", root)
    htaccess = root / "montages" / ".htaccess"
    text = instead(htaccess.read_text("utf-8"), "https://montages.example", service)
    htaccess.write_text(text, "utf-8")
    for path in (folder, *folder.parents):  # Apache's user has to come to it
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o111)
    site = f"DocumentRoot {root}\n<Directory {root}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    return apache_command(folder, port, site, (*_APACHE, "headers"))


@contextmanager
def running(command: list[str], port: int, path: str = "/healthz") -> Iterator[str]:
    """Run a proxy until the block ends, and give its address."""
    foreground = [*command, "-DFOREGROUND"] if "apache2" in command[0] else command
    with servers.serving(foreground, port, path, dict(os.environ)) as base:
        yield base


def syntax_errors(command: list[str]) -> str:
    """Return what a server says of its configuration, nothing where it is right."""
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr
