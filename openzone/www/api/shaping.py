"""From the record to the shapes of the interface."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from openzone.engines.cases.fields import Field
from openzone.engines.cases.model import CaseType
from openzone.engines.cases.summary import summary
from openzone.engines.worktime.localtime import to_local
from openzone.www.api.shapes import cases as schemas
from openzone.www.api.shapes.common import Words
from openzone.zone.cases.folding import state_of
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.cases.permissions import masked, may_see_contact
from openzone.zone.people.models import User


def case_out(case: Case) -> schemas.CaseOut:
    """Return a case as lists show it."""
    return schemas.CaseOut(**_common(case))


def case_detail(case: Case, user: User, now: dt.datetime, on: dt.date) -> schemas.CaseDetail:
    """Return a case with clocks and minutes; sensitive answers only for who may read them."""
    type_ = type_of(case.version)
    told: Mapping[str, Any] = summary(type_, state_of(case), to_local(now), worktime())
    open_ = may_see_contact(user, case, on).allowed
    return schemas.CaseDetail(
        **_common(case),
        text=case.text,
        fields=_answers(case, type_, open_),
        requester={
            "kind": case.requester_kind,
            "name": case.enterprise.name
            if case.enterprise
            else _hidden(case.requester_name, open_),
            "phone": _hidden(case.requester_phone, False),
        },
        clocks=told["clocks"],
        minutes=told["minutes"],
        elapsed_minutes=told["elapsed_minutes"],
    )


def _common(case: Case) -> dict[str, Any]:
    names = (
        "number", "kind", "title", "stage", "closed", "outcome", "holder", "topic", "priority",
        "opened_at", "due_at", "due_clock", "changed_at", "closed_at", "satisfaction", "redo",
        "last_seq",
    )  # fmt: skip
    label = Words.of(type_of(case.version).stages[case.stage].label)
    return {
        **{name: getattr(case, name) for name in names},
        "stage_label": label,
        "lead": case.lead.code if case.lead else None,
    }


def _hidden(text: str, is_open: bool) -> str:
    return text if is_open or not text else masked(text)


def _answers(case: Case, type_: CaseType, is_open: bool) -> dict[str, Any]:
    hidden = {field.id for field in type_.form if field.sensitive and not is_open}
    return {name: "***" if name in hidden else value for name, value in case.fields.items()}


def form_out(form: Iterable[Field]) -> list[schemas.FieldOut]:
    """Return the fields of a form."""
    return [
        schemas.FieldOut(
            id=field.id,
            kind=field.kind.value,
            label=Words.of(field.label),
            required=field.required,
            choices=[
                {"id": one.id, "zh": one.label.zh, "en": one.label.en} for one in field.choices
            ],
            when=[[name, list(values)] for name, values in field.when],
            sensitive=field.sensitive,
        )
        for field in form
    ]
