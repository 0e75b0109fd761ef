"""Whom a row speaks of: by credit code, own number, exact name, in that order; else a new one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from openzone.engines.identity.names import normalise
from openzone.zone.registry.enums import LinkBasis, NameKind
from openzone.zone.registry.imports.problems import Fault
from openzone.zone.registry.models import Enterprise, EnterpriseName


class Known(NamedTuple):
    """What linking needs of an enterprise."""

    name: str
    uscc: str | None


class Link(NamedTuple):
    """The enterprise a row speaks of: on record, or below zero one that the file brings."""

    basis: LinkBasis
    target: int | None = None
    faults: tuple[Fault, ...] = ()


class Linker:
    """The keys of all enterprises; a new one joins them, so that a later row finds it.

    Enterprises that were merged away lead to the one they are part of.
    """

    def __init__(self) -> None:
        self.known: dict[int, Known] = {}
        self.by_code: dict[str, int] = {}
        self.by_number: dict[str, int] = {}
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.new = 0
        self._load()

    def _load(self) -> None:
        fields = ("subject_id", "root_id", "uscc", "external_id", "name")
        rows = Enterprise.objects.order_by("subject_id").values_list(*fields)
        for pk, root, uscc, number, name in rows.iterator():
            if pk == root or root not in self.known:
                self.known[root] = Known(name, uscc)
            self._key(root, uscc, number, name)
        former = EnterpriseName.objects.filter(kind=NameKind.FORMER).order_by("id")
        for root, name in former.values_list("enterprise__root_id", "name").iterator():
            self.by_name[normalise(name)].add(root)

    def _key(self, target: int, uscc: str | None, number: str | None, name: str | None) -> None:
        if uscc:
            self.by_code.setdefault(uscc, target)
        if number:
            self.by_number.setdefault(number, target)
        if name:
            self.by_name[normalise(name)].add(target)

    def link(self, identity: Mapping[str, str]) -> Link:
        """Link a row by its names and codes (see ``IDENTITY``)."""
        by_code = self.by_code.get(identity.get("uscc", ""))
        by_number = self.by_number.get(identity.get("id", ""))
        if by_code is not None:
            return self._by_code(by_code, by_number, identity)
        if by_number is not None:
            return self._agreeing(LinkBasis.EXTERNAL_ID, by_number, identity)
        return self._by_name(identity)

    def _by_code(self, target: int, by_number: int | None, identity: Mapping[str, str]) -> Link:
        if by_number not in (None, target):
            names = {"name": self.known[target].name, "other": self.known[by_number].name}
            return Link(LinkBasis.NONE, None, (Fault("keys_disagree", "id", names),))
        return Link(LinkBasis.USCC, target, tuple(self._other_name(target, identity)))

    def _by_name(self, identity: Mapping[str, str]) -> Link:
        name = identity.get("name", "")
        targets = sorted(self.by_name.get(normalise(name), ())) if name else []
        if len(targets) > 1:
            return Link(LinkBasis.NONE, None, (Fault("name_ambiguous", "name", {"name": name}),))
        if targets:
            return self._agreeing(LinkBasis.NAME, targets[0], identity)
        if not normalise(name):
            return Link(LinkBasis.NONE, None, (Fault("name_missing", "name", {}),))
        return self._new(identity)

    def _agreeing(self, basis: LinkBasis, target: int, identity: Mapping[str, str]) -> Link:
        """Link by number or name, unless the credit codes say that they are two enterprises."""
        name, known = self.known[target]
        given = identity.get("uscc")
        if given and known and given != known:
            fault = Fault("code_conflict", "uscc", {"name": name, "known": known})
            return Link(LinkBasis.NONE, None, (fault,))
        if given and not known:
            self.known[target] = Known(name, given)
            self.by_code[given] = target
        return Link(basis, target, tuple(self._other_name(target, identity)))

    def _other_name(self, target: int, identity: Mapping[str, str]) -> Iterator[Fault]:
        name = identity.get("name", "")
        if name and target not in self.by_name.get(normalise(name), ()):
            yield Fault("name_differs", "name", {"name": self.known[target].name})

    def _new(self, identity: Mapping[str, str]) -> Link:
        self.new -= 1
        name, uscc = identity["name"], identity.get("uscc")
        self.known[self.new] = Known(name, uscc)
        self._key(self.new, uscc, identity.get("id"), name)
        return Link(LinkBasis.NEW, self.new)
