"""Promotion: leads, investors and their people, referrals, advisers."""

from django.urls import path

from openzone.www.views.promotion import acting, investors, lead, lists, people, referrals, sheets

urlpatterns = [
    path("promotion/", lists.board_page, name="leads"),
    path("promotion/leads/", lists.table, name="lead_list"),
    path("promotion/leads/export/", lists.export, name="lead_export"),
    path("promotion/leads/quiet/", lists.quiet, name="leads_quiet"),
    path("promotion/leads/new/", lead.new, name="lead_new"),
    path("promotion/leads/<number:pk>/", lead.page, name="lead"),
    path("promotion/leads/<number:pk>/edit/", lead.edit, name="lead_edit"),
    path("promotion/leads/<number:pk>/do/<slug:what>/", acting.act, name="lead_act"),
    path("promotion/sheets/", sheets.upload, name="lead_sheets"),
    path("promotion/sheets/template/", sheets.template, name="lead_sheet_template"),
    path("promotion/sheets/<number:pk>/", sheets.page, name="lead_sheet"),
    path("promotion/sheets/<number:pk>/do/<slug:what>/", sheets.act, name="lead_sheet_act"),
    path("promotion/referrals/", referrals.page, name="referrals"),
    path(
        "promotion/referrals/<number:pk>/do/<slug:what>/",
        acting.answer_referral,
        name="referral_answer",
    ),
    path("promotion/investors/", investors.listing, name="investors"),
    path("promotion/investors/new/", investors.new, name="investor_new"),
    path("promotion/investors/<number:pk>/", investors.page, name="investor"),
    path("promotion/investors/<number:pk>/edit/", investors.edit, name="investor_edit"),
    path("promotion/investors/<number:pk>/merge/", investors.merge, name="investor_merge"),
    path("promotion/investors/<number:pk>/contacts/new/", people.add, name="contact_new"),
    path("promotion/merges/<number:pk>/undo/", investors.unmerge, name="investor_unmerge"),
    path("promotion/contacts/<number:pk>/do/<slug:what>/", people.act, name="contact_act"),
    path("promotion/contacts/<number:pk>/show/", people.show, name="contact_show"),
    path("promotion/advisers/", people.advisers, name="advisers"),
    path("promotion/advisers/new/", people.join, name="adviser_new"),
    path("promotion/advisers/<number:pk>/leave/", people.leave, name="adviser_leave"),
]
