"""The ``bilat`` command: a skin over the rooms. Here, and only here, the clock is read."""
