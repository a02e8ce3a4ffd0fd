"""Settings of the office. One laptop is the default: SQLite, no debug, a key of this process."""

from __future__ import annotations

import os
from pathlib import Path

import bilat
from bilat.potential.threads import one_thread
from bilat_office.environment import env_bool, env_database, env_secret

one_thread()  # settings are read before anything that computes

DATA_FOLDER = Path(os.environ.get("BILAT_DATA", "build/office"))

DEBUG = env_bool(os.environ, "BILAT_DEBUG", default=False)
SECRET_KEY = env_secret(os.environ, DATA_FOLDER)
ALLOWED_HOSTS = os.environ.get("BILAT_HOSTS", "localhost,127.0.0.1").split(",")

HTTPS = env_bool(os.environ, "BILAT_HTTPS", default=False)
"""Served over HTTPS: then cookies travel by it alone, and browsers are told to stay with it."""

INSTALLED_APPS = [
    "bilat_office.apps.OfficeConfig",
    "bilat_office.records.apps.RecordsConfig",
    "bilat_office.files.apps.FilesConfig",
    "bilat_office.people.apps.PeopleConfig",
    "bilat_office.readings.apps.ReadingsConfig",
    "bilat_office.jobs.apps.JobsConfig",
    "bilat_office.api.apps.ApiConfig",
    "bilat_office.pages.apps.PagesConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bilat_office.api.guard.guarded",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bilat_office.people.middleware.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bilat_office.pages.context.every_page",
            ],
        },
    }
]
ROOT_URLCONF = "bilat_office.urls"
WSGI_APPLICATION = "bilat_office.wsgi.application"
DATABASES = {"default": env_database(os.environ, DATA_FOLDER)}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
"""A database that was away is found again by the next request, not by the one after it."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
"""Scripts, styles and fonts are served from the package itself: nothing has to be collected."""
WHITENOISE_MAX_AGE = 3600

LANGUAGE_CODE = "en"
LANGUAGES = [(code, code) for code in bilat.LANGUAGES]
LOCALE_PATHS = [Path(bilat.__file__).parent / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Who signs in, and how: an address and a password, a second factor where the person has set one up.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "bilat_office.people.invitation.ByInvitation"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/15m/key"}
"""Five failures lock an address for a quarter of an hour."""
LOGIN_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Bilat"
CACHES = {
    # In the database, so that every process counts the same failures.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    # Where the server writes: without it what goes wrong unforeseen would be seen by nobody.
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR"}},
}
EMAIL_BACKEND = os.environ.get("BILAT_EMAIL", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_FOLDER / "letters"
"""Where letters go while no mail server is set: a terminal would lose in them what it says."""
EMAIL_HOST = os.environ.get("BILAT_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("BILAT_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("BILAT_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BILAT_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env_bool(os.environ, "BILAT_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("BILAT_EMAIL_FROM", "bilat@localhost")

# What jobs need: `bilat_office.jobs`.
OFFICE_ADDRESS = os.environ.get("BILAT_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
"""Where people reach the office: links in letters begin with it."""
OFFICE_FILES = [item for item in os.environ.get("BILAT_FILES", "").split(os.pathsep) if item]
"""Folders of the server from which statistics may be loaded."""
OFFICE_PEER = os.environ.get("BILAT_PEER", "")
OFFICE_PEER_TOKEN = os.environ.get("BILAT_PEER_TOKEN", "")
OFFICE_LETTERS_HOUR = int(os.environ.get("BILAT_LETTERS_HOUR", "5"))
"""Hour (UTC) from which the letters of a day go out."""
