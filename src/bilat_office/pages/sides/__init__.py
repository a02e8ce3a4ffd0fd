"""Sides: what the two sides state differently."""
