"""Bilat: the office software of a two-country cooperation programme."""

__version__ = "0.1.0"
