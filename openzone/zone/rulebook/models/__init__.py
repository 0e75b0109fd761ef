"""Releases of the rules, and the drafts they come from."""

from openzone.zone.rulebook.models.drafts import GoldenCase, RuleDraft
from openzone.zone.rulebook.models.releases import RuleRelease

__all__ = ["GoldenCase", "RuleDraft", "RuleRelease"]
