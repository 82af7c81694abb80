"""`python -m bot` is `quis`."""

import sys

from bot.cli import main

sys.exit(main())
