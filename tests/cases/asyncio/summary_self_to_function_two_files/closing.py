"""Closes."""


def end_timer(owner):
    owner.timer.cancel()
