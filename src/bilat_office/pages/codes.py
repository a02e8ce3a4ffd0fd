"""What coded values are called that only pages show; the others are named in the core."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import Message, say

BODY_KIND: Mapping[str, Message] = {
    "government": say("government"),
    "ministry": say("ministry"),
    "agency": say("agency"),
    "statistics": say("statistics office"),
    "customs": say("customs"),
    "bank": say("bank"),
    "lessor": say("lessor"),
    "insurer": say("insurer"),
    "commission": say("commission"),
    "company": say("company"),
    "region": say("region"),
    "city": say("city"),
    "school": say("school or university"),
    "organisation": say("organisation"),
}
MEASURES: Mapping[str, Message] = {
    "turnover": say("mutual trade"),
    "exports": say("exports"),
    "count": say("a count"),
    "share": say("a share"),
}
QUALIFIER: Mapping[str, Message] = {
    "about": say("about"),
    "almost": say("almost"),
    "more_than": say("more than"),
    "less_than": say("less than"),
    "up_to": say("up to"),
}
COMMITMENT_KIND: Mapping[str, Message] = {
    "measure": say("measure"),
    "decision": say("decision"),
}
DEAL_KIND: Mapping[str, Message] = {
    "loan": say("loan"),
    "lease": say("lease"),
}
INTEREST_THEN: Mapping[str, Message] = {
    "paid": say("paid"),
    "capitalised": say("added to the debt"),
}
SETTLED: Mapping[str, Message] = {
    "bought": say("bought"),
    "returned": say("given back"),
}
INTEREST_TO: Mapping[str, Message] = {
    "due": say("to the due date"),
    "moved": say("to the day to which it was moved"),
}
COUNTED_ON: Mapping[str, Message] = {
    "amount": say("the amount financed"),
    "price": say("the price"),
    "balance": say("the balance"),
    "undrawn": say("what is not drawn yet"),
    "advance": say("advance"),
    "interest": say("interest"),
    "principal": say("principal"),
    "residual": say("residual value"),
    "fees": say("fees and premiums"),
}
FEE_DUE: Mapping[str, Message] = {
    "start": say("at the start"),
    "payment": say("with each payment"),
    "year": say("once a year"),
}
EFFECT: Mapping[str, Message] = {
    "smaller": say("smaller payments"),
    "shorter": say("fewer payments"),
}
UNROUNDED: Mapping[str, Message] = {"none": say("not rounded")}
LINK_KIND: Mapping[str, Message] = {
    "regions": say("region with region"),
    "cities": say("city with city"),
    "companies": say("company with company"),
    "schools": say("school with school"),
    "demand": say("demand without a partner yet"),
}
WANTS: Mapping[str, Message] = {
    "offers": say("offers"),
    "requests": say("requests"),
}
KEY_ROLE: Mapping[str, Message] = {
    "side": say("signing"),
    "officer": say("recovery"),
}
MODE: Mapping[str, Message] = {
    "solo": say("one office holds both keys"),
    "two": say("each side holds its own key"),
}
