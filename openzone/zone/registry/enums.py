"""The closed lists of the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What facts can be about."""

    ENTERPRISE = "enterprise", _("Enterprise")
    PROJECT = "project", _("Project")


class NameKind(models.TextChoices):
    """What a name of an enterprise is to it. Its present full name stands on the enterprise."""

    SHORT = "short", _("Short name")
    FORMER = "former", _("Former name")
    BRANCH = "branch", _("Branch")
    ENGLISH = "english", _("English name")


class PlaceKind(models.TextChoices):
    """The places of a zone. A zone is not an administrative division: it lies in one or several."""

    ZONE = "zone", _("Zone")
    PARK = "park", _("Park")
    STREET = "street", _("Street")
    COMMUNITY = "community", _("Community")
    GRID = "grid", _("Grid")
    PARCEL = "parcel", _("Parcel")


class ChargeRole(models.TextChoices):
    """What a person in charge does for a subject."""

    SPONSOR = "sponsor", _("Sponsoring leader")
    GRID = "grid", _("Grid officer")
    SERVICE_OFFICER = "service_officer", _("Service officer")
    OTHER = "other", _("Other")


class StaffRole(models.TextChoices):
    """What a user is in an enterprise."""

    OWNER = "owner", _("Owner")
    STAFF = "staff", _("Staff")


class SourceKind(models.TextChoices):
    """Where a statement comes from."""

    IMPORT = "import", _("Imported file")
    FORM = "form", _("Form")
    DOCUMENT = "document", _("Document")
    API = "api", _("Interface")
    SYNTHETIC = "synthetic", _("Synthetic (example)")


class BatchStatus(models.TextChoices):
    """Where an import stands."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    PARTLY_APPLIED = "partly_applied", _("Partly applied")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Discarded")


class RowState(models.TextChoices):
    """What the check found about one row of an upload."""

    GOOD = "good", _("Good")
    REVIEW = "review", _("Good, to be reviewed")
    BAD = "bad", _("Waiting for correction")
    REPEATED = "repeated", _("Repeats another row")


class LinkBasis(models.TextChoices):
    """What linked a row to an enterprise."""

    USCC = "uscc", _("Unified social credit code")
    EXTERNAL_ID = "external_id", _("Own number")
    NAME = "name", _("Exact name")
    NEW = "new", _("New enterprise")
    NONE = "none", _("Not linked")
