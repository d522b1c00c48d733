"""Takes from this process what a query never needs: connections, and starting programs (Linux: seccomp; seccomp(2), bpf).

Closing the table of file descriptors (RLIMIT_NOFILE = 0) would do as well, were it not that the engine opens the files
of a larger database only when it first reads them.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER, _ARCHITECTURE = 0, 4
_FOREIGN_ABI = 0x40000000  # the x32 calls of x86-64
# The architecture's number in the audit interface, and its calls: socket, connect, execve, execveat, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425)),
}


def can_confine() -> bool:
    """Say whether this system is one on which `confine` works."""
    return sys.platform == "linux" and platform.machine() in _CALLS


def confine() -> bool:
    """Refuse from now on, for this process and its threads, what would reach other machines or start programs.

    Returns whether the system did so: elsewhere than on Linux, the check of the text stands alone.
    """
    if not can_confine():
        return False
    program = _program(*_CALLS[platform.machine()])
    code = ctypes.create_string_buffer(program)
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _MODE_FILTER, header, 0, 0) == 0)


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Return the filter: another architecture's calls and those named are refused, all others allowed."""
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 0, len(calls) + 3, architecture), (_LOAD, 0, 0, _NUMBER)]
    steps.append((_AT_LEAST, len(calls) + 1, 0, _FOREIGN_ABI))
    steps += [(_EQUAL, len(calls) - index, 0, call) for index, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
