"""Service items, the item × region matrix, commitments and credit records."""

from django.urls import path

from openzone.www.views.service import commitments, items, published, regions, steps

urlpatterns = [
    path("service-items/", items.listing, name="service_items"),
    path("service-items/new/", items.new, name="service_item_new"),
    path("service-items/import/", items.take_in, name="service_items_import"),
    path("service-items/export/", items.export, name="service_items_export"),
    path("service-items/<number:pk>/", items.page, name="service_item"),
    path("service-items/<number:pk>/edit/", items.edit, name="service_item_edit"),
    path("service-items/<number:pk>/regions/new/", regions.offer, name="region_offer_new"),
    path("service-items/regions/", regions.matrix, name="region_matrix"),
    path("service-items/regions/<number:pk>/end/", regions.end, name="region_offer_end"),
    path("commitments/", commitments.listing, name="commitments"),
    path("commitments/published/", published.listing, name="commitments_published"),
    path("mine/commitments/", published.mine, name="my_commitments"),
    path("commitments/new/", commitments.choose, name="commitment_new"),
    path("commitments/new/<number:pk>/<slug:kind>/", commitments.new, name="commitment_offer"),
    path("commitments/templates/", commitments.templates, name="commitment_templates"),
    path("commitments/records/", steps.records, name="credit_records"),
    path("commitments/records/new/", steps.record_new, name="credit_record_new"),
    path(
        "commitments/records/<number:pk>/repair/", steps.record_repair, name="credit_record_repair"
    ),
    path("commitments/<number:pk>/", commitments.page, name="commitment"),
    path("commitments/<number:pk>/reveal/", commitments.reveal, name="commitment_reveal"),
    path("commitments/<number:pk>/<slug:name>/", steps.step, name="commitment_step"),
]
