"""Figures over time: series, batches, the dictionary, subjects."""

from django.urls import path

from openzone.www.views.indicators import batches, books, dictionary, entities, lines, series

urlpatterns = [
    path("figures/", lines.listing, name="figure_lines"),
    path("figures/export/", lines.export, name="figure_lines_export"),
    path("figures/sdmx/", lines.sdmx, name="figure_lines_sdmx"),
    path("figures/series/<number:pk>/<slug:indicator>/", series.series, name="figure_series"),
    path("figures/one/<number:pk>/", series.one, name="figure_one"),
    path("figures/one/<number:pk>/withdraw/", series.withdraw, name="figure_withdraw"),
    path("figures/dictionary/", dictionary.listing, name="figure_dictionary"),
    path("figures/dictionary/<slug:indicator>/", dictionary.indicator, name="figure_indicator"),
    path("figures/batches/", batches.listing, name="figure_batches"),
    path("figures/batches/new/", batches.new, name="figure_batch_new"),
    path("figures/batches/<number:pk>/", batches.batch, name="figure_batch"),
    path("figures/batches/<number:pk>/change/", batches.change, name="figure_batch_change"),
    path("figures/batches/<number:pk>/submit/", batches.submit, name="figure_batch_submit"),
    path("figures/batches/<number:pk>/do/<slug:what>/", batches.act, name="figure_batch_act"),
    path("figures/books/", books.books, name="figure_books"),
    path("figures/books/<number:pk>/", books.book, name="figure_book"),
    path("figures/books/<number:pk>/<slug:step>/", books.book_act, name="figure_book_act"),
    path("figures/entities/", entities.listing, name="figure_entities"),
    path("figures/entities/new/", entities.new, name="figure_entity_new"),
    path("figures/entities/<number:pk>/", entities.entity, name="figure_entity"),
    path("figures/entities/<number:pk>/change/", entities.change, name="figure_entity_change"),
    path("figures/entities/<number:pk>/attribute/", entities.attribute,
         name="figure_attribution_new"),
    path("figures/attributions/<number:pk>/end/", entities.end, name="figure_attribution_end"),
]  # fmt: skip
