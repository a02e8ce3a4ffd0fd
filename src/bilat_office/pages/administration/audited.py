"""What a line of the audit tells, as a sentence: who is named has done it."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import Message, say
from bilat.programme.labels import plain
from bilat_office.pages.administration.jobs import KIND_NAMES
from bilat_office.people.services.audit import Looked

SENTENCES: Mapping[Looked, Message] = {
    "list": say("Saw them in a list"),
    "search": say("Found them by a search"),
    "get": say("Opened a record"),
    "back_links": say("Saw which records refer to another"),
    "history": say("Read the history of a record"),
    "drafts": say("Saw drafts"),
    "programme": say("Saw what was computed of them, or the programme with them"),
    "named": say("Saw them named on a page"),
    "brief": say("Saw the brief that tells of them"),
    "files": say("Saw the list of files"),
    "file": say("Opened a file"),
    "file search": say("Found files by their words"),
    "file add": say("Brought a file"),
    "file remove": say("Took a file off the list"),
    "reminder": say("Got a letter that reminds of them"),
    "digest": say("Got the letter of the week that tells of them"),
}


def told(action: str) -> Message:
    """A line that an older release wrote may be of another sort: it is shown as it stands."""
    kind, job, looked = action.rpartition(": ")
    sentence = next((said for code, said in SENTENCES.items() if code == looked), None)
    shown = sentence or Message("{action}", {"action": plain(looked)})
    if not job:
        return shown
    name = KIND_NAMES.get(kind)
    return say("By the job “{job}”: {what}", job=name or plain(kind), what=shown)
