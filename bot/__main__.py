"""`python -m bot` is `quis`."""

import gc
import sys


def main() -> int:
    """Run one command, and look for no garbage while it starts: it makes next to none,
    and each search would go through all that was imported. The vocabulary, once read,
    ends that (``knowledge.adapters.vocabulary_files``)."""
    gc.disable()
    from knowledge.memory import keep_little  # not before garbage is let be

    keep_little()
    from bot.cli import main as command

    return command()


if __name__ == "__main__":
    sys.exit(main())
