"""Rounds of suggestions."""

from django.urls import path

from openzone.www.views.suggestions import (
    campaigns,
    collecting,
    implementation,
    lists,
    merging,
    mine,
    reviewing,
    submitting,
)

_ONE = "suggestions/<number:pk>"

urlpatterns = [
    path("suggestions/", campaigns.listing, name="suggestions"),
    path("suggestions/implementation/", implementation.page, name="suggestion_implementation"),
    path("suggestions/mine/", mine.page, name="suggestions_mine"),
    path("suggestions/campaigns/new/", campaigns.new, name="suggestion_campaign_new"),
    path(f"{_ONE}/", campaigns.page, name="suggestion_campaign"),
    path(f"{_ONE}/export/", campaigns.export, name="suggestion_campaign_export"),
    path(f"{_ONE}/add/<slug:what>/", campaigns.add, name="suggestion_add"),
    path(f"{_ONE}/course/<slug:step>/", campaigns.course, name="suggestion_course"),
    path(f"{_ONE}/new/", collecting.new, name="suggestion_new"),
    path(f"{_ONE}/alike/", collecting.alike, name="suggestion_alike"),
    path(f"{_ONE}/sheets/", collecting.upload, name="suggestion_sheets"),
    path("suggestions/sheets/<number:pk>/", collecting.sheet, name="suggestion_sheet"),
    path(
        "suggestions/sheets/<number:pk>/apply/",
        collecting.sheet_apply,
        name="suggestion_sheet_apply",
    ),
    path(
        "suggestions/sheets/<number:pk>/discard/",
        collecting.sheet_discard,
        name="suggestion_sheet_discard",
    ),
    path(f"{_ONE}/originals/", lists.originals, name="suggestion_originals"),
    path(f"{_ONE}/originals/export/", lists.originals_export, name="suggestion_originals_export"),
    path("suggestions/originals/<number:pk>/", lists.original, name="suggestion_original"),
    path(
        "suggestions/originals/<number:pk>/withdraw/",
        collecting.withdraw_original,
        name="suggestion_withdraw",
    ),
    path(f"{_ONE}/members/", lists.members, name="suggestion_members"),
    path(f"{_ONE}/members/export/", lists.members_export, name="suggestion_members_export"),
    path(f"{_ONE}/notices/", lists.notices, name="suggestion_notices"),
    path(f"{_ONE}/notices/export/", lists.notices_export, name="suggestion_notices_export"),
    path(f"{_ONE}/notices/told/", reviewing.told, name="suggestion_told"),
    path("suggestions/notices/<number:pk>/respond/", reviewing.respond, name="suggestion_respond"),
    path("suggestions/notices/<number:pk>/explain/", reviewing.explain, name="suggestion_explain"),
    path(f"{_ONE}/merge/", merging.merge, name="suggestion_merge"),
    path("suggestions/finals/<number:pk>/", merging.page, name="suggestion_final"),
    path("suggestions/finals/<number:pk>/add/", merging.add, name="suggestion_final_add"),
    path("suggestions/finals/<number:pk>/reword/", merging.revise, name="suggestion_final_revise"),
    path("suggestions/finals/<number:pk>/undo/", merging.dissolve, name="suggestion_final_undo"),
    path("suggestions/flows/<number:pk>/undo/", merging.undo, name="suggestion_flow_undo"),
    path("suggestions/finals/<number:pk>/decide/", reviewing.decide, name="suggestion_decide"),
    path("suggestions/finals/<number:pk>/assign/", submitting.assign, name="suggestion_assign"),
    path("suggestions/finals/<number:pk>/effect/", merging.effect, name="suggestion_effect"),
    path(f"{_ONE}/reject/", reviewing.reject, name="suggestion_reject"),
    path(f"{_ONE}/checks/", reviewing.checks, name="suggestion_checks"),
    path("suggestions/answers/<number:pk>/pass/", reviewing.pass_answer, name="suggestion_pass"),
    path(
        "suggestions/answers/<number:pk>/return/",
        reviewing.return_answer,
        name="suggestion_return",
    ),
    path(f"{_ONE}/submit/", submitting.submit, name="suggestion_submit"),
    path("suggestions/submissions/<number:pk>/", submitting.page, name="suggestion_submission"),
    path(
        "suggestions/submissions/<number:pk>/<slug:kind>/",
        submitting.file,
        name="suggestion_submission_file",
    ),
]
