"""The investment pipeline: projects, their stages, money, milestones and lights."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
