"""What was traded: codes and editions as written → codes and editions as the report has them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from bilat.sources.beside import codes_beside
from bilat.sources.columns import Columns, is_one_of, plain, word, words
from bilat.sources.dataset import Products
from bilat.sources.report import CONFIDENTIAL, TOTAL

_CODE = re.compile(r"\d{1,6}")
EDITIONS = ("H0", "H1", "H2", "H3", "H4", "H5", "H6", "S1", "S2", "S3", "S4")
"""HS 1992, 1996, 2002, 2007, 2012, 2017, 2022; SITC revisions 1 to 4."""


def product_codes(source: Columns, spec: Products) -> pa.ChunkedArray:
    """(n,) code, TOTAL or CONFIDENTIAL; null for what is none of them."""
    if not spec.column:
        return word(TOTAL, len(source), pa.string())
    known = frozenset(codes_beside(source.folder, spec.table))
    return words(source.texts(spec.column), code_reader(spec, known), pa.string())


def code_reader(spec: Products, known: frozenset[str]) -> Callable[[str | None], str | None]:
    """Reads one code as written; known: the publisher's own codes, where it lists them."""

    def read(text: str | None) -> str | None:
        code = (text or "").strip()
        if code in spec.total or (code == TOTAL and not spec.total):
            return TOTAL
        if code in spec.confidential:
            return CONFIDENTIAL
        if not _CODE.fullmatch(code) or (known and code.lstrip("0") not in known):
            return None
        return code.zfill(spec.pad_to)

    return read


def classifications(source: Columns, spec: Products, codes: pa.ChunkedArray) -> pa.ChunkedArray:
    """(n,) edition; empty for a total over all products, null for one that is not known."""
    if not spec.column:
        return word("", len(source), pa.string())
    if spec.classification_column in source.table.column_names:
        column = source.texts(spec.classification_column)
        editions = words(column, lambda text: spec.classifications.get(text or ""), pa.string())
    else:
        known = spec.classification if spec.classification in EDITIONS else None
        editions = word(known, len(source), pa.string())
    total = is_one_of(codes, [TOTAL])
    if not spec.total or not pc.any(total).as_py():
        return editions
    return pc.if_else(total, "", plain(editions))
