"""Another module of that name, in which there is nothing to lose."""


class Port:
    on = True
