"""The pipelines, lights, grades and channels of this zone, read once per process."""

import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from openzone.engines.facts.catalogue import FactType
from openzone.engines.projects.lights import LightRule
from openzone.engines.projects.maturity import Grade
from openzone.engines.projects.pipeline import Pipeline
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text
from openzone.packs import funding, lights, pipelines
from openzone.packs.loading import zone_folder
from openzone.zone.projects.models import Project

ON_RECORD: Final = frozenset({"completed"})
"""What channels ask and the log answers, so that nobody is asked."""


@cache
def pipeline(name: str = pipelines.DEFAULT) -> Pipeline:
    """Return a pipeline.

    Raises:
        PackError: where there is none of this name, or its file is not one.

    """
    return pipelines.load_pipeline(name, zone_folder())


@cache
def pipeline_names() -> tuple[str, ...]:
    """Return the ids of the pipelines of this zone."""
    return tuple(pipelines.pipeline_files(zone_folder()))


def pipeline_of(project: Project) -> Pipeline:
    """Return the pipeline a project is in."""
    return pipeline(project.pipeline)


@cache
def light_rules() -> Mapping[str, LightRule]:
    """Return the rules of the lights of this zone, by id."""
    return {name: pack.as_rule for name, pack in lights.light_packs(zone_folder()).items()}


@cache
def grades() -> tuple[Grade, ...]:
    """Return the grades of the reserve, from the lowest up."""
    return pipelines.load_maturity(zone_folder()).as_grades


@cache
def channels() -> Mapping[str, Rule]:
    """Return the channels of upward funding by id, each a rule over the facts of a project."""
    found = funding.funding_rules(zone_folder())
    return {rule.rule.removeprefix(funding.PREFIX): rule for rule in found}


def channel_title(name: str) -> Text:
    """Return a channel in words; one that is gone from the packs stays as it is."""
    rule = channels().get(name)
    return Text(rule.title.zh, rule.title.en) if rule is not None else Text(name, name)


@lru_cache(maxsize=8)
def channel_plan(as_of: dt.date) -> Plan:
    """Return the channels in force on a day, ready to answer."""
    folder = zone_folder()
    return compile_rules(funding.funding_rules(folder), funding.funding_catalogue(folder), as_of)


@cache
def questions() -> Mapping[str, Text]:
    """Return every question an assessment may answer: of the grades, and of the channels."""
    asked = {one.id: one.label for grade in grades() for one in grade.asks}
    facts = funding.funding_catalogue(zone_folder())
    of_channels = {
        one.name: one.label
        for one in facts
        if one.type is FactType.BOOL and one.name not in ON_RECORD
    }
    return {**of_channels, **asked}
