"""Settings of the office. One laptop is the default: SQLite, no debug, a key of this process."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

import bilat
from bilat_office.environment import env_bool, env_database

DATA_FOLDER = Path(os.environ.get("BILAT_DATA", "build/office"))

DEBUG = env_bool(os.environ, "BILAT_DEBUG", default=False)
SECRET_KEY = os.environ.get("BILAT_SECRET_KEY") or get_random_secret_key()
ALLOWED_HOSTS = os.environ.get("BILAT_HOSTS", "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "bilat_office.apps.OfficeConfig",
    "bilat_office.records.apps.RecordsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bilat_office.urls"
WSGI_APPLICATION = "bilat_office.wsgi.application"
DATABASES = {"default": env_database(os.environ, DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [(code, code) for code in bilat.LANGUAGES]
LOCALE_PATHS = [Path(bilat.__file__).parent / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
