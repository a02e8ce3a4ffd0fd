"""Learn from a panel how flows grow, and write the table that the package ships.

    python scripts/learn_growth.py PANEL.parquet [--until 2019] [--name "yearly imports of …"]

The table is for series of which no neighbours are known: traits of countries are left out.
PANEL: Parquet or CSV with exporter, importer, year, value_usd. The same panel gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from bilat.outlook.history.learning import learn
from bilat.outlook.history.shipped import to_table
from bilat.outlook.history.tables import read_rows
from bilat.outlook.history.traits import OF_COUNTRIES

TARGET = Path(__file__).parents[1] / "src" / "bilat" / "outlook" / "learned.json"


@click.command()
@click.argument("panel", type=click.Path(path_type=Path))
@click.option("--until", type=int, help="Use no later year.")
@click.option("--name", default="", help="What the panel is, said in the table.")
@click.option("--out", type=click.Path(path_type=Path), default=TARGET, show_default=False)
def main(panel: Path, until: int | None, name: str, out: Path) -> None:
    flows = read_rows(panel).panel()
    if until:
        flows = flows.until(until)
    countries = len({*flows.exporter.tolist(), *flows.importer.tolist()})
    source = (
        f"{name or panel.name}: {len(flows.logs)} flows between {countries} countries, "
        f"{flows.years[0]}-{flows.years[-1]}"
    )
    table = to_table(learn(flows, without=OF_COUNTRIES, source=source))
    entries = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in table.items()]
    out.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="utf-8")
    click.echo(f"{out}: {out.stat().st_size} bytes. {source}")


if __name__ == "__main__":
    main()
