"""Opaque."""

import _native


def subscribe(callback):
    return _native.call("subscribe", callback)
