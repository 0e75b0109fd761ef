"""Joint water monitoring: sections, campaigns, the common log, limits, map, workbooks."""

from django.urls import path

from openzone.www.views.waters import books, campaigns, log, overview, results, sections

urlpatterns = [
    path("waters/", overview.overview, name="waters"),
    path("waters/map/", overview.watermap, name="water_map"),
    path("waters/limits/", overview.limits, name="water_limits"),
    path("waters/export/<slug:what>/", overview.export, name="water_export"),
    path("waters/sections/", sections.listing, name="water_sections"),
    path("waters/sections/new/", sections.new, name="water_section_new"),
    path("waters/sections/<number:pk>/", sections.section, name="water_section"),
    path("waters/sections/<number:pk>/do/<slug:what>/", sections.act, name="water_section_act"),
    path("waters/campaigns/", campaigns.listing, name="water_campaigns"),
    path("waters/campaigns/new/", campaigns.new, name="water_campaign_new"),
    path("waters/campaigns/<number:pk>/", campaigns.campaign, name="water_campaign"),
    path("waters/campaigns/<number:pk>/do/<slug:what>/", campaigns.act, name="water_campaign_act"),
    path("waters/campaigns/<number:pk>/report/<slug:kind>/", campaigns.report, name="water_report"),
    path("waters/campaigns/<number:pk>/book/", books.samples, name="water_samples_book"),
    path(
        "waters/campaigns/<number:pk>/book/template/", books.template, name="water_samples_template"
    ),
    path("waters/results/<number:pk>/", results.result, name="water_result"),
    path("waters/results/<number:pk>/do/<slug:what>/", results.act, name="water_result_act"),
    path("waters/log/<slug:kind>/", log.listing, name="water_log"),
    path("waters/log/<slug:kind>/new/", log.new, name="water_entry_new"),
    path("waters/log/<slug:kind>/<number:pk>/", log.entry, name="water_entry"),
    path("waters/log/<slug:kind>/<number:pk>/do/<slug:what>/", log.act, name="water_entry_act"),
    path("waters/entries/<number:pk>/", log.entry_by_number, name="water_entry_by_number"),
    path("waters/findings/<number:pk>/case/", log.make_case, name="water_finding_case"),
    path("waters/files/<number:pk>/", log.file, name="water_file"),
    path("waters/books/<slug:what>/", books.books, name="water_books"),
    path("waters/book/<number:pk>/", books.book, name="water_book"),
    path("waters/book/<number:pk>/<slug:step>/", books.act, name="water_book_act"),
]
