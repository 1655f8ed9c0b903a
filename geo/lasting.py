"""Tables that are loaded once and kept, out of the garbage collector's sight."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Make in the block what the process keeps, with the collector at rest.

    It would look through half-made tables again and again, a quarter of the time that loading takes, and later, in the
    midst of an article, through the finished ones, a tenth of a second each time.
    """
    at_work = gc.isenabled()  # not where one block stands in another
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()
            settle()


def settle() -> None:
    """Take all that lives now out of the collector's sight; what has gone since the last time is found first."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
