"""An officer brings growth and customs rates as tables of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilat.potential.stated import Rates, TableRefused, read_growth, read_tariffs


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text)
    return path


def test_growth_by_country_where_a_blank_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, "country,supply,demand\nKGZ,,1.2\nblr,1.1,1\n")
    assert read_growth(path) == {"KGZ": (1.0, 1.2), "BLR": (1.1, 1.0)}


def test_the_longest_code_decides_the_rate(tmp_path: Path) -> None:
    text = "exporter,importer,code,rate,mfn\nBLR,KGZ,84,0,5\nBLR,KGZ,8428,0,10\n"
    tariffs = read_tariffs(written(tmp_path, text))
    assert tariffs.of("BLR", "KGZ", "842810") == Rates(0, 10)
    assert tariffs.of("BLR", "KGZ", "847130") == Rates(0, 5)
    assert tariffs.of("KGZ", "BLR", "842810") is None
    assert tariffs.advantages("BLR", "KGZ", ["842810", "270900"]).tolist() == [1.1, 1.0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country,supply\nKGZ,1\n", r"table.csv:2: no column demand"),
        ("country,supply,demand\nKGZ,1,many\n", r"table.csv:2: this row cannot be meant"),
        ("country,supply,demand\nKGZ,1,0\n", r"table.csv:2: this row cannot be meant"),
        ("country,supply,demand\nKGZ,1,nan\n", r"table.csv:2: this row cannot be meant"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TableRefused, match=said):
        read_growth(written(tmp_path, text))


def test_a_negative_rate_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    text = "exporter,importer,code,rate,mfn\nBLR,KGZ,84,-1,5\n"
    with pytest.raises(TableRefused, match=":2: this row cannot be meant"):
        read_tariffs(written(tmp_path, text))
    with pytest.raises(TableRefused, match="it cannot be read"):
        read_tariffs(tmp_path / "none.csv")
