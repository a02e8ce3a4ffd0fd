"""``python -m bilat_office``: the same as ``bilat-office``."""

from bilat_office.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
