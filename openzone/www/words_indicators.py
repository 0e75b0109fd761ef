"""Words for what the log and the engine call by short names: figures over time."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "figures.batch.entered": _("Batch of figures entered"),
    "figures.batch.changed": _("Rows of a batch of figures replaced"),
    "figures.batch.submitted": _("Batch of figures submitted"),
    "figures.batch.returned": _("Batch of figures sent back"),
    "figures.batch.approved": _("Batch of figures approved"),
    "figures.batch.discarded": _("Batch of figures put aside"),
    "figures.figure.withdrawn": _("Figure withdrawn"),
    "figures.entity.added": _("Subject of figures added"),
    "figures.entity.changed": _("Subject of figures described anew"),
    "figures.attribution.added": _("Attribution added"),
    "figures.attribution.ended": _("Attribution ended"),
    "figures.sheet.checked": _("Workbook of figures checked"),
    "figures.sheet.applied": _("Workbook of figures entered"),
    "figures.sheet.discarded": _("Workbook of figures discarded"),
}

DERIVED = {
    "month": _("Month implied by cumulative figures"),
    "part": _("Months implied by cumulative figures"),
    "growth": _("Growth as published"),
    "multiple": _("Times the year before"),
    "implied_base": _("Base implied by published growth"),
    "level_growth": _("Growth of comparable levels"),
    "change": _("Change in percentage points"),
    "month_on_month": _("Against the month before"),
    "completion": _("Completion of the target"),
    "over_half": _("Over half"),
    "all_over_half": _("All over half"),
    "time_progress": _("Time progress (linear)"),
    "gap": _("Ahead of or behind time"),
    "pace": _("Pace so far, a month"),
    "required_per_month": _("Needed a month for the rest of the year"),
    "seasonal_progress": _("Time progress by own season"),
    "seasonal_gap": _("Ahead of or behind own season"),
    "share": _("Share of the whole"),
    "contribution": _("Contribution to growth"),
    "pull": _("Pull on growth"),
    "rank": _("Place among those on record"),
    "streak_growing": _("Periods of growth in a row"),
    "streak_first": _("Periods at the first place in a row"),
    "streak_top3": _("Periods among the first three in a row"),
    "streak_top10": _("Periods among the first ten in a row"),
    "turns_up": _("Turns to growth"),
    "turns_down": _("Turns to decline"),
    "cr3": _("Share of the largest three"),
    "cr10": _("Share of the largest ten"),
    "hhi": _("Herfindahl index"),
    "revision": _("Restated against first published"),
    "forecast_year": _("Forecast of the year"),
}

FLAGS = {
    "decreasing_cumulative": _("Cumulative figure falls"),
    "identity_breaks": _("Month and cumulative figures disagree"),
    "growth_against_level": _("Growth and levels disagree"),
    "no_growth": _("No growth from this base"),
    "part_above_whole": _("Part above its whole"),
    "unit_jump": _("Unit may be wrong"),
    "outlier": _("Far from its usual level"),
    "below_zero": _("Below zero"),
}

KINDS = {
    "cumulative": _("flow, published from January on"),
    "flow": _("flow"),
    "stock": _("stock, at the end of a period"),
    "rate": _("rate"),
    "nominal": _("at current prices"),
    "real": _("growth at comparable prices"),
    "comparable": _("levels of two years compare"),
    "not_comparable": _("levels of two years do not compare"),
}

DIRECTIONS = {"up": _("higher is better"), "down": _("lower is better")}

FREQUENCIES = {
    "month": _("monthly"),
    "quarter": _("quarterly"),
    "year": _("yearly"),
    "other": _("now and then"),
}
