"""The pages of reading, one module for each thing that a person does."""
