"""Reading of pages: brought in, judged beside their text, handed to the record."""

from django.urls import path

from openzone.www.views.readings import entering, helping, judging, pages

urlpatterns = [
    path("readings/", pages.listing, name="readings"),
    path("readings/new/", pages.new, name="reading_new"),
    path("readings/statistics/", helping.statistics, name="readings_statistics"),
    path("readings/statistics/export/", helping.export, name="readings_statistics_export"),
    path("readings/<number:pk>/", pages.page, name="reading"),
    path("readings/<number:pk>/file/", pages.file, name="reading_file"),
    path("readings/<number:pk>/retry/", pages.retry, name="reading_retry"),
    path("readings/<number:pk>/export/<slug:form>/", pages.export, name="reading_export"),
    path("readings/<number:pk>/undo/", judging.undo, name="reading_undo"),
    path("readings/<number:pk>/add/", judging.add, name="reading_add"),
    path("readings/<number:pk>/enter/", entering.enter, name="reading_enter"),
    path("readings/<number:pk>/help/<number:article>/", helping.ask, name="reading_help"),
    path("readings/facts/<number:pk>/", judging.fact, name="reading_fact"),
    path("readings/facts/<number:pk>/do/<slug:what>/", judging.act, name="reading_act"),
]
