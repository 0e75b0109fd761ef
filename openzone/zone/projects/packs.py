"""The pipelines and lights of this zone, read once per process."""

from collections.abc import Mapping
from functools import cache

from openzone.engines.projects.lights import LightRule
from openzone.engines.projects.pipeline import Pipeline
from openzone.packs import lights, pipelines
from openzone.packs.loading import zone_folder
from openzone.zone.projects.models import Project


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
