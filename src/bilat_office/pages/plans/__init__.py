"""Plans: which measures to take, when, and at which scale, so that the target comes in reach."""
