"""What a process that answers may no longer ask of the kernel: to call out, start a program, write a file.

A filter of the kernel (seccomp) refuses these calls for good to this process and those it forks, whatever
code runs in them. It needs no privilege, no name space and no library, and works inside containers.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

# The kernel's own numbers of each call, on x86-64 and on 64-bit ARM: they never change. ARM lacks some.
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_MACHINES = tuple(_AUDIT_ARCH)
_CONNECTIONS = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept4": (288, 242),
}
_PROGRAMS = {
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_writev": (311, 271),
}
_FILES = {
    "creat": (85, None),
    "truncate": (76, 45),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "link": (86, None),
    "linkat": (265, 37),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "open_by_handle_at": (304, 265),
}
# Calls that open a file, and which of their arguments says how.
_OPENING = {"open": (2, None, 1), "openat": (257, 56, 2)}
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# Calls have one number everywhere since this one. What came with them and after (io_uring, which opens and
# connects by itself; openat2, whose flags no filter sees; pidfd_getfd) is answered as by an older
# kernel: everybody knows how to do without.
_NEWER = 424

# Instructions of the filter: a word of what is asked read, compared, or the answer given.
_READ, _EQUAL, _AT_LEAST, _HAS_BITS, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _END = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where each stands in what is asked
_INSTRUCTION = struct.Struct("=HBBI")
_NO_NEW_PRIVILEGES, _SET_FILTER, _BY_PROGRAM = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_system_calls(*, connections: bool) -> bool:
    """Have the kernel refuse from now on programs, files to write and, unless `connections`, connections.

    Return whether it does: another system, another machine or a kernel without such filters cannot.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _MACHINES or sys.maxsize < 1 << 32:
        return False
    code = _filter(machine, connections=connections)
    program = _Program(len(code) // _INSTRUCTION.size, code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(prctl(_SET_FILTER, _BY_PROGRAM, ctypes.addressof(program), 0, 0) == 0)


def _filter(machine: str, *, connections: bool) -> bytes:
    """Return the program that the kernel runs at each call: each line but the jumps decides or goes on."""
    at = _MACHINES.index(machine)
    code = [
        (_READ, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_ANSWER, 0, 0, _END),  # calls of another architecture have other numbers
        (_READ, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _NEWER),
        (_ANSWER, 0, 0, _REFUSE | errno.ENOSYS),
    ]
    for calls in (_PROGRAMS, _FILES, {} if connections else _CONNECTIONS):
        for numbers in calls.values():
            if (number := numbers[at]) is not None:
                code += [(_EQUAL, 0, 1, number), (_ANSWER, 0, 0, _REFUSE | errno.EPERM)]
    for *opening, argument in _OPENING.values():
        if (number := opening[at]) is not None:
            code += [
                (_EQUAL, 0, 4, number),
                (_READ, 0, 0, _ARGUMENTS + 8 * argument),
                (_HAS_BITS, 0, 1, _TO_WRITE),
                (_ANSWER, 0, 0, _REFUSE | errno.EPERM),
                (_ANSWER, 0, 0, _ALLOW),
            ]
    code.append((_ANSWER, 0, 0, _ALLOW))
    return b"".join(_INSTRUCTION.pack(*line) for line in code)
