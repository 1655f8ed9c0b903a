"""Bytes on disk: written whole or not at all, and always the same bytes for the same content."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def canonical_json(value: Any) -> bytes:
    """Write JSON so that the same value gives the same bytes: one space of indent, UTF-8, keys in their own order.

    Raises ValueError for NaN and infinity, which JSON has not.
    """
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content`; whoever reads it, or a crash at any moment, finds the old bytes or the new.

    The file's permissions are kept, a symbolic link is followed, folders are made as needed.

    Raises OSError where the folder cannot be written.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(path.parent)


def _mode(path: Path) -> int:
    """Give the permissions that the file has, or that a new file of this user gets."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse
            os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path, patience_s: float = 10.0) -> Iterator[None]:
    """Hold the lock of a file while reading and replacing it, against another process or thread that does the same.

    The lock is a file `.NAME.lock` beside it; the system frees it when its holder dies.

    Raises TimeoutError where another holds it for longer than `patience_s` seconds.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience_s
    with path.with_name(f".{path.name}.lock").open("ab") as file:
        while not _take(file.fileno()):
            if time.monotonic() > until:
                raise TimeoutError(f"{path.name} is being written by another program; try again")
            time.sleep(0.02)
        yield


def _take(handle: int) -> bool:
    """Take an exclusive lock if it is free; closing the file gives it back."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
