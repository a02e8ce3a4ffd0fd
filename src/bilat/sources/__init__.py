"""One small reader per kind of statistics file: files → tidy reports, and problems beside them."""

from bilat.sources.report import CONFIDENTIAL, REPORTS, TOTAL

__all__ = ["CONFIDENTIAL", "REPORTS", "TOTAL"]
