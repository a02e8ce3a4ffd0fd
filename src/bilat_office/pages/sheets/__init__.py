"""Records in and out as a workbook; what an import would change is shown before it does."""
