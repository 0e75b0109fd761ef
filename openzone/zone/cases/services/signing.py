"""Signatures of webhooks, as Standard Webhooks has them (standardwebhooks.com, v1: HMAC-SHA256)."""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    """Return a secret of 24 random bytes in the form receivers expect."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def is_secret(text: str) -> bool:
    """Whether a text is a secret of 24 to 64 bytes."""
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return text.startswith(PREFIX) and 24 <= len(key) <= 64


def headers(secret: str, message_id: str, sent: dt.datetime, body: bytes) -> dict[str, str]:
    """Return the three headers of a message sent at a moment."""
    stamp = str(int(sent.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature(secret, message_id, stamp, body)}",
    }


def signature(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """Return the base64 of the HMAC of ``id.timestamp.body``."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = f"{message_id}.{stamp}.".encode() + body
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
