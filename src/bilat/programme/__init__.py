"""The records of a programme, and the folder that holds them.

>>> from bilat.programme import open_programme
>>> programme = open_programme("examples/blr-kgz")  # doctest: +SKIP
"""

from bilat.programme.agreements import Commitment, Document
from bilat.programme.check import check
from bilat.programme.contacts import Cadence, Contact
from bilat.programme.deals import Deal
from bilat.programme.effects import Effect
from bilat.programme.exchanges import Exchange, Link
from bilat.programme.facilities import Facility
from bilat.programme.folder import Loaded, load, open_programme
from bilat.programme.numbers import Figure, Indicator, Observation, Target
from bilat.programme.outlooks import KeptOutlook, YearAhead
from bilat.programme.parties import Body, Party, Source
from bilat.programme.programme import KINDS, Programme
from bilat.programme.projects import Project
from bilat.programme.record import Record
from bilat.programme.save import save
from bilat.programme.scaffold import scaffold
from bilat.programme.schema import programme_schema, section_schema

__all__ = [
    "KINDS",
    "Body",
    "Cadence",
    "Commitment",
    "Contact",
    "Deal",
    "Document",
    "Effect",
    "Exchange",
    "Facility",
    "Figure",
    "Indicator",
    "KeptOutlook",
    "Link",
    "Loaded",
    "Observation",
    "Party",
    "Programme",
    "Project",
    "Record",
    "Source",
    "Target",
    "YearAhead",
    "check",
    "load",
    "open_programme",
    "programme_schema",
    "save",
    "scaffold",
    "section_schema",
]
