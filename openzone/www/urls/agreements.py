"""What investor and zone promise each other, and the fair-competition review."""

from django.urls import path

from openzone.www.views.agreements import acting, files, overview, pages

urlpatterns = [
    path("promises/", overview.overview, name="promises"),
    path("promises/export/", overview.export, name="promise_export"),
    path("promises/<number:pk>/report/", acting.report, name="promise_report"),
    path("fulfilments/<number:pk>/", acting.confirm, name="fulfilment"),
    path("fulfilments/<number:pk>/evidence/", files.evidence, name="fulfilment_evidence"),
    path("agreements/mine/", pages.mine, name="agreements_mine"),
    path("agreements/<number:pk>/", pages.agreement, name="agreement"),
    path("agreements/<number:pk>/paper/", files.signed_paper, name="agreement_paper"),
    path("agreements/<number:pk>/do/<slug:what>/", acting.act, name="agreement_act"),
    path("projects/<number:pk>/agreements/", pages.of_a_project, name="project_agreements"),
    path("projects/<number:pk>/agreements/new/", acting.draft, name="agreement_new"),
    path("projects/<number:pk>/incentives/new/", acting.propose, name="incentive_new"),
    path("incentives/<number:pk>/", pages.incentive, name="incentive"),
    path("incentives/<number:pk>/review/", acting.review, name="incentive_review"),
    path("reviews-of-incentives/<number:pk>/paper/", files.review_paper, name="incentive_paper"),
]
