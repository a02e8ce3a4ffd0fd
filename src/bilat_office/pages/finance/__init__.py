"""Finance: facilities, deals, their schedules, and a calculator."""
