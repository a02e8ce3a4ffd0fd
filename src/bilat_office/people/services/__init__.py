"""Orders about people. The time is an argument; the clock is read at the door alone.

- `persons`: invite, change, lock out · `routes`: stops and deputies
- `tokens`: of programs · `audit`: who looked at private records · `factors`: second ones
- `notices`: what a person has seen · `letters`: which letters a person wants
"""
