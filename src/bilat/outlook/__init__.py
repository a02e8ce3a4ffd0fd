"""How likely is a target? Series by side, required growth, forecast, chance.

>>> from bilat.outlook import yearly_growth
>>> round(yearly_growth(133, 500, 5), 3)
0.303
"""

from bilat.outlook.chances import Announcement, Chance, TargetOutlook, deadline, fit, target_outlook
from bilat.outlook.growth import yearly_growth
from bilat.outlook.random_walk import METHOD, Forecast, Prior, forecast
from bilat.outlook.series import Point, Series, side_series

__all__ = [
    "METHOD",
    "Announcement",
    "Chance",
    "Forecast",
    "Point",
    "Prior",
    "Series",
    "TargetOutlook",
    "deadline",
    "fit",
    "forecast",
    "side_series",
    "target_outlook",
    "yearly_growth",
]
