"""The closed lists of the policy library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Who issued a document, from the top."""

    NATIONAL = "national", _("National")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    DISTRICT = "district", _("District or county")
    ZONE = "zone", _("Zone")


class DocumentStatus(models.TextChoices):
    """Where a document stands in the library. Whether it is in force is a matter of its dates."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ItemKind(models.TextChoices):
    """What an item gives: 减免 / 奖补 / 权益 / 资质."""

    REDUCE = "reduce", _("Reduction")
    SUBSIDISE = "subsidise", _("Subsidy")
    ENTITLE = "entitle", _("Right")
    QUALIFY = "qualify", _("Recognition")


class DeliveryMode(models.TextChoices):
    """How an item reaches the enterprise: 免申即享 / 即申即享 / 快申快享 / 专项申报."""

    NO_APPLICATION = "no_application", _("No application")
    INSTANT = "instant", _("Instant on application")
    FAST = "fast", _("Fast track")
    EXPERT = "expert", _("Expert review")


class ItemStatus(models.TextChoices):
    """Where an item stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DraftedBy(models.TextChoices):
    """Who wrote a text first. What a model wrote says so wherever it is shown."""

    PERSON = "person", _("Person")
    MODEL = "model", _("Language model")


class TextStatus(models.TextChoices):
    """Where an interpretation or an answer stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MediaKind(models.TextChoices):
    """How a policy is explained beside the text: 附件 / 图文漫画 / 短视频."""

    PAPER = "paper", _("Attachment")
    GRAPHIC = "graphic", _("Graphic")
    VIDEO = "video", _("Video")


class TaskState(models.TextChoices):
    """Where a task of a document stands."""

    OPEN = "open", _("Open")
    DOING = "doing", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class LinkState(models.TextChoices):
    """What came of asking for an address."""

    ALIVE = "alive", _("It answers")
    DEAD = "dead", _("Does not answer")
    REFUSED = "refused", _("Not asked")


class ImportStatus(models.TextChoices):
    """Where a spreadsheet of documents and items stands."""

    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Written to the library")
    DISCARDED = "discarded", _("Put aside")


class WorkStatus(models.TextChoices):
    """Where something made in the background stands."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Force(models.TextChoices):
    """How a document stands on a day, by its dates and by what replaced it."""

    NOT_YET = "not_yet", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Expired")
    REPLACED = "replaced", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNDATED = "undated", _("No date known")
