"""A file of relations to checked relations, or every reason why not."""

import datetime as dt
from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.check_relations import check_relations
from openzone.engines.rules.document import read_document
from openzone.engines.rules.loading import findings_of, in_order
from openzone.engines.rules.problems import PackError
from openzone.engines.rules.relation_language import RELATION_FORMS, AnyRelation, RelationsFile
from openzone.engines.rules.schema import Rule


def load_relations(
    text: str, filename: str, rules: Sequence[Rule], catalogue: Catalogue
) -> tuple[AnyRelation, ...]:
    """Read a file of relations and check it against the rules and the catalogue.

    Raises:
        PackError: with every problem of the file, each with its line.

    """
    document = read_document(text, filename)
    try:
        file = RelationsFile.model_validate(document.value)
    except ValidationError as error:
        raise PackError(in_order(document, findings_of(error, RELATION_FORMS))) from None
    findings = dict.fromkeys(check_relations(file.relations, rules, catalogue))
    if findings:
        raise PackError(in_order(document, findings))
    return file.relations


def in_force(relations: Iterable[AnyRelation], day: dt.date) -> tuple[AnyRelation, ...]:
    """Return the relations that hold on ``day``."""
    return tuple(relation for relation in relations if relation.in_force(day))
