"""How likely is a target? Required growth, forecast, chance.

>>> from bilat.outlook import yearly_growth
>>> round(yearly_growth(133, 500, 5), 3)
0.303
"""

from bilat.outlook.announcements import deadline
from bilat.outlook.chances import fit, sensitivity, target_outlook
from bilat.outlook.effects import Assumptions
from bilat.outlook.growth import yearly_growth
from bilat.outlook.history import METHOD, forecast_series
from bilat.outlook.keeping import keep_outlooks
from bilat.outlook.measures import LeftOut, Measure, measures_of
from bilat.outlook.record import TrackRecord, track_record
from bilat.outlook.sensitivity import Swing, swings
from bilat.outlook.simulation import Simulated, simulate
from bilat.outlook.target import Announcement, Chance, Forecast, Luck, TargetOutlook

__all__ = [
    "METHOD",
    "Announcement",
    "Assumptions",
    "Chance",
    "Forecast",
    "LeftOut",
    "Luck",
    "Measure",
    "Simulated",
    "Swing",
    "TargetOutlook",
    "TrackRecord",
    "deadline",
    "fit",
    "forecast_series",
    "keep_outlooks",
    "measures_of",
    "sensitivity",
    "simulate",
    "swings",
    "target_outlook",
    "track_record",
    "yearly_growth",
]
