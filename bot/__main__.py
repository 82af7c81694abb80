"""`python -m bot` is `quis`."""

import gc
import sys

ALLOCATORS = 2
"""Of glibc's, at most so many: each keeps what was once freed in it, and every thread would
else get its own."""

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3  # of glibc's malloc.h
_LARGE = 1 << 20  # bytes, from where on what is freed goes back at once


def main() -> int:
    """Run one command, and look for no garbage while it starts: it makes next to none,
    and each search would go through all that was imported. The vocabulary, once read,
    ends that (``knowledge.adapters.vocabulary_files``)."""
    gc.disable()
    give_back()
    from bot.cli import main as command

    return command()


def give_back() -> None:
    """Have what is freed go back to the system; a C library that is not glibc does so by
    its own rules."""
    import ctypes  # neither is imported before garbage is let be
    from contextlib import suppress

    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in (
            (_ARENA_MAX, ALLOCATORS),
            (_MMAP_THRESHOLD, _LARGE),
            (_TRIM_THRESHOLD, 8 * _LARGE),
        ):
            mallopt(option, value)


if __name__ == "__main__":
    sys.exit(main())
