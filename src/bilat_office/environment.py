"""Settings from the environment; nonsense is refused at the door."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


def env_bool(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Raises ImproperlyConfigured for a value that is neither yes nor no."""
    text = environment.get(name)
    if text is None:
        return default
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={text}: write true or false")
