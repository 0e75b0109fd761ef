"""Settings. The embedded default needs nothing; a server sets the environment variables below.

``OPENZONE_DATA``      folder of the SQLite database, uploads and the generated secret (``var``)
``DATABASE_URL``       ``postgres://…`` for PostgreSQL
``OPENZONE_SECRET``    secret key; without it one is made once and kept in the data folder
``OPENZONE_HOSTS``     comma-separated host names (default: this machine only)
``OPENZONE_HTTPS``     ``1`` behind TLS: secure cookies, HSTS
``OPENZONE_DEBUG``     ``1`` for developers only
``OPENZONE_PACKS``     folder of the zone's own packs, laid over the national ones
``OPENZONE_MAIL``      ``smtp://user:password@host:25`` (``smtp+tls://`` for STARTTLS, ``smtps://``
                       for TLS from the start); without it no e-mail is written
``OPENZONE_MAIL_FROM`` the sender's address
``OPENZONE_ADDRESS``   what people open, such as ``https://zone.example.cn``: links in e-mails
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("OPENZONE_DATA", "var")).resolve()
DEBUG = os.environ.get("OPENZONE_DEBUG") == "1"
HTTPS = os.environ.get("OPENZONE_HTTPS") == "1"


def _secret() -> str:
    """Return the secret of the environment, else one made once for this data folder."""
    if given := os.environ.get("OPENZONE_SECRET"):
        return given
    path = DATA / "secret"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database() -> dict[str, Any]:
    """Return PostgreSQL when ``DATABASE_URL`` says so, else a durable embedded SQLite."""
    if os.environ.get("DATABASE_URL"):
        return dict(dj_database_url.config(conn_max_age=600, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "zone.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _mail(address: str) -> dict[str, Any]:
    """Return Django's settings for the mail server at an address."""
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("OPENZONE_MAIL: smtp://, smtp+tls:// or smtps://user:password@host")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
    }


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("OPENZONE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "openzone.zone.audit",
    "openzone.zone.people",
    "openzone.zone.jobs",
    "openzone.zone.registry",
    "openzone.zone.ledger",
    "openzone.zone.rulebook",
    "openzone.zone.catalogue",
    "openzone.zone.cases",
    "openzone.zone.surveys",
    "openzone.zone.commitments",
    "openzone.zone.community",
    "openzone.zone.visits",
    "openzone.zone.suggestions",
    "openzone.zone.reforms",
    "openzone.zone.policies",
    "openzone.zone.spokespersons",
    "openzone.zone.redemption",
    "openzone.zone.cultivation",
    "openzone.zone.outreach",
    "openzone.zone.projects",
    "openzone.zone.agreements",
    "openzone.zone.promotion",
    "openzone.zone.chains",
    "openzone.zone.resumption",
    "openzone.zone.supply",
    "openzone.zone.evaluations",
    "openzone.zone.waters",
    "openzone.zone.land",
    "openzone.zone.approvals",
    "openzone.zone.performance",
    "openzone.zone.reviews",
    "openzone.zone.indicators",
    "openzone.zone.readings",
    "openzone.www",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "openzone.www.api.middleware.ProblemAnswers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "openzone.www.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "openzone.www.middleware.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "openzone.www.middleware.StorableText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openzone.www.middleware.LoginByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "openzone.www.middleware.ReadOnlyGet",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "www" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "openzone.www.templatetags.zone",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "openzone.www.context.frame",
            ],
        },
    }
]
COTTON_DIR = "components"

ROOT_URLCONF = "openzone.www.urls"
WSGI_APPLICATION = "openzone.www.wsgi.application"
STATIC_URL = "static/"
STATIC_ROOT = None  # nothing is collected: whitenoise finds the files of the package
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "openzone.zone.people.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "openzone.www.views.errors.locked"
CSRF_FAILURE_VIEW = "openzone.www.views.errors.csrf"

# Messages ride in a cookie: reading one must not write to the database on a GET.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# Progress of jobs only. Nothing that must survive lives in the cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
    }
}

# LEASE: seconds after which a silent worker's job is given to another one.
TASKS = {
    "default": {
        "BACKEND": "openzone.zone.jobs.backend.DatabaseBackend",
        "OPTIONS": {"LEASE": 60},
    }
}

MAIL_ENABLED = bool(os.environ.get("OPENZONE_MAIL"))
if MAIL_ENABLED:
    globals().update(_mail(os.environ["OPENZONE_MAIL"]))
DEFAULT_FROM_EMAIL = os.environ.get("OPENZONE_MAIL_FROM", "openzone@localhost")
ADDRESS = os.environ.get("OPENZONE_ADDRESS", "").rstrip("/")
# The page on which people choose what they are told; the foot of every e-mail names it.
NOTICE_CHOICES = f"{ADDRESS}/notices/choices/" if ADDRESS else ""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Django's own default drops the traceback of a broken page unless somebody is to be mailed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # every scanner sends some
    },
}

# Uploads: the gate refuses by size before reading; a workbook of 20,000 x 30 cells is about 5 MB.
UPLOAD_LIMIT = 50 * 1024 * 1024
MEDIA_LIMIT = 20 * 1024 * 1024  # one attachment of a policy
EXPORT_LIMIT = 20_000  # rows of one Excel export
BULK_LIMIT = 2_000  # cases of one action on many
PUBLIC_SUBMISSIONS = 10  # from one address in an hour, without a login
API_RATE_WITHOUT_KEY = "60/m"  # requests of one address to the interface for programs
API_RATE = "600/m"  # requests with one key
API_KEY_DAYS = 366  # how long a key for a program may last
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

HTMX_CONFIG = {"includeIndicatorStyles": False, "allowEval": False}
