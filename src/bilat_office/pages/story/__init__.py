"""What the core tells, as a page: its blocks, the form that asks for it, and its documents."""
