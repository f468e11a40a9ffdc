"""`python -m daemon_lint`."""

import sys

from daemon_lint.cli import main

sys.exit(main())
