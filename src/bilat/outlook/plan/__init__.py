"""Which measures to take, when, and at which scale.

The chance of the target is made as great as the limits allow, or a chance that is asked for is
reached at the least cost, with a bound that no plan can exceed (see `search`).
"""

from bilat.outlook.plan.effort import Effort, Progress
from bilat.outlook.plan.limits import Limit, Limits
from bilat.outlook.plan.question import Question, question
from bilat.outlook.plan.results import Binding, Check, Lifted, Loss, Plan, Point, Shortfall, Step
from bilat.outlook.plan.solve import frontier, greatest_chance, least_cost

__all__ = [
    "Binding",
    "Check",
    "Effort",
    "Lifted",
    "Limit",
    "Limits",
    "Loss",
    "Plan",
    "Point",
    "Progress",
    "Question",
    "Shortfall",
    "Step",
    "frontier",
    "greatest_chance",
    "least_cost",
    "question",
]
