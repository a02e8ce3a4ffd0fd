"""The analyst has a table of what product codes mean."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bilat.trade.nomenclature import NamesRefused, read_names


def test_cepiis_table_of_codes_names_them(tmp_path: Path) -> None:
    path = tmp_path / "product_codes_HS17_V202501.csv"
    path.write_text('code,description\n010121,"Horses: live, pure-bred"\n870120,Tractors\n')
    assert read_names(path) == {"010121": "Horses: live, pure-bred", "870120": "Tractors"}


def test_a_parquet_file_serves_too(tmp_path: Path) -> None:
    path = tmp_path / "names.parquet"
    table = {"Code": ["0402", "0403"], "desc_en": ["Milk", None]}
    pq.write_table(pa.table(table), path)
    assert read_names(path) == {"0402": "Milk"}


@pytest.mark.parametrize("content", [None, b"product,description\n1,x\n", b"\xff\xfe\x00"])
def test_a_file_that_is_none_says_what_is_wanted(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "names.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NamesRefused, match="columns code and description"):
        read_names(path)
