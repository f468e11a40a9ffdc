"""A package whose module `wire` has a stub only, as a compiled module has."""
# case: multi-file
