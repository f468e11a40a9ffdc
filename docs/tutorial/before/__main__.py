"""Run the system: `python -m before [--speed TIMES]` in docs/tutorial."""

from observe import main

from .system import System

if __name__ == "__main__":
    main(System)
