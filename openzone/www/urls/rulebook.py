"""Drafts of rules, golden cases, publishing, rehearsal, screening."""

from django.urls import URLPattern, path

from openzone.www.views.rulebook import begin, decide, drafts, editor, releases, screening

urlpatterns: list[URLPattern] = [
    path("drafts/", drafts.listing, name="drafts"),
    path("drafts/new/", begin.rule, name="draft_new"),
    path("drafts/revise/", begin.revision, name="draft_revise"),
    path("drafts/version/", begin.version, name="draft_version"),
    path("drafts/withdraw/", begin.withdrawal, name="draft_withdraw"),
    path("drafts/relations/", begin.relations, name="draft_relations"),
    path("drafts/<number:pk>/", drafts.page, name="draft"),
    path("drafts/<number:pk>/edit/", editor.form, name="draft_edit"),
    path("drafts/<number:pk>/preview/", editor.preview_form, name="draft_preview"),
    path("drafts/<number:pk>/text/", editor.text, name="draft_text"),
    path("drafts/<number:pk>/text/preview/", editor.preview_text, name="draft_text_preview"),
    path("drafts/<number:pk>/title/", decide.title, name="draft_title"),
    path("drafts/<number:pk>/cases/new/", decide.case, name="draft_case_new"),
    path("drafts/<number:pk>/cases/<number:row>/", decide.case, name="draft_case"),
    path(
        "drafts/<number:pk>/cases/<number:row>/remove/",
        decide.remove_case,
        name="draft_case_remove",
    ),
    path("drafts/<number:pk>/submit/", decide.submit, name="draft_submit"),
    path("drafts/<number:pk>/return/", decide.send_back, name="draft_return"),
    path("drafts/<number:pk>/publish/", decide.publish, name="draft_publish"),
    path("drafts/<number:pk>/rebase/", decide.rebase, name="draft_rebase"),
    path("drafts/<number:pk>/discard/", decide.discard, name="draft_discard"),
    path("drafts/<number:pk>/moves/", drafts.moves, name="draft_moves"),
    path("drafts/<number:pk>/moves/export/", drafts.moves_export, name="draft_moves_export"),
    path("facts/suggest/", editor.suggest, name="facts_suggest"),
    path("screening/", screening.page, name="screening"),
    path("screening/export/", screening.export, name="screening_export"),
    path("screening/draft/", screening.save_as_draft, name="screening_draft"),
    path("releases/", releases.listing, name="releases"),
    path("releases/adopt/", releases.adopt, name="releases_adopt"),
    path("releases/<number:number>/", releases.page, name="release"),
    path("releases/<number:number>/artefact/", releases.artefact, name="release_artefact"),
]
