"""Bilat: the office software of a two-country cooperation programme."""

__version__ = "0.1.0"

LANGUAGES = ("en", "ru")
"""Languages of the interface; texts of a programme may carry more."""
