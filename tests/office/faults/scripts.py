"""What other processes do with the office's data: each script prints JSON on its last line.

BEGIN invites a person of each side, with a token and an open key. LOOK reads and verifies all
that is stored, and asks for one more job.
"""

from __future__ import annotations

BEGIN = """
import json, secrets
from datetime import UTC, datetime
from bilat_office.cli import prepare
prepare(None)
from bilat_office.people.services.persons import person_add
from bilat_office.people.services.tokens import SCOPES, token_create
from bilat_office.records.door import Door
from bilat_office.records.services.keys import keys_kept
from bilat_office.records.services.sittings import sitting_open
from bilat_office.records.viewer import Viewer
at, found = datetime.now(UTC), {}
with Door(Viewer("joint")).desk() as desk:
    sides, found["depositary"] = desk.sides, desk.depositary
for side in sides:
    person = person_add(name=f"Writer {side}", email=f"{side}@example.org", side=side,
                        sides=sides, roles=["secretary"], at=at)
    token = token_create(person=person, name="t", scopes=SCOPES, days=9,
                         secret=secrets.token_urlsafe(32), at=at)
    ticket = sitting_open(key=keys_kept(side=side)[-1].id, passphrase="four quiet words",
                          secret=secrets.token_bytes(32), at=at, minutes=600)
    found[side] = {"token": token, "ticket": ticket}
print(json.dumps(found))
"""
LOOK = """
import json
from datetime import UTC, datetime
from bilat_office.cli import prepare
prepare(None)
from bilat.register.verify import Break
from bilat_office.jobs.models import Job
from bilat_office.jobs.services.asking import job_ask
from bilat_office.people.models import Person
from bilat_office.records.door import Door
from bilat_office.records.inspecting import office_verify
from bilat_office.records.keeper import KEEPER
from bilat_office.records.viewer import Viewer
found, disagreeing = office_verify()
whole = not isinstance(found, Break) and not disagreeing
with KEEPER.reading() as node:
    entered = [item.change.id for item in node.register.entries]
    under_way = list(node.changes.open())
    records = sorted(name[1] for name, _ in node.register.state.records()
                     if name[0] == "commitments")
rows = sorted(item.id for page in range(1, 60)
              for item in Door(Viewer("joint")).list("commitments", page=page, size=500).rows)
job_ask(kind="export", arguments={}, person=Person.objects.first(), at=datetime.now(UTC))
states = {}
for state in Job.objects.values_list("state", flat=True):
    states[state] = states.get(state, 0) + 1
print(json.dumps({"whole": whole, "entered": entered, "under_way": under_way,
                  "records": records, "rows": rows, "jobs": states}))
"""
