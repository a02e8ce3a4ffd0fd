"""Files of a secretary's desk (text, HTML, DOCX, PDF) become kept texts.

Nothing in a file is run and nothing is fetched: a page or document is only looked at.
"""

from bilat.reading.files.hidden import Uncovered, uncover
from bilat.reading.files.opening import Opened, open_file, open_original
from bilat.reading.files.refusals import FILE_LIMIT, TEXT_LIMIT, TextRefused

__all__ = [
    "FILE_LIMIT",
    "TEXT_LIMIT",
    "Opened",
    "TextRefused",
    "Uncovered",
    "open_file",
    "open_original",
    "uncover",
]
