"""Which papers an application needs, and which of them the record makes unnecessary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openzone.zone.policies.models import Material
from openzone.zone.redemption.models import Application, Attachment
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.facts import KnownFact, facts_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper of the item: answered by a fact of the record, by files, or by nothing yet."""

    material: Material
    known: KnownFact | None
    files: Sequence[Attachment]

    @property
    def settled(self) -> bool:
        """Whether nothing more is asked."""
        return self.known is not None or bool(self.files) or not self.material.required


def materials(application: Application) -> list[Asked]:
    """Return the papers of an application's item; instant items ask for none."""
    if application.mode in ("instant", "no_application"):
        return []
    known = facts_of(application.enterprise, application.rules_on)
    files = list(application.attachments.filter(removed_at=None))
    return [
        Asked(
            material,
            _answer(material.series, known),
            [file for file in files if file.material_id == material.pk],
        )
        for material in application.item.materials.order_by("position", "id")
    ]


def _answer(series: str, known: dict[str, KnownFact]) -> KnownFact | None:
    """Return the fact that answers a paper: the first known year of its series, or its name."""
    if not series:
        return None
    if series in known:
        return known[series]
    for fact in catalogue():
        if fact.series.name == series and fact.name in known:
            return known[fact.name]
    return None


def unanswered(application: Application) -> Iterator[Material]:
    """Yield the required papers that neither the record nor a file answers."""
    for asked in materials(application):
        if not asked.settled:
            yield asked.material


def other_files(application: Application) -> list[Attachment]:
    """Return the files that belong to no paper that is asked for."""
    asked = {material.pk for material in application.item.materials.all()}
    kept = application.attachments.filter(removed_at=None)
    return [file for file in kept if file.material_id not in asked]
