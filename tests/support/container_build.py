"""Does what a Containerfile says in folders of this machine, without a container engine.

Each stage starts from a fresh Debian that mmdebstrap made; each RUN is run in it, as root, by chroot.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SUITE = "trixie"
# Debian's image of a day, by what is in it.
BASE = re.compile(rf"debian:{SUITE}-\d{{8}}-slim@sha256:[0-9a-f]{{64}}")
# How this machine comes to packages: its settings for apt, pip and npm, its certificates.
_WAYS = (
    "/etc/apt/apt.conf.d", "/etc/apt/sources.list.d/debian.sources", "/etc/pip.conf", "/etc/npmrc",
    "/etc/ssl/certs", "/usr/local/share/ca-certificates", "/root/.npmrc", "/root/.config/pip",
    "/etc/resolv.conf",
)  # fmt: skip
_VARIABLES = re.compile(r"(?i)(pip|npm|node|ssl)_.*|(https?|no)_proxy")
# Without PID 1 of its own, nothing that a step leaves running would end.
_IN_ROOT = (
    'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; exec chroot "$0" /bin/sh -c "$1"'
)
_READ_ONLY = (
    'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"; mount -t proc proc "$0/proc"; '
    'mount --rbind /dev "$0/dev"; mount -t tmpfs tmpfs "$0/tmp"; {volumes}exec chroot "$0" '
    "setpriv --reuid={user} --regid={group} --clear-groups --no-new-privs --inh-caps=-all "
    '--bounding-set=-all env -i "$@"'
)


@dataclass
class Stage:
    """What a stage has come to: its root, and what a container of it would start with."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    volumes: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def run(self, command: str, arguments: Mapping[str, str]) -> None:
        """Run a command of the shell in the root; raises CalledProcessError with what it wrote."""
        ways = {name: value for name, value in os.environ.items() if _VARIABLES.fullmatch(name)}
        plain = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        inside = f"cd {shlex.quote(self.folder)} && {command}"
        subprocess.run(
            [
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "sh",
                "-ec",
                _IN_ROOT,
                str(self.root),
                inside,
            ],
            env={**ways, **plain, **quiet, **self.env, **arguments},
            check=True,
            stdin=subprocess.DEVNULL,
        )

    def start(self, env: dict[str, str], command: list[str] | None = None) -> list[str]:
        """Return what starts a container of this stage: nothing to write but /tmp and volumes, no rights."""
        user, _, group = self.user.partition(":")
        variables = [f"{name}={value}" for name, value in (self.env | env).items()]
        words = command or [*self.entrypoint, *self.command]
        kept = "".join(f"mount --bind '{self._kept(name)}' \"$0{name}\"; " for name in self.volumes)
        script = _READ_ONLY.format(user=user, group=group, volumes=kept)
        return ["unshare", "--mount", "sh", "-ec", script, str(self.root), *variables, *words]

    def _kept(self, volume: str) -> Path:
        """Return the folder of a volume, which begins as the image has it."""
        place = self.root.with_name(f"{self.root.name}-{volume.strip('/').replace('/', '-')}")
        if not place.exists():
            subprocess.run(["cp", "-a", self.root / volume.lstrip("/"), place], check=True)
        return place


def fresh_root(folder: Path) -> Path:
    """Make a Debian as small as the image that is named, with this machine's ways to packages."""
    root = folder / "debian"
    sources = Path("/etc/apt/sources.list.d/debian.sources").read_text("utf-8")
    subprocess.run(
        ["mmdebstrap", "--variant=minbase", "--quiet", SUITE, str(root), "-"],
        input=sources,
        text=True,
        check=True,
    )
    for written in (
        root / "etc" / "apt" / "sources.list.d"
    ).iterdir():  # the same again, by mmdebstrap
        written.unlink()
    for way in map(Path, _WAYS):
        target = root / way.relative_to("/")
        if way.is_dir():
            shutil.copytree(
                way, target, symlinks=False, dirs_exist_ok=True, ignore_dangling_symlinks=True
            )
        elif way.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(way, target)
    return root


def instructions(path: Path) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile and their arguments, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    lines = [line for line in re.sub(r"\\\n\s*", "", text).splitlines() if line.strip()]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def build(path: Path, context: Path, folder: Path) -> Stage:
    """Do what a Containerfile says, and return its last stage; raises ValueError for a word unknown here."""
    pristine = fresh_root(folder)
    stages: dict[str, Stage] = {}
    stage = Stage(pristine)
    arguments: dict[str, str] = {}
    for name, rest in instructions(path):
        if name == "FROM":
            image, _, alias = rest.partition(" AS ")
            if not BASE.fullmatch(arguments.get(image.strip("${}"), image)):
                raise ValueError(image)
            stage = stages[alias] = Stage(folder / f"stage-{len(stages)}")
            subprocess.run(["cp", "-a", pristine, stage.root], check=True)
        elif name == "ARG":
            arguments |= [rest.split("=", 1)]
        elif name == "RUN":
            stage.run(rest, arguments)
        elif name == "COPY":
            _copy(rest.split(), stage, stages, context)
        elif name == "WORKDIR":
            stage.folder = rest
            (stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif name == "ENV":
            stage.env |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif name == "VOLUME":
            stage.volumes = json.loads(rest)
        elif name == "USER":
            stage.user = rest
        elif name in ("ENTRYPOINT", "CMD"):
            setattr(stage, {"ENTRYPOINT": "entrypoint", "CMD": "command"}[name], json.loads(rest))
        elif name == "HEALTHCHECK":
            stage.health = json.loads(rest.partition("CMD ")[2])
        elif name != "EXPOSE":
            raise ValueError(name)
    return stage


def _copy(words: list[str], stage: Stage, stages: dict[str, Stage], context: Path) -> None:
    """Copy as COPY does: what is in a folder, or files into a folder."""
    source = context
    if words[0].startswith("--from="):
        source = stages[words.pop(0).partition("=")[2]].root
    *names, to = words
    target = stage.root / os.path.join(stage.folder, to).lstrip("/")  # noqa: PTH118  # an absolute one wins
    for name in names:
        found = source / name.lstrip("/")
        if found.is_dir():
            shutil.copytree(found, target, symlinks=True, dirs_exist_ok=True)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, target)
