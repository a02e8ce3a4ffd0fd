"""How likely is a target? Required growth, forecast, chance.

>>> from bilat.outlook import yearly_growth
>>> round(yearly_growth(133, 500, 5), 3)
0.303
"""

from bilat.outlook.chances import Announcement, Chance, TargetOutlook, deadline, fit, target_outlook
from bilat.outlook.growth import yearly_growth
from bilat.outlook.random_walk import METHOD, Forecast, Prior, forecast

__all__ = [
    "METHOD",
    "Announcement",
    "Chance",
    "Forecast",
    "Prior",
    "TargetOutlook",
    "deadline",
    "fit",
    "forecast",
    "target_outlook",
    "yearly_growth",
]
