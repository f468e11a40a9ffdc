"""A project's own contract decorators: they do nothing, and tell the linter."""
# case: multi-file


def acquires(kind):
    return lambda function: function


def cooperative(function):
    return function
