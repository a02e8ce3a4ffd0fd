"""What takes longer than a request, or comes by itself: jobs, letters, calendars, the server."""
