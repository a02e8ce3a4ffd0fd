"""The rules of the joint register. Here so far: who may see what."""

from bilat.register.visibility import seen_by

__all__ = ["seen_by"]
