"""Pools, ladders, recognitions, trusted enterprises."""

from django.urls import path

from openzone.www.views.cultivation import entries, ladders, pools, recognitions, trusted

urlpatterns = [
    path("cultivation/", pools.overview, name="cultivation"),
    path("cultivation/mine/", ladders.mine, name="cultivation_mine"),
    path("cultivation/pools/<slug:name>/", pools.page, name="cultivation_pool"),
    path("cultivation/pools/<slug:name>/export/", pools.export, name="cultivation_pool_export"),
    path("cultivation/pools/<slug:name>/band/", pools.band, name="cultivation_band"),
    path("cultivation/pools/<slug:name>/<number:pk>/", pools.decide, name="cultivation_decide"),
    path("cultivation/entries/<number:pk>/", entries.page, name="cultivation_entry"),
    path(
        "cultivation/entries/<number:pk>/tutoring/",
        entries.tutoring,
        name="cultivation_tutoring",
    ),
    path("cultivation/entries/<number:pk>/tasks/", entries.task, name="cultivation_task"),
    path(
        "cultivation/entries/<number:pk>/tasks/<number:row>/done/",
        entries.task_done,
        name="cultivation_task_done",
    ),
    path(
        "cultivation/entries/<number:pk>/materials/",
        entries.materials,
        name="cultivation_materials",
    ),
    path("cultivation/entries/<number:pk>/tutor/", entries.tutor, name="cultivation_tutor"),
    path("cultivation/entries/<number:pk>/leave/", entries.leave, name="cultivation_leave"),
    path("cultivation/ladders/<slug:name>/", ladders.page, name="cultivation_ladder"),
    path(
        "cultivation/ladders/<slug:name>/export/",
        ladders.export,
        name="cultivation_ladder_export",
    ),
    path("cultivation/enterprises/<number:pk>/", ladders.way, name="cultivation_way"),
    path("recognitions/", recognitions.listing, name="cultivation_recognitions"),
    path("recognitions/export/", recognitions.export, name="cultivation_recognitions_export"),
    path("recognitions/new/", recognitions.new, name="cultivation_recognition_new"),
    path(
        "recognitions/<number:pk>/withdraw/",
        recognitions.withdraw,
        name="cultivation_recognition_withdraw",
    ),
    path("recognitions/imports/", recognitions.upload, name="cultivation_upload"),
    path("recognitions/imports/<number:pk>/", recognitions.batch, name="cultivation_import"),
    path(
        "recognitions/imports/<number:pk>/apply/",
        recognitions.apply,
        name="cultivation_import_apply",
    ),
    path(
        "recognitions/imports/<number:pk>/discard/",
        recognitions.discard,
        name="cultivation_import_discard",
    ),
    path("trusted/", trusted.page, name="cultivation_trusted"),
    path("trusted/export/", trusted.export, name="cultivation_trusted_export"),
    path("trusted/new/", trusted.new, name="cultivation_trusted_new"),
    path("trusted/<number:pk>/end/", trusted.end, name="cultivation_trusted_end"),
    path("trusted/incentives/new/", trusted.new_incentive, name="cultivation_incentive_new"),
    path("trusted/incentives/<number:pk>/", trusted.incentive, name="cultivation_incentive"),
]
