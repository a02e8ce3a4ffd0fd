"""Forecasts by the history of others: the reference class, learned from a panel of flows.

>>> from bilat.outlook.history import forecast_series
>>> walk = forecast_series([2021, 2022, 2023, 2024], [60e6, 74e6, 111e6, 133e6])
>>> low, middle, high = walk.quantile([0.1, 0.5, 0.9], 5)
>>> bool(low < middle < high)
True
"""

from bilat.outlook.history.forecasting import Forecasts, predict
from bilat.outlook.history.learning import Learned, Settings, learn
from bilat.outlook.history.panel import Panel, panel_of
from bilat.outlook.history.shipped import shipped
from bilat.outlook.history.single import METHOD, LearnedForecast, forecast_series
from bilat.outlook.history.traits import Traits, traits_alone, traits_of_panel

__all__ = [
    "METHOD",
    "Forecasts",
    "Learned",
    "LearnedForecast",
    "Panel",
    "Settings",
    "Traits",
    "forecast_series",
    "learn",
    "panel_of",
    "predict",
    "shipped",
    "traits_alone",
    "traits_of_panel",
]
