"""A gravity opinion told beside the export potential: the ratio, its interval, and whether it
agrees."""

from __future__ import annotations

from bilat.brief.facts.second_opinion import GravityFact
from bilat.brief.story.blocks import Number, Percent, Tone
from bilat.language import Message, say

THOUSAND = 1000


def beside_gravity(one: GravityFact) -> Message:
    return say(
        "Gravity expects {expected} thousand USD a year from everyone else’s trade; they trade "
        "{ratio} times that (80 % interval {low} to {high}). Of both countries’ other flows, "
        "{lower} are lower against what is expected of them.",
        expected=Number(one.expected / THOUSAND),
        ratio=Number(one.ratio, 2),
        low=Number(one.low, 2),
        high=Number(one.high, 2),
        lower=Percent(one.lower),
    )


def of_chapter(one: GravityFact, product: str) -> Message:
    """Finer than by chapter too few countries trade for an equation."""
    return say(
        "Gravity on all of chapter {chapter}: it expects {expected} thousand USD a year from "
        "everyone else’s trade; they trade {ratio} times that (80 % interval {low} to {high}).",
        chapter=product[:2],
        expected=Number(one.expected / THOUSAND),
        ratio=Number(one.ratio, 2),
        low=Number(one.low, 2),
        high=Number(one.high, 2),
    )


def verdict(one: GravityFact, unrealised: float) -> tuple[Message, Tone | None]:
    """One word: does it agree with what is unrealised, or with there being nothing?"""
    if not one.verdict:
        return say("neither"), "quiet"
    agrees = (one.verdict < 0) == (unrealised > 0)
    return (say("agrees"), "good") if agrees else (say("differs"), "warn")


def agreement(one: GravityFact, unrealised: float) -> Message:
    if not one.verdict:
        return say(
            "This second opinion neither agrees nor disagrees: trade is about what gravity expects."
        )
    if unrealised > 0:
        return (
            say("This second opinion agrees that there is room for more: trade is below gravity.")
            if one.verdict < 0
            else say("This second opinion disagrees: trade is above what gravity expects already.")
        )
    return (
        say("This second opinion disagrees: trade is below what gravity expects.")
        if one.verdict < 0
        else say("This second opinion agrees: trade is above what gravity expects already.")
    )
