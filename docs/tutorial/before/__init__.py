"""The system as it grew: every daemon keeps its own lists and timers, and its own shutdown."""
