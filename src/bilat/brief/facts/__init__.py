"""The facts of a brief: typed, frozen, without a language; every number with its sources."""
