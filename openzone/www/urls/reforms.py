"""Reform programmes and their tasks."""

from django.urls import path

from openzone.www.views.reforms import closing, programmes, tasks

urlpatterns = [
    path("reforms/", programmes.listing, name="reforms"),
    path("reforms/mine/", programmes.mine, name="reforms_mine"),
    path("reforms/new/", programmes.new, name="reform_new"),
    path("reforms/<number:pk>/", programmes.page, name="reform_programme"),
    path("reforms/<number:pk>/begin/", programmes.begin, name="reform_begin"),
    path("reforms/<number:pk>/add/<slug:what>/", programmes.add, name="reform_add"),
    path("reforms/<number:pk>/tasks/", programmes.tasks, name="reform_tasks"),
    path("reforms/<number:pk>/tasks/export/", programmes.export, name="reform_export"),
    path("reforms/<number:pk>/closing/", closing.page, name="reform_closing"),
    path("reforms/<number:pk>/closing/ask/", closing.ask, name="reform_closing_ask"),
    path("reforms/<number:pk>/closing/<slug:kind>/", closing.file, name="reform_closing_file"),
    path("reforms/<number:pk>/reopen/", closing.reopen, name="reform_reopen"),
    path("reforms/closings/<number:pk>/decide/", closing.rule, name="reform_closing_rule"),
    path("reforms/<number:pk>/sheets/", programmes.upload, name="reform_sheets"),
    path("reforms/sheets/<number:pk>/", programmes.sheet, name="reform_sheet"),
    path("reforms/sheets/<number:pk>/<slug:step>/", programmes.sheet_act, name="reform_sheet_act"),
    path("reforms/tasks/<number:pk>/", tasks.page, name="reform_task"),
    path("reforms/tasks/<number:pk>/report/", tasks.make_report, name="reform_report"),
    path("reforms/tasks/<number:pk>/extension/", tasks.extension, name="reform_extension"),
    path("reforms/tasks/<number:pk>/step/", tasks.step, name="reform_step"),
    path("reforms/tasks/<number:pk>/owner/", tasks.owner, name="reform_owner"),
    path("reforms/steps/<number:pk>/done/", tasks.step_done, name="reform_step_done"),
    path("reforms/reports/<number:pk>/check/", tasks.check, name="reform_check"),
    path("reforms/extensions/<number:pk>/decide/", tasks.rule, name="reform_rule"),
]
