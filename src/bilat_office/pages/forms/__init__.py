"""Forms of records, made from their pydantic models: a new field needs nothing here."""
