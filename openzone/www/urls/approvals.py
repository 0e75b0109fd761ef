"""Building approvals: tracks, items, bundles, figures."""

from django.urls import path

from openzone.www.views.approvals import acting, figures, files, handing, pages

urlpatterns = [
    path("approvals/", pages.listing, name="approvals"),
    path("approvals/export/", pages.export, name="approval_export"),
    path("approvals/mine/", pages.mine, name="approvals_mine"),
    path("approvals/figures/", figures.figures, name="approval_figures"),
    path("approvals/figures/export/", figures.export, name="approval_figures_export"),
    path("approvals/<number:pk>/", pages.track, name="approval"),
    path("approvals/<number:pk>/do/<slug:what>/", acting.act, name="approval_act"),
    path("approvals/<number:pk>/bundles/<slug:name>/", handing.bundle, name="approval_bundle"),
    path("approvals/<number:pk>/proof/", files.proof, name="approval_proof"),
    path("approvals/papers/<number:pk>/", files.paper, name="approval_paper"),
    path("approvals/documents/<number:pk>/", files.document, name="approval_document"),
    path("approvals/opinions/<number:pk>/<slug:kind>/", files.opinion, name="approval_opinion"),
    path("approvals/items/<number:pk>/", pages.item, name="approval_item"),
    path("approvals/items/<number:pk>/hand-in/", handing.single, name="approval_hand_in"),
    path("approvals/items/<number:pk>/assign/", acting.assign, name="approval_assign"),
    path("approvals/items/<number:pk>/obstacle/", acting.obstacle, name="approval_obstacle"),
    path("approvals/items/<number:pk>/do/<slug:what>/", acting.reply, name="approval_reply"),
    path("projects/<number:pk>/approvals/", pages.of_a_project, name="project_approvals"),
    path("projects/<number:pk>/approvals/new/", acting.ask, name="approval_new"),
]
