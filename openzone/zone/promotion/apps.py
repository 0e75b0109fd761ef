from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "openzone.zone.promotion"
    label = "promotion"
    verbose_name = "Promotion"
