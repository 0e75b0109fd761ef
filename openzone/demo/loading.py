"""The demo zone: places, people, and 3,000 firms through the importer."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from openzone.demo.parameters import Parameters, parameters
from openzone.demo.people import create_people, demo_password
from openzone.demo.policies import create_policies, has_rules
from openzone.demo.population import generate
from openzone.demo.scenes import create_scenes
from openzone.demo.workbook import workbook
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.progress import Progress, silent
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise, ImportBatch
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.services.enterprises import create_place

FILE_NAME = "示例企业.xlsx"
_NOT_A_DEMO = Text(
    "此处已有企业档案，不是示例园区。请用 OPENZONE_DATA 指定另一个文件夹。",
    "There are enterprises on record here already, and they are no examples. "
    "Name another folder with OPENZONE_DATA.",
)


@dataclass(frozen=True, slots=True)
class DemoZone:
    """What was loaded, and the password of its logins."""

    firms: int
    password: str
    created: bool


def load_demo(folder: Path, today: dt.date, on_progress: Progress = silent) -> DemoZone:
    """Load the demo zone once; a second call changes nothing.

    Its workbook speaks of New Year's day: later days can be asked, earlier ones know nothing.
    Policies, and what has happened with them until ``today``, come with the demo's rules: where
    another folder of packs keeps these from being in force, there are enterprises only.

    The workbook is kept in ``folder`` for people to look at and to import by hand. A record that
    holds enterprises, but none of the demo's, is refused.
    """
    if Enterprise.objects.exists() and not Enterprise.objects.filter(synthetic=True).exists():
        raise Refused(_NOT_A_DEMO)
    password = demo_password(folder)
    created = not Enterprise.objects.exists()
    if created:
        _load(parameters(), folder, today, password, on_progress)
    return DemoZone(Enterprise.objects.count(), password, created)


@transaction.atomic
def _load(
    pack: Parameters, folder: Path, today: dt.date, password: str, on_progress: Progress
) -> None:
    """Everything or nothing: half a demo zone would look like a whole one."""
    actor, as_of = Actor.system("demo"), today.replace(month=1, day=1)
    _create_places(actor, pack)
    _import(actor, pack, folder / FILE_NAME, as_of, on_progress)
    firm = Enterprise.objects.get(external_id=pack.login_firm)
    create_people(actor, password, firm, since=as_of)
    if has_rules():
        create_policies(actor, today)
        create_scenes(actor, today)


def _create_places(actor: Actor, pack: Parameters) -> None:
    zone = create_place(actor=actor, code="demo", name="示例高新区", kind=PlaceKind.ZONE)
    for park in pack.parks:
        create_place(actor=actor, code=park.code, name=park.name, kind=PlaceKind.PARK, parent=zone)


def _import(
    actor: Actor, pack: Parameters, path: Path, as_of: dt.date, on_progress: Progress
) -> ImportBatch:
    names = {park.code: park.name for park in pack.parks}
    path.write_bytes(workbook(generate(pack, as_of), names, catalogue(), as_of))
    batch = receive_upload(actor=actor, file_name=path.name, data=path, as_of=as_of, synthetic=True)
    batch = check_batch(actor=actor, batch=batch, on_progress=on_progress)
    return apply_batch(actor=actor, batch=batch, on_progress=on_progress)
