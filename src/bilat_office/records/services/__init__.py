"""Everything that writes, read as orders. Each is one transaction; all of it happens, or nothing.

The actor, the signer and the time are arguments: the clock is read at the door alone. Orders of the
register raise `bilat.register.outcome.Refused`, those of the office
`bilat_office.records.refusals.OfficeRefused`; both carry a sentence and a code.

- `changes`: propose, countersign, reject, counter, withdraw, seal, checkpoint, enter alone
- `messages`: what comes from the other office, and what it may still lack
- `drafts`: a side's own way to its key
- `private`: records that one side alone may see
- `keys`: make, enter, replace, revoke, recover; `sittings`: a key that is open for some minutes
- `founding`: a register begins, or begins here from an export; `settling`: after a fork
- `forgetting`: read everything again, when the storage was away
"""
