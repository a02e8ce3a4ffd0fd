"""The standard's names: coded values in each of their spellings, and terms that change nothing.

Source: ACTUS dictionary 1.1. The acronym comes first and is what the engine uses.
"""

from __future__ import annotations

from types import MappingProxyType

CONTRACT_TYPES = ("PAM", "ANN", "LAM", "NAM")

SIGNS = MappingProxyType(
    {
        **dict.fromkeys(("RPA", "LG", "BUY", "RFL", "COL", "CNO", "UDL", "UDLP", "OBL"), 1),
        **dict.fromkeys(("RPL", "ST", "SEL", "PFL", "UDLM", "GUA"), -1),
    }
)
"""Contract role → +1 for a claim, −1 for an obligation."""

CODES: MappingProxyType[str, dict[str, tuple[str, ...]]] = MappingProxyType(
    {
        "contractType": {
            "PAM": ("principalAtMaturity",),
            "ANN": ("annuity",),
            "LAM": ("linearAmortizer",),
            "NAM": ("negativeAmortizer",),
        },
        "contractRole": {
            **dict.fromkeys(SIGNS, ()),
            "RPA": ("realPositionAsset",),
            "RPL": ("realPositionLiability",),
        },
        "dayCountConvention": {
            "AA": ("actualActual",),
            "A360": ("actualThreeSixty",),
            "A365": ("actualThreeSixtyFive",),
            "30E360ISDA": ("thirtyEThreeSixtyISDA",),
            "30E360": ("thirtyEThreeSixty",),
            "30360": ("thirtyThreeSixty",),
            "28E336": ("twentyEightEThreeThirtySix",),
            "B252": ("businessTwoFiftyTwo",),
        },
        "businessDayConvention": {
            "NULL": ("NOS", "noShift"),
            "SCF": ("shiftCalculateFollowing",),
            "SCMF": ("shiftCalculateModifiedFollowing",),
            "CSF": ("calculateShiftFollowing",),
            "CSMF": ("calculateShiftModifiedFollowing",),
            "SCP": ("shiftCalculatePreceding",),
            "SCMP": ("shiftCalculateModifiedPreceding",),
            "CSP": ("calculateShiftPreceding",),
            "CSMP": ("calculateShiftModifiedPreceding",),
        },
        "endOfMonthConvention": {"SD": ("sameDay",), "EOM": ("endOfMonth",)},
        "calendar": {"NC": ("noCalendar", "noHoliday"), "MF": ("mondayToFriday",)},
        "interestCalculationBase": {
            "NT": ("notionalOutstanding", "notioalOutstanding"),
            "NTIED": ("notionalAtInitialExchange",),
            "NTL": ("notionalLagged",),
        },
        "feeBasis": {
            "A": ("absoluteValue",),
            "N": ("nominalValueOfTheUnderlying", "nonimalValueOfTheUnderlying"),
        },
        "penaltyType": {
            "O": ("N", "noPenalty"),
            "A": ("fixedPenalty",),
            "R": ("relativePenalty",),
            "I": ("interestRateDifferential",),
        },
        "prepaymentEffect": {
            "N": ("noPrepayment",),
            "A": ("prepaymentReducesRedemptionAmount",),
            "M": ("prepaymentReducesMaturity",),
        },
        "scalingEffect": {
            "000": ("OOO", "noScaling"),
            "I00": ("IOO", "interestIsScaled"),
            "0N0": ("ONO", "principalIsScaled"),
            "IN0": ("INO", "interestAndPrincipalIsScaled"),
        },
        "cyclePointOfInterestPayment": {"E": ("end",)},
        "cyclePointOfRateReset": {"B": ("beginning",)},
    }
)
"""Term → acronym → other spellings. What is not here cannot be computed and is refused."""

WITHOUT_EFFECT = frozenset(
    {
        "contractDealDate",
        "contractPerformance",
        "contractStructure",
        "counterpartyID",
        "creatorID",
        "seniority",
        "marketObjectCode",
        "marketValueObserved",
        "nonPerformingDate",
        "gracePeriod",
        "delinquencyPeriod",
        "delinquencyRate",
        "fixingDays",
        "fixingPeriod",
        "settlementPeriod",
        "prepaymentPeriod",
        "cycleOfOptionality",
        "cycleAnchorDateOfOptionality",
        "maximumPenaltyFreeDisbursement",
    }
)
"""Terms of the dictionary that these contract types' payoffs do not read."""


def plain(text: str) -> str:
    """A code without what people put between its parts: ``A/365``, ``30E/360``, ``no shift``."""
    return "".join(letter for letter in text if letter not in "/ -_").upper()


def acronym(term: str, text: str) -> str | None:
    """The standard's acronym for a coded value; None if it is not one of the term's values."""
    wanted = plain(text)
    for code, others in CODES[term].items():
        if wanted in {plain(code), *(plain(other) for other in others)}:
            return code
    return None
