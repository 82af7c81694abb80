"""What the C library keeps of freed memory, and what the system gets back.

For glibc; another C library does so by its own rules, and nothing is done here.
"""

import ctypes
from contextlib import suppress

ALLOCATORS = 2
"""At most so many: each keeps what was once freed in it, and every thread would else get
its own."""

LARGE = 2 << 20
"""Bytes, from where on what is freed goes back at once. Not less: what a model computes in
between would come anew from the system for every step (with a megabyte a judge took
135 µs a token instead of 77)."""

LOOSE = 4 << 20
"""Bytes at the end of the heap from where on they go back."""

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3  # of glibc's malloc.h


def keep_little() -> None:
    """From now on, have what is freed go back to the system."""
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, ALLOCATORS)
        mallopt(_MMAP_THRESHOLD, LARGE)
        mallopt(_TRIM_THRESHOLD, LOOSE)


def give_back() -> None:
    """Hand the system what was freed in between what is in use; takes some ms."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
