"""Real reports of yearly totals, both sides' where there are both, from a folder of public files.

UN Comtrade's imports between 59 countries (1995–2019), exporters' figures of every fourth year, the
national tables of Kyrgyzstan, Kazakhstan and Armenia, and Belarus's exports to Kyrgyzstan.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bilat.mirror import Cells, Geography
from bilat.sources import read
from bilat.sources.partners import m49
from bilat.warehouse.pairing import pair_reports

VINTAGE = date(2024, 5, 1)
NATIONAL = {
    "kgz_nsc_trade_by_country_1994_2023.csv": "kgz-nsc",
    "kaz_trade_by_country_2018_2023.csv": "kaz-bns",
    "armenia_by_country_2017_2023.csv": "arm-armstat-origin",
}
REPORTS = """
with everything as (
    select 1 as source, reporter, partner, flow, year(start) as period, value_usd from national
    where months = 12 and partner_kind = 'country' and flow in ('X', 'M')
    union all
    select 2, reporter, 'KGZ', 'X', year, 1000 * value_kusd
    from read_csv($folder || '/blr_kgz_mirror_assembled.csv') where reporter = 'BLR'
    union all
    select 3, ours.code, theirs.code, 'M', year, import_usd
    from read_parquet($folder || '/annual_imports_1995_2019.parquet') as declared
    join country as ours on ours.number = reporter_m49
    join country as theirs on theirs.number = partner_m49
    union all
    select 4, exporter, importer, 'X', year, export_usd
    from read_parquet($folder || '/penppml_trade_1964_2016.parquet') where year >= 1995
)
select reporter, partner, flow, period::int as period, 'TOTAL' as product,
    arg_min(value_usd, source)::double as value_usd
from everything where reporter <> partner and value_usd > 0 group by 1, 2, 3, 4
"""
"""Where two sources have one report, the national office's own counts."""
GEO = """
select iso_o as a, iso_d as b, dist as distance_km, contig = 1 as contiguous
from read_parquet($folder || '/dist_cepii.parquet') where iso_o < iso_d
"""


def real_cells(folder: Path) -> tuple[Cells, Geography, list[str]]:
    """Sorted cells of one product, the total; their geography; the countries' alpha-3 codes."""
    with duckdb.connect() as database:
        database.register("national", _national(folder))
        database.register("country", _countries())
        reports, geo = (
            database.sql(query, params={"folder": str(folder)}).to_arrow_table()
            for query in (REPORTS, GEO)
        )
    flows = pair_reports(reports, geo)
    codes = (flows.exporter, flows.importer, flows.product, flows.period, flows.x, flows.m)
    sizes = (len(flows.countries), len(flows.products), len(flows.periods))
    cells = Cells(*codes, *sizes, np.array(flows.periods, np.int64))
    return cells, Geography(flows.distance_km, flows.contiguous), flows.countries


def _national(folder: Path) -> pa.Table:
    names = ["reporter", "partner", "partner_kind", "flow", "start", "months", "value_usd"]
    tables = [
        read(folder / file, dataset, vintage=VINTAGE).reports.select(names)
        for file, dataset in NATIONAL.items()
    ]
    return pa.concat_tables(tables)


def _countries() -> pa.Table:
    known = [(int(number), area.code) for number, area in m49().items() if area.kind == "country"]
    numbers, codes = zip(*known, strict=True)
    return pa.table({"number": pa.array(numbers), "code": pa.array(codes)})
