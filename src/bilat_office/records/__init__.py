"""The joint record of one programme in a database: one door for reading, services that write."""
