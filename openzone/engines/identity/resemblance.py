"""How much two company names look alike when no exact part ties them together."""

from dataclasses import replace

from rapidfuzz.distance import LCSseq

from openzone.engines.identity import findings
from openzone.engines.identity.findings import Finding
from openzone.engines.identity.names import NameParts


def resemblance(query: NameParts, entry: NameParts) -> tuple[Finding, float]:
    """Return what kind of likeness it is and its score, below every exact or sounding match."""
    best = _compare(query, entry)
    if query.place and not query.form:
        best = max(best, _compare(place_as_brand(query), entry), key=lambda pair: pair[1])
    return best


def place_as_brand(query: NameParts) -> NameParts:
    """Read a name once more as if its place were the head of the brand: 宁海电子有限公司."""
    return replace(query, place=query.site, brand=query.place.text + query.brand)


def searched_text(parts: NameParts) -> str:
    """Return what of a name is worth searching by: place, brand and trade."""
    return parts.place.text + parts.core


def _compare(query: NameParts, entry: NameParts) -> tuple[Finding, float]:
    """Compare names that share characters; the score stays below every exact or sounding match.

    Short names keep the order of the characters they keep, so the longest common
    subsequence measures how much of the query is found in the entry.
    """
    asked, held = query.core, entry.core
    common = LCSseq.similarity(asked, held)
    whole = LCSseq.similarity(searched_text(query), searched_text(entry))
    covered = max(common / max(len(asked), 1), whole / max(len(searched_text(query)), 1))
    filled = common / max(len(held), 1)
    brand = LCSseq.similarity(query.brand, entry.brand) / max(len(query.brand), len(entry.brand), 1)
    leads = 1.0 if held.startswith(query.brand) or asked.startswith(entry.brand) else brand
    apart = bool(query.place and entry.place) and any(
        findings.compare_places(query.place, entry.place)
    )
    score = findings.SIMILAR.weight * (0.45 * covered + 0.2 * filled + 0.35 * leads)
    if not (query.form or query.place):
        return findings.SHORT, score
    if query.brand == entry.brand:
        return (findings.OTHER_PLACE if apart else findings.RELATIVE), score * (0.9 if apart else 1)
    return findings.SIMILAR, score * (0.85 if apart else 1)
