"""Delta tables of tidy reports with vintages; the only room with SQL.

Each name is loaded when it is asked for: who pairs two tables has no need of Delta.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilat.warehouse.compacting import Compacted
    from bilat.warehouse.loading import Loaded
    from bilat.warehouse.question import Question
    from bilat.warehouse.spark import EngineFailed, EngineMissing, EngineUnreachable, SparkEngine
    from bilat.warehouse.trouble import (
        AddressRefused,
        DiskFull,
        ReportsRefused,
        VintageTaken,
        WarehouseBusy,
        WarehouseDamaged,
        WarehouseMissing,
        WarehouseUnreachable,
        WarehouseUnwritable,
    )
    from bilat.warehouse.upkeep import Commit, DatasetStatus, Status, Verified
    from bilat.warehouse.warehouse import Warehouse

_HOMES = {
    "compacting": ("Compacted",),
    "loading": ("Loaded",),
    "question": ("Question",),
    "spark": ("EngineFailed", "EngineMissing", "EngineUnreachable", "SparkEngine"),
    "trouble": (
        "AddressRefused",
        "DiskFull",
        "ReportsRefused",
        "VintageTaken",
        "WarehouseBusy",
        "WarehouseDamaged",
        "WarehouseMissing",
        "WarehouseUnreachable",
        "WarehouseUnwritable",
    ),
    "upkeep": ("Commit", "DatasetStatus", "Status", "Verified"),
    "warehouse": ("Warehouse",),
}

__all__ = [
    "AddressRefused",
    "Commit",
    "Compacted",
    "DatasetStatus",
    "DiskFull",
    "EngineFailed",
    "EngineMissing",
    "EngineUnreachable",
    "Loaded",
    "Question",
    "ReportsRefused",
    "SparkEngine",
    "Status",
    "Verified",
    "VintageTaken",
    "Warehouse",
    "WarehouseBusy",
    "WarehouseDamaged",
    "WarehouseMissing",
    "WarehouseUnreachable",
    "WarehouseUnwritable",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{home}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
