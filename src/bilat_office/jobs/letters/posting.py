"""Letters that are written go out.

A try is counted before the letter is handed over, and its end written down after. When the machine
stops between the two nobody knows whether it went out: then it is sent once more, and not again.
So of one occasion a person hears at most twice, and that after a crash alone; a letter that was
never handed over is not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail import EmailMultiAlternatives

from bilat.language import say
from bilat_office.jobs.letters.leaving import leaving_address
from bilat_office.jobs.models import Letter
from bilat_office.jobs.refusals import Later

MOST_TRIES = 2


def letters_post(
    *, kind: str, now: Callable[[], datetime], before_each: Callable[[], None]
) -> tuple[int, int]:
    """Send what waits; how many went out, and how many are kept because of a server that refused
    them. Raises Later when the mail server cannot be reached: then all wait.
    """
    sent = kept = 0
    for letter in _waiting(kind):
        before_each()
        if not _begun(letter):
            continue
        if _sent(letter):
            Letter.objects.filter(pk=letter.pk).update(sent_at=now(), text="", html="")
            sent += 1
        else:
            kept += 1
    return sent, kept


def _waiting(kind: str) -> Iterator[Letter]:
    """Whoever has left or was shut out since gets nothing."""
    waiting = Letter.objects.filter(kind=kind, sent_at=None)
    waiting.exclude(person__is_active=True, person__reminders=True).delete()
    yield from waiting.filter(tries__lt=MOST_TRIES).select_related("person").order_by("pk")


def _begun(letter: Letter) -> bool:
    """Two workers do not begin the same try."""
    same = Letter.objects.filter(pk=letter.pk, tries=letter.tries, sent_at=None)
    return bool(same.update(tries=letter.tries + 1))


def _sent(letter: Letter) -> bool:
    leaving = leaving_address(letter.person)
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.person.email],
        headers={
            "List-Unsubscribe": f"<{leaving}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused:
        return False
    except OSError as error:  # SMTPException is one
        # Cut off in the middle it may have gone out: then the try counts.
        if not isinstance(error, SMTPServerDisconnected):
            Letter.objects.filter(pk=letter.pk).update(tries=letter.tries)
        raise Later(say("The mail server does not take letters: {why}.", why=str(error))) from None
    return True
