"""What is worked out from the knowledge is kept on disk, by the content of everything it is made of.

A kept value is read back only by the same sources, knowledge, interpreter and libraries that made it, and
only from a file sealed with a key that the user alone can read: pickle is code. What several processes ask
for at once, one works out and the others wait for. Whatever is wrong with the folder, the value is worked out
anew and nothing is said. A wheel ships what a first start needs
(`service/kept.py`), by the content of the knowledge and the sources alone: it is plain data, as trusted as
the sources beside it.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import hmac
import io
import os
import pickle
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, wraps
from itertools import chain
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import pyoxigraph
import rdflib

from montages import settings
from montages.knowledge.files import library

P = ParamSpec("P")
T = TypeVar("T")

# Every kept function, by its name.
REGISTRY: dict[str, Callable[..., Any]] = {}

KEY_FILE = "key"
SHIPPED = library.PACKAGE / "kept"
_OFF = ("", "off")
# A folder holds the values of one state of the knowledge and the code: this many states.
_STATES, _STATE = 4, re.compile("[0-9a-f]{32}")
_SEAL = _KEY = hashlib.sha256().digest_size
_PACKAGE = str(library.PACKAGE)
_STARTED = time.time()


def disk_cache(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function works out from the knowledge alone, in memory and on disk.

    It returns plain data that pickle takes. Its arguments, if any, are few in number (the first day of
    a period, not a day) and tell themselves apart by `repr`. What it raises is not kept.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @cache
    @wraps(make)
    def value(*args: P.args, **kwargs: P.kwargs) -> T:
        own_name = _own_name(name, args, kwargs)
        if SHIPPED.is_dir():
            # Of other knowledge or other sources, there is none of that name.
            with suppress(Exception):
                return cast("T", _unpickled(_shipped(own_name).read_bytes()))
        place = _place(own_name)
        if place is None:
            return make(*args, **kwargs)
        # Whatever a file does that is not as we write it, the value is worked out instead.
        with suppress(Exception):
            return cast("T", _load(place))
        with one_at_a_time(place.with_suffix(".lock")) as waited:
            if waited:
                with suppress(Exception):
                    return cast("T", _load(place))
            result = make(*args, **kwargs)
            with suppress(OSError, ValueError):
                _store(place, result)
        return result

    kept = REGISTRY[name] = cast("Callable[P, T]", value)
    return kept


def is_kept(function: Callable[..., Any], *args: Any) -> bool:
    """Tell whether a kept function has a value on disk for some arguments: nothing is worked out."""
    name = _own_name(f"{function.__module__}.{function.__qualname__}", args, {})
    place = _place(name)
    return (SHIPPED.is_dir() and _shipped(name).exists()) or bool(place and place.exists())


def folder() -> Path | None:
    """Return the folder of kept values, None when none is wanted or no home is known."""
    setting = settings.get("cache_dir")
    if setting in _OFF:
        return None
    try:
        if setting != "auto":
            return Path(setting).expanduser()
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        # The standard says to ignore a relative one.
        return (base if base.is_absolute() else Path.home() / ".cache") / "montages"
    except RuntimeError:  # no home
        return None


def _own_name(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return the name of the value of a function for some arguments."""
    return name + (repr((args, kwargs)) if args or kwargs else "")


def _place(name: str) -> Path | None:
    top = folder()
    return None if top is None else top / fingerprint() / _file(name)


def _shipped(name: str) -> Path:
    return SHIPPED / shipped_fingerprint() / _file(name)


def _file(name: str) -> str:
    return f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.pickle"


def _seal(place: Path, content: bytes, key: bytes) -> bytes:
    """Return what proves that who has the key kept this content under this very name."""
    message = f"{place.parent.name}/{place.name}\n".encode() + content
    return hmac.digest(key, message, "sha256")


def _key(top: Path) -> bytes:
    """Return the key of a folder, made where there is none; raises OSError or ValueError for a bad one."""
    path = top / KEY_FILE
    with suppress(FileExistsError, FileNotFoundError):
        draft = path.with_suffix(f".{os.urandom(8).hex()}")
        if not path.exists():
            try:
                with os.fdopen(
                    os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                ) as file:
                    file.write(os.urandom(_KEY))
                os.link(draft, path)  # whole or not at all, and the first one stays
            finally:
                draft.unlink(missing_ok=True)
    key = _read(path, stat.S_IRWXG | stat.S_IRWXO)
    if len(key) != _KEY:
        raise ValueError(path)
    return key


