"""A notice on its way: e-mail by SMTP, or a webhook by HTTPS with a signature.

Secrets come from the environment, or from a file that it names; they are read when they are used.
"""

import hashlib
import hmac
import json
import os
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

from tilannehuone.notices_declared import Mail, Notices, Rule
from tilannehuone.texts import text

PASSWORD, SECRET = "TILANNEHUONE_SMTP_PASSWORD", "TILANNEHUONE_WEBHOOK_SECRET"  # noqa: S105
IN_FILE = {
    PASSWORD: "TILANNEHUONE_SMTP_PASSWORD_FILE",
    SECRET: "TILANNEHUONE_WEBHOOK_SECRET_FILE",
}
SIGNATURE = "Tilannehuone-Signature"
PATIENCE = 20
"""Seconds that a server has for each of its answers."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: which kind of thing, a title, lines, of which instance and release."""

    kind: str
    title: str
    lines: tuple[str, ...]
    instance: str
    release_id: str | None


class Undelivered(Exception):
    """A notice did not arrive; `kind` names how, without what was sent or where to."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


def send(declared: Notices, rule: Rule, message: Message) -> None:
    """Deliver a message to one recipient, or raise Undelivered."""
    try:
        if rule.webhook is not None:
            _post(rule.webhook, declared, rule, message)
        elif declared.mail is not None:
            _mail(declared.mail, str(rule.email), _letter(declared, rule, message))
    except urllib.error.HTTPError as error:
        error.close()
        raise Undelivered(f"HTTP {error.code}") from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Undelivered(type(error).__name__) from None


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return the header that proves who sent a webhook's body, and when (seconds since 1970).

    The receiver makes the same HMAC-SHA256 of `<moment>.<body>` and refuses old moments.

    >>> signature("s", 1, b"{}")[:7]
    't=1,v1='
    """
    mark = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={mark}"


def secret_of(name: str) -> str:
    """Return a secret from the environment, or from the file it names; empty where there is none.

    Raises
    ------
    OSError
        The file that is named cannot be read.
    """
    file = os.environ.get(IN_FILE[name])
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get(name, "")


def _letter(declared: Notices, rule: Rule, message: Message) -> EmailMessage:
    letter, lang = EmailMessage(), rule.language
    letter["Subject"] = f"{message.instance}: {message.title}"
    letter["From"] = declared.mail.sender if declared.mail else ""
    letter["To"] = rule.email
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain="tilannehuone.invalid")
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = lang
    lines = [f"{message.title}.", "", *(f"- {one}" for one in message.lines), ""]
    lines += [declared.room, ""] if declared.room else []
    letter.set_content("\n".join([*lines, text("notices.footer", lang)]) + "\n")
    return letter


def _mail(mail: Mail, to: str, letter: EmailMessage) -> None:
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if mail.encryption == "tls":
        server = smtplib.SMTP_SSL(mail.server, mail.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(mail.server, mail.port, timeout=PATIENCE)
    with server:
        if mail.encryption == "starttls":
            server.starttls(context=context)
        if mail.user is not None:
            server.login(mail.user, secret_of(PASSWORD))
        server.send_message(letter, mail.sender, [to])


def _post(address: str, declared: Notices, rule: Rule, message: Message) -> None:
    moment = int(time.time())
    told = asdict(message) | {"language": rule.language, "room": declared.room, "sent_at": moment}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8")
    headers = {"Content-Type": "application/json", "User-Agent": "tilannehuone"}
    if secret := secret_of(SECRET):
        headers[SIGNATURE] = signature(secret, moment, body)
    asked = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310
    handlers = (_NoRedirect, urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    with urllib.request.build_opener(*handlers).open(asked, timeout=PATIENCE):
        pass


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A notice goes where it was declared to go and nowhere else."""

    def redirect_request(self, *_args: Any) -> None:
        """Follow nothing: the answer counts as a refusal."""
