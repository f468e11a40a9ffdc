"""The package of this case."""