def _read(path: Path, forbidden: int) -> bytes:
    """Return an ordinary file of the user's; raises PermissionError where its mode has a forbidden bit."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        status = os.fstat(file.fileno())
        ours = status.st_uid == os.geteuid() and not status.st_mode & forbidden
        if not ours or not stat.S_ISREG(status.st_mode):
            raise PermissionError(path)
        return file.read()


def _load(place: Path) -> Any:
    """Return the value of a file; raises OSError or ValueError where it is not to be trusted."""
    sealed = _read(place, stat.S_IWGRP | stat.S_IWOTH)
    seal, content = sealed[:_SEAL], unsealed(sealed)
    if not hmac.compare_digest(seal, _seal(place, content, _key(place.parent.parent))):
        raise ValueError(place)
    return _unpickled(content)


def unsealed(sealed: bytes) -> bytes:
    """Return what a kept file holds, whoever sealed it."""
    return sealed[_SEAL:]


def _unpickled(content: bytes) -> Any:
    with pause_gc():
        return pickle.loads(content)  # noqa: S301  # ours: sealed by the user's key, or shipped with us


def _store(place: Path, value: Any) -> None:
    """Write a value for the user alone, whole or not at all; raises OSError where that cannot be."""
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    content = out.getvalue()
    if not files_unchanged():
        return
    # Make the folder of one state, and remove the oldest states: nothing else in the folder is.
    place.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    states = [path for path in place.parent.parent.iterdir() if _STATE.fullmatch(path.name)]
    with suppress(FileNotFoundError):  # another process removed one meanwhile
        for old in sorted(states, key=os.path.getmtime, reverse=True)[_STATES:]:
            shutil.rmtree(old, ignore_errors=True)
    draft = place.with_suffix(f".{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_seal(place, content, _key(place.parent.parent)) + content)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


class _Pickler(pickle.Pickler):
    """Writes an IRI so that it comes back as it is, without being checked again."""

    def reducer_override(self, thing: Any) -> Any:
        """Return how an IRI is made from its text; anything else as pickle does."""
        if type(thing) is rdflib.URIRef:
            return str.__new__, (rdflib.URIRef, str(thing))
        return NotImplemented


@cache
def fingerprint() -> str:
    """Return the content hash of all that kept values are made of: 32 hexadecimal digits."""
    libraries = sys.version, rdflib.__version__, pyoxigraph.__version__
    return _with_sources(f"{library.content_hash()} {libraries}")


@cache
def shipped_fingerprint() -> str:
    """Return the content hash of the knowledge and our own sources: 32 hexadecimal digits."""
    return _with_sources(library.content_hash())


def _with_sources(of: str) -> str:
    digest = hashlib.sha256(of.encode())
    for path in _sources():
        digest.update(path.removeprefix(_PACKAGE).encode())
        digest.update(_source_content(path))
    return digest.hexdigest()[:32]


# Plain texts and descriptors below, where paths would do: it is done at each start, and twice as quick.
def _sources() -> list[str]:
    """Return the paths of the package's own modules and words, sorted."""
    walked = os.walk(_PACKAGE)
    return sorted(
        f"{top}/{name}" for top, _, names in walked for name in names if name[-3:] in (".py", ".po")
    )


def _source_content(path: str) -> bytes:
    source = os.open(path, os.O_RDONLY)
    try:
        return os.read(source, os.fstat(source).st_size)
    finally:
        os.close(source)


def files_unchanged() -> bool:
    """Tell whether no file was changed since this process runs: else a value would bear a false name."""
    folders = (os.walk(library.ROOT / folder) for folder in library.FOLDERS)
    knowledge = (
        f"{top}/{name}" for walked in folders for top, _, names in walked for name in names
    )
    read = chain(_sources(), knowledge)
    return all(os.stat(path).st_ctime <= _STARTED for path in read)  # noqa: PTH116  # twice as quick


@contextmanager
def pause_gc() -> Iterator[None]:
    """Look for no cyclic garbage meanwhile: that can take a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# Who waits gives up after so many seconds, and looks so often.
_PATIENCE, _PAUSE = 120.0, 0.02


@contextmanager
def one_at_a_time(path: Path) -> Iterator[bool]:
    """Hold a file, which is there meanwhile; tell whether another held it, whose end was waited for.

    Where it cannot be, or the other is at it for too long, nothing is held and all goes on.
    """
    try:
        lock = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield False
        return
    end, waited = time.monotonic() + _PATIENCE, False
    while not (held := _held(lock)) and time.monotonic() < end:
        waited = True
        time.sleep(_PAUSE)
    try:
        yield waited
    finally:
        if held:
            with suppress(OSError):
                path.unlink()
        os.close(lock)


def _held(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a folder without locks
        pass
    return True
