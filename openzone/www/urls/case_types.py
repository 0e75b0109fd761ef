"""Case types and their drafts."""

from django.urls import path

from openzone.www.views.cases import type_drafts, types

urlpatterns = [
    path("case-types/", types.listing, name="types_of_cases"),
    path("case-types/<slug:kind>/", types.page, name="type_of_cases"),
    path("case-types/<slug:kind>/draft/", type_drafts.begin, name="type_draft_begin"),
    path("type-drafts/<number:pk>/", type_drafts.page, name="type_draft"),
    path("type-drafts/<number:pk>/text/", type_drafts.text, name="type_draft_text"),
    path("type-drafts/<number:pk>/preview/", type_drafts.preview, name="type_draft_preview"),
    path("type-drafts/<number:pk>/submit/", type_drafts.submit, name="type_draft_submit"),
    path("type-drafts/<number:pk>/publish/", type_drafts.publish, name="type_draft_publish"),
    path("type-drafts/<number:pk>/compared/", type_drafts.rebase, name="type_draft_rebase"),
    path("type-drafts/<number:pk>/return/", type_drafts.send_back, name="type_draft_return"),
    path("type-drafts/<number:pk>/withdraw/", type_drafts.withdraw, name="type_draft_withdraw"),
]
