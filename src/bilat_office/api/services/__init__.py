"""Orders of the API that no other room has.

- `once`: a request that comes twice is done once
- `proposing`: a change on exactly the versions that its author has read
"""
