"""Delta tables of tidy reports with vintages; the only room with SQL."""

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
