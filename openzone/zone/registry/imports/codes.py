"""Codes that name an enterprise, as import files give them."""

from collections.abc import MutableMapping

from openzone.engines.identity.uscc import InvalidCreditCode, is_valid, parse
from openzone.engines.identity.verdict import Verdict
from openzone.engines.text import Text


def check_credit_code(text: str) -> Verdict:
    """Check a unified social credit code (GB 32100)."""
    try:
        found = parse(text)
    except InvalidCreditCode as error:
        meant = error.suggestion
        fix = Text(f"可能是 {meant}", f"perhaps {meant}") if meant else None
        return Verdict(None, error.reason, fix)
    doubt = found.warnings
    if not doubt:
        return Verdict(found.code)
    reason = Text("；".join(w.zh for w in doubt), "; ".join(w.en for w in doubt))
    return Verdict(found.code, reason)


def settle_id(identity: MutableMapping[str, str]) -> None:
    """Read a credit code in the column of own numbers as what it is."""
    own = identity.get("id", "")
    if own and is_valid(own):
        identity.setdefault("uscc", parse(own).code)
        del identity["id"]
