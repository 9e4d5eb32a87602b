"""The files in which the processes of the service keep their figures: those that have ended share one."""

from __future__ import annotations

from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict

_KINDS = ("counter", "histogram")
# In place of the number of a process, which none has.
_ENDED = 0


def merge_figures(folder: Path, process: int) -> None:
    """Add the figures of a process that has ended to those of all that have, and remove its files.

    To be called by one process only. Without it, a service that renews its processes has ever more files,
    which all are read for each answer.
    """
    for kind in _KINDS:
        path = folder / f"{kind}_{process}.db"
        if not path.exists():
            continue
        values = list(MmapedDict.read_all_values_from_file(str(path)))  # type: ignore[no-untyped-call]
        path.unlink()
        ended = MmapedDict(str(folder / f"{kind}_{_ENDED}.db"))  # type: ignore[no-untyped-call]
        for key, value, timestamp, _ in values:
            before, _ = ended.read_value(key)  # type: ignore[no-untyped-call]
            ended.write_value(key, before + value, timestamp)  # type: ignore[no-untyped-call]
        ended.close()  # type: ignore[no-untyped-call]
