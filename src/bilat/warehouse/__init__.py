"""Delta tables of tidy reports with vintages; the only room with SQL."""
