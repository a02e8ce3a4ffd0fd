"""Texts are read into proposals, each is decided, and the accepted ones go on together."""
