"""Words for what the log calls by short names: cultivation of enterprises, honours."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "cultivation.pool.band_set": _("Band of a pool set"),
    "cultivation.entry.accepted": _("Taken into a pool"),
    "cultivation.entry.declined": _("Candidate declined"),
    "cultivation.entry.left": _("Left a pool"),
    "cultivation.entry.tutor_assigned": _("Tutor assigned"),
    "cultivation.entry.tutored": _("Tutoring recorded"),
    "cultivation.entry.task_set": _("Task set"),
    "cultivation.entry.task_done": _("Task done"),
    "cultivation.entry.materials_noted": _("Papers noted"),
    "cultivation.month.stated": _("Figures of a month stated"),
    "cultivation.entry.evidence_stated": _("Route onto the roster stated"),
    "cultivation.entry.publicised": _("Choice made public"),
    "cultivation.entry.publicity_concluded": _("Result of a publicity recorded"),
    "cultivation.batch.reminded": _("Tutors reminded of a batch"),
    "cultivation.honour.entered": _("Honour entered"),
    "cultivation.honour.withdrawn": _("Honour withdrawn"),
    "cultivation.recognition.entered": _("Recognition entered"),
    "cultivation.recognition.withdrawn": _("Recognition withdrawn"),
    "cultivation.import.checked": _("Recognitions checked"),
    "cultivation.import.applied": _("Recognitions imported"),
    "cultivation.import.discarded": _("Recognitions discarded"),
    "cultivation.book.checked": _("Workbook of cultivation checked"),
    "cultivation.book.applied": _("Workbook of cultivation entered"),
    "cultivation.book.discarded": _("Workbook of cultivation discarded"),
    "cultivation.trusted.listed": _("Listed as trusted"),
    "cultivation.trusted.ended": _("No longer listed as trusted"),
    "cultivation.incentive.kept": _("Incentive recorded"),
}
