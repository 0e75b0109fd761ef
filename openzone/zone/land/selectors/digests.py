"""What others rely on about a parcel, as one text that changes when any of it changes."""

import hashlib
import json

from openzone.zone.land.models import Parcel


def digest(parcel: Parcel) -> str:
    """Return a hash of number, area, use, tenure, conditions and boundary (64 hex digits).

    Name, state and who looks after it may change: a pre-review does not rest on them.
    """
    said = {
        "number": parcel.number,
        "area_m2": f"{parcel.area_m2:.4f}",
        "use": parcel.use,
        "tenure": [parcel.tenure, parcel.tenure_years],
        "conditions": parcel.conditions,
        "conditions_text": parcel.conditions_text,
        "boundary": parcel.boundary,
    }
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
