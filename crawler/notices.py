"""Tells somebody of alarms: JSON to a webhook, or a message by SMTP."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.request import Request, urlopen

TIMEOUT_S = 30


class NoticeError(RuntimeError):
    """A notice could not be sent; the message says where to, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Where notices go. ``smtp`` is host:port; ``user`` and ``password`` are used after STARTTLS when they are set."""

    webhook: str = ""
    mail: str = ""
    smtp: str = "localhost:25"
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Recipients:
        """From QUOTEWIRE_WEBHOOK, QUOTEWIRE_MAIL, QUOTEWIRE_SMTP, QUOTEWIRE_SMTP_USER, QUOTEWIRE_SMTP_PASSWORD."""
        named = {"webhook": "WEBHOOK", "mail": "MAIL", "smtp": "SMTP", "user": "SMTP_USER", "password": "SMTP_PASSWORD"}
        return cls(**{key: value for key, name in named.items() if (value := environment.get(f"QUOTEWIRE_{name}"))})

    def __bool__(self) -> bool:
        return bool(self.webhook or self.mail)


def send(rows: Sequence[Mapping[str, Any]], to: Recipients) -> None:
    """One notice of all ``rows`` (source, kind, text, since). Raises NoticeError."""
    if not rows:
        return
    if to.webhook:
        _post(rows, to.webhook)
    if to.mail:
        _mail(rows, to)


def _post(rows: Sequence[Mapping[str, Any]], address: str) -> None:
    if not address.startswith(("http://", "https://")):
        raise NoticeError(f"QUOTEWIRE_WEBHOOK {address!r} is no web address; it must start with https:// or http://")
    warnings = [{key: row[key] for key in ("source", "kind", "text", "since")} for row in rows]
    text = "\n".join(f"{row['source']}: {row['text']}" for row in rows)
    payload = json.dumps({"text": text, "warnings": warnings}).encode()
    try:
        urlopen(Request(address, payload, {"Content-Type": "application/json"}), timeout=TIMEOUT_S).close()
    except OSError as error:
        raise NoticeError(f"the webhook {address} took no notice: {error}") from error


def _mail(rows: Sequence[Mapping[str, Any]], to: Recipients) -> None:
    message = EmailMessage()
    message["Subject"] = f"Quotewire: {len(rows)} to look at, {rows[0]['source']} among them"
    message["From"], message["To"] = to.user if "@" in to.user else to.mail.split(",")[0], to.mail
    message.set_content("".join(f"{row['source']}: {row['text']} (since {row['since']})\n" for row in rows))
    host, _, port = to.smtp.partition(":")
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=TIMEOUT_S) as server:
            if to.user:
                server.starttls()
                server.login(to.user, to.password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NoticeError(f"no mail could be sent by {to.smtp}: {error}") from error
