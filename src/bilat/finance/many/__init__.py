"""Many schedules at once: numpy over contracts, equal to the exact path in every cent.

``many_schedules`` computes what it can together, hands the rest to `schedule_of` one by one, and
says which term was the reason.
"""

from bilat.finance.many.making import Many, many_schedules
from bilat.finance.many.supported import why_not

__all__ = ["Many", "many_schedules", "why_not"]
