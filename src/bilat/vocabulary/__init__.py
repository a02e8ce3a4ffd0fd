"""The words of the trade: countries, currencies, units, periods, money, HS codes.

Each is a small frozen value that is parsed once, at the door, and refuses what it does not know.
"""

from bilat.vocabulary.countries import CountryCode, TimeZone, country_name, is_country, time_zone
from bilat.vocabulary.currencies import CurrencyCode, is_currency
from bilat.vocabulary.hs import HsCode
from bilat.vocabulary.money import Money
from bilat.vocabulary.period import Period
from bilat.vocabulary.quantity import QUALIFIERS, Quantity
from bilat.vocabulary.unit import Unit

__all__ = [
    "QUALIFIERS",
    "CountryCode",
    "CurrencyCode",
    "HsCode",
    "Money",
    "Period",
    "Quantity",
    "TimeZone",
    "Unit",
    "country_name",
    "is_country",
    "is_currency",
    "time_zone",
]
