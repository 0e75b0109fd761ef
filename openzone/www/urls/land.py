"""Parcels, deliveries of net land, standard land."""

from django.urls import path

from openzone.www.views.land import acting, deliveries, files, lists, page, sheets, standards

urlpatterns = [
    path("land/", lists.table, name="land"),
    path("land/export/", lists.export, name="land_export"),
    path("land/map/", lists.by_place, name="land_map"),
    path("land/sheets/", sheets.upload, name="land_sheets"),
    path("land/sheets/<number:pk>/", sheets.sheet, name="land_sheet"),
    path("land/sheets/<number:pk>/apply/", sheets.apply, name="land_sheet_apply"),
    path("land/sheets/<number:pk>/discard/", sheets.discard, name="land_sheet_discard"),
    path("land/sheets/<number:pk>/marked/", sheets.marked, name="land_sheet_marked"),
    path("land/parcels/new/", page.new, name="parcel_new"),
    path("land/parcels/<number:pk>/", page.parcel, name="parcel"),
    path("land/parcels/<number:pk>/edit/", page.edit, name="parcel_edit"),
    path("land/parcels/<number:pk>/do/<slug:what>/", acting.act, name="parcel_act"),
    path("land/deliveries/", deliveries.board, name="deliveries"),
    path("land/deliveries/export/", deliveries.export, name="delivery_export"),
    path("land/deliveries/new/", deliveries.new, name="delivery_new"),
    path("land/deliveries/<number:pk>/", deliveries.delivery, name="delivery"),
    path("land/deliveries/<number:pk>/do/<slug:what>/", deliveries.act, name="delivery_act"),
    path("land/parts/<number:pk>/hand-over/", deliveries.hand_over, name="delivery_hand_over"),
    path("land/parts/<number:pk>/obstacle/", deliveries.obstacle, name="delivery_obstacle"),
    path("land/handovers/<number:pk>/record/", files.handover, name="delivery_record"),
    path("land/standard/", standards.board_page, name="standard_land"),
    path("land/standard/export/", standards.export, name="standard_export"),
    path("land/standard/<number:pk>/", standards.agreement, name="standard_agreement"),
    path("land/standard/<number:pk>/do/<slug:what>/", standards.act, name="standard_act"),
    path("land/standard/<number:pk>/check/<slug:stage>/", standards.check, name="standard_check"),
    path("land/standard/<number:pk>/paper/", files.signed_paper, name="standard_paper"),
    path("land/checks/<number:pk>/evidence/", files.evidence, name="standard_evidence"),
]
