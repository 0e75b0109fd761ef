"""Every address of the site. Names are stable: templates, tests and ``public.py`` use them."""

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.views.i18n import set_language

from openzone.www.converters import RecordNumber
from openzone.www.views import (
    about,
    account,
    as_of,
    audit,
    calendar,
    enterprise,
    enterprise_people,
    enterprises,
    exports,
    facts,
    figures,
    home,
    imports,
    merges,
    people,
    people_changes,
    proofs,
    rules,
)

register_converter(RecordNumber, "number")

urlpatterns = [
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", account.password, name="password"),
    path("language/", set_language, name="set_language"),
    path("as-of/", as_of.choose, name="as_of"),
    path("", home.home, name="home"),
    path("enterprises/", enterprises.listing, name="enterprises"),
    path("enterprises/suggest/", enterprises.suggest, name="enterprises_suggest"),
    path("enterprises/export/", enterprises.export, name="enterprises_export"),
    path("enterprises/<number:pk>/", enterprise.page, name="enterprise"),
    path("enterprises/<number:pk>/export/", exports.facts, name="enterprise_export"),
    path("enterprises/<number:pk>/rules/export/", exports.entitled, name="enterprise_entitled"),
    path("enterprises/<number:pk>/facts/<slug:name>/", facts.fact, name="enterprise_fact"),
    path(
        "enterprises/<number:pk>/facts/<slug:name>/reveal/", facts.reveal, name="enterprise_reveal"
    ),
    path("enterprises/<number:pk>/merge/", merges.merge, name="enterprise_merge"),
    path("enterprises/<number:pk>/people/", enterprise_people.page, name="enterprise_people"),
    path(
        "enterprises/<number:pk>/staff/new/",
        enterprise_people.add_staff,
        name="enterprise_staff_new",
    ),
    path(
        "enterprises/<number:pk>/staff/<number:row>/end/",
        enterprise_people.end_staff,
        name="enterprise_staff_end",
    ),
    path(
        "enterprises/<number:pk>/charges/new/",
        enterprise_people.put_in_charge,
        name="enterprise_charge_new",
    ),
    path(
        "enterprises/<number:pk>/charges/<number:row>/end/",
        enterprise_people.end_charge,
        name="enterprise_charge_end",
    ),
    path("mine/", enterprise.mine, name="my_enterprise"),
    path("rules/", rules.listing, name="rules"),
    path("rules/export/", exports.rules, name="rules_export"),
    path("rules/<str:rule_id>/", rules.page, name="rule"),
    path("rules/<str:rule_id>/export/", rules.export, name="rule_export"),
    path("enterprises/<number:pk>/rules/<str:rule_id>/", proofs.page, name="proof"),
    path("imports/", imports.listing, name="imports"),
    path("imports/<number:pk>/", imports.page, name="import"),
    path("imports/<number:pk>/apply/", imports.apply, name="import_apply"),
    path("imports/<number:pk>/check/", imports.check_again, name="import_check"),
    path("imports/<number:pk>/columns/", imports.assign, name="import_columns"),
    path("imports/<number:pk>/discard/", imports.discard, name="import_discard"),
    path("imports/<number:pk>/workbook/", imports.workbook, name="import_workbook"),
    path("figures/", figures.figures, name="figures"),
    path("figures/export/", exports.figures, name="figures_export"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/<int:year>/", calendar.year, name="calendar_year"),
    path("people/", people.people, name="people"),
    path("people/new/", people_changes.new_user, name="people_new"),
    path("people/<number:pk>/", people.user, name="people_user"),
    path("people/<number:pk>/password/", people_changes.password, name="people_password"),
    path("people/<number:pk>/close/", people_changes.close, name="people_close"),
    path("people/<number:pk>/roles/new/", people_changes.grant, name="people_grant"),
    path("people/roles/<number:pk>/end/", people_changes.end, name="people_role_end"),
    path("people/units/new/", people_changes.new_unit, name="people_unit_new"),
    path("people/units/<number:pk>/", people.unit, name="people_unit"),
    path("people/export/", exports.people, name="people_export"),
    path("audit/export/", exports.audit, name="audit_export"),
    path("audit/", audit.log, name="audit"),
    path("audit/check/", audit.check, name="audit_check"),
    path("audit/anchor/", audit.anchor, name="audit_anchor"),
    path("about/", about.about, name="about"),
    path("merges/<number:pk>/undo/", merges.unmerge, name="enterprise_unmerge"),
]

handler400 = "openzone.www.views.errors.bad_request"
handler403 = "openzone.www.views.errors.forbidden"
handler404 = "openzone.www.views.errors.not_found"
handler500 = "openzone.www.views.errors.failed"
