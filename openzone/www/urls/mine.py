"""What an enterprise is entitled to; the calculator for everybody."""

from django.urls import path

from openzone.www.views import mine

urlpatterns = [
    path("mine/policies/", mine.mine, name="my_policies"),
    path("enterprises/<number:pk>/policies/", mine.policies, name="enterprise_policies"),
    path("calculator/", mine.calculator, name="calculator"),
]
