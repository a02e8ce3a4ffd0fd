"""A commented programme folder to start from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bilat.errors import OutputRefused
from bilat.filing import Draft, file_all
from bilat.language import say
from bilat.programme.folder import MAIN_FILE
from bilat.vocabulary import country_name, time_zone

_TABLE_HEADER = "indicator,reporter,period,value,unit,valuation,vintage,sources\n"


def scaffold(first: str, second: str, folder: Path, *, as_of: date) -> list[Path]:
    """Write a starting folder for two countries (alpha-3 codes).

    Raises OutputRefused when the folder already holds a programme: nothing is overwritten.
    """
    main, table = folder / MAIN_FILE, folder / "observations.csv"
    for path in (main, table):
        if path.exists():
            raise OutputRefused(
                say("{path}: a programme is here already. Choose an empty folder", path=str(path))
            )
    template = (Path(__file__).parent / "scaffold.yaml").read_text(encoding="utf-8")
    text = template
    for mark, value in _fillings(first, second, as_of).items():
        text = text.replace(f"<{mark}>", value)
    return file_all([Draft(main, text.encode()), Draft(table, _TABLE_HEADER.encode())])


def _fillings(first: str, second: str, as_of: date) -> dict[str, str]:
    fillings = {"year": str(as_of.year), "target_year": str(as_of.year + 5)}
    for name, code in (("a", first), ("b", second)):
        fillings[name] = code
        fillings[f"{name}_lower"] = code.lower()
        fillings[f"{name}_en"] = country_name(code, "en")
        fillings[f"{name}_ru"] = country_name(code, "ru")
        fillings[f"{name}_zone"] = time_zone(code)
    return fillings
