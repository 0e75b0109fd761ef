from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "openzone.zone.reviews"
    label = "reviews"
    verbose_name = "Reviews"
