"""Words for what chains and the log call by short names: versions and drafts of chains."""

from django.utils.translation import gettext_lazy as _

from openzone.engines.chains.diff import Kind
from openzone.engines.text import Text

ACTIONS = {
    "chains.released": _("Version of a chain published"),
    "chains.release.settled": _("Firms moved to nodes of a new version"),
    "chains.draft.begun": _("Draft of a chain begun"),
    "chains.draft.saved": _("Draft of a chain edited as text"),
    "chains.draft.changed": _("Draft of a chain changed"),
    "chains.draft.imported": _("File taken into a draft of a chain"),
    "chains.draft.moves_said": _("Said which node takes over firms"),
    "chains.draft.rebased": _("Draft of a chain compared with what is in force"),
    "chains.draft.submitted": _("Draft of a chain submitted"),
    "chains.draft.returned": _("Draft of a chain returned"),
    "chains.draft.withdrawn": _("Draft of a chain withdrawn"),
    "chains.draft.published": _("Draft of a chain published by another person"),
}
FIELDS = {
    "id": _("Id"),
    "name": _("Name"),
    "name_zh": _("Chinese name"),
    "name_en": _("English name"),
    "stage": _("Stage of the chain"),
    "weight": _("Weight"),
    "parent": _("Parent node"),
    "keywords": _("Keywords"),
    "aliases": _("Aliases"),
    "heads": _("Words at the end of a phrase"),
    "excludes": _("Words that exclude it"),
    "firms": _("Brands"),
    "gbt4754": _("Industry codes (GB/T 4754)"),
    "hs": _("Customs codes (HS)"),
    "strategic": _("Strategic industry codes"),
    "edition": _("Edition of GB/T 4754"),
    "verified": _("How well verified"),
    "note_zh": _("Chinese remark"),
    "note_en": _("English remark"),
    "from": _("From node"),
    "to": _("To node"),
    "rel": _("Relation"),
    "need": _("Need"),
    "alt_group": _("Group of substitutes"),
    "cost_share": _("Share of cost"),
    "source": _("Source"),
    "sources": _("Sources"),
    "version": _("Version as written"),
    "valid_from": _("In force from, as written"),
    "strip_tails": _("Words cut from the end"),
    "trade_words": _("Words of trade"),
    "equipment_tails": _("Words of equipment"),
    "head_final": _("The end of a phrase decides"),
    "rule_inside": _("Weight of a hit within a phrase"),
    "rule_trade": _("Weight beside a word of trade"),
    "rule_code": _("Weight of an industry code"),
    "rule_product": _("Weight of products"),
    "rule_scope": _("Weight of the business scope"),
    "rule_name": _("Weight of the firm's name"),
    "rule_auto_from": _("Taken by itself from"),
    "rule_review_from": _("Reviewed from"),
    "rule_lead": _("Lead over the second"),
}
RELATIONS = {
    "input": _("Input"),
    "equip": _("Equipment"),
    "service": _("Service (relation)"),
    "return": _("Recycling"),
}
NEEDS = {"required": _("Required"), "optional": _("Optional")}
KINDS = {
    Kind.ADDED: Text("新增", "added"),
    Kind.REMOVED: Text("删除", "removed"),
    Kind.CHANGED: Text("修改", "changed"),
}
FORMATS = {"yaml": "YAML", "csv": "CSV", "xlsx": "Excel", "graphml": "GraphML", "json": "JSON"}
