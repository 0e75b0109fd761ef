"""Policy documents, items, their meaning, compendium."""

from django.urls import path

from openzone.www.views.library import (
    compendium,
    document_changes,
    documents,
    imports,
    item_changes,
    items,
    meaning,
    media,
    reports,
)

_DOCUMENT = "library/documents/<number:pk>/"
_ITEM = "library/items/<number:pk>/"

urlpatterns = [
    path("library/", documents.listing, name="library"),
    path("library/export/", documents.export, name="library_export"),
    path("library/documents/new/", document_changes.new, name="library_document_new"),
    path(_DOCUMENT, documents.page, name="library_document"),
    path(f"{_DOCUMENT}edit/", document_changes.edit, name="library_document_edit"),
    path(f"{_DOCUMENT}publish/", document_changes.publish, name="library_document_publish"),
    path(f"{_DOCUMENT}withdraw/", document_changes.withdraw, name="library_document_withdraw"),
    path(f"{_DOCUMENT}history/", documents.history, name="library_history"),
    path(f"{_DOCUMENT}explain/", meaning.explain_document, name="library_document_explain"),
    path(f"{_DOCUMENT}answers/new/", meaning.new_answer, name="library_answer_new"),
    path(f"{_DOCUMENT}media/new/", media.add_to_document, name="library_document_media"),
    path(f"{_DOCUMENT}items/new/", item_changes.new, name="library_item_new"),
    path(f"{_DOCUMENT}tasks/new/", document_changes.new_task, name="library_task_new"),
    path(f"{_DOCUMENT}tasks/<number:row>/", document_changes.task, name="library_task"),
    path("library/items/", items.listing, name="library_items"),
    path("library/items/export/", items.export, name="library_items_export"),
    path(_ITEM, items.page, name="library_item"),
    path(f"{_ITEM}edit/", item_changes.edit, name="library_item_edit"),
    path(f"{_ITEM}publish/", item_changes.publish, name="library_item_publish"),
    path(f"{_ITEM}withdraw/", item_changes.withdraw, name="library_item_withdraw"),
    path(f"{_ITEM}explain/", meaning.explain_item, name="library_item_explain"),
    path(f"{_ITEM}media/new/", media.add_to_item, name="library_item_media"),
    path("library/media/<number:pk>/", media.serve, name="library_media"),
    path("library/media/<number:pk>/remove/", media.remove, name="library_media_remove"),
    path(
        "library/interpretations/<number:pk>/", meaning.version_page, name="library_interpretation"
    ),
    path(
        "library/interpretations/<number:pk>/<slug:action>/",
        meaning.version_act,
        name="library_interpretation_act",
    ),
    path("library/answers/<number:pk>/", meaning.answer_page, name="library_answer"),
    path(
        "library/answers/<number:pk>/<slug:action>/", meaning.answer_act, name="library_answer_act"
    ),
    path("library/paste/", imports.paste, name="library_paste"),
    path("library/imports/", imports.listing, name="library_imports"),
    path("library/imports/template/", imports.template, name="library_template"),
    path("library/imports/<number:pk>/", imports.page, name="library_import"),
    path("library/imports/<number:pk>/apply/", imports.apply, name="library_import_apply"),
    path("library/imports/<number:pk>/discard/", imports.discard, name="library_import_discard"),
    path("library/compendia/", compendium.listing, name="library_compendia"),
    path("library/compendia/<number:pk>/", compendium.page, name="library_compendium"),
    path(
        "library/compendia/<number:pk>/<slug:kind>/",
        compendium.file,
        name="library_compendium_file",
    ),
    path("library/reports/", reports.page, name="library_reports"),
    path("library/reports/links/", reports.ask_links, name="library_links"),
    path("library/reports/export/", reports.export, name="library_reports_export"),
]
