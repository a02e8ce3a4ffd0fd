"""Orders about jobs, letters and calendars. The time is an argument."""
