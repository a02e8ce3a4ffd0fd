"""The application as a web server's process serves it: what pages show is made ready beside it."""

from bilat_office.wsgi import application

__all__ = ["application"]


def _begin() -> None:
    """Imported once Django is set up, as its pages need."""
    from bilat_office.pages.warming import begin

    begin()


_begin()
