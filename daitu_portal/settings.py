"""Settings of the portal. What differs by installation comes from the environment.

docs/operations.md lists the variables.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from daitu_portal import env
from daitu_portal.private_files import private_folder

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = private_folder(Path(env.text("DATA_DIR", default=str(ROOT / "var"))).resolve())

DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("HTTPS", default=True)
PLAIN_HTTP_WARNING = not HTTPS and env.flag("ALLOW_PLAIN_HTTP", default=False)
SECRET_KEY = env.secret("SECRET_KEY", file=DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default="localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# The office's own name, in the head of every page and in the authenticator app.
PORTAL_NAME = env.text("PORTAL_NAME", default="Cán bộ xã Đại Từ")
PORTAL_PLACE = env.text("PORTAL_PLACE", default="Huyện Đại Từ, Thái Nguyên")
# How the frame, which imports no app, asks for the day and for what a person is searched by.
AS_OF = "accounts.as_of.as_of"
SEARCHED_NUMBERS = "cadres.number_search.numbers_of"
RATIO_MOVES = "reports.preview.moves_of"

INSTALLED_APPS = [
    "daitu_portal",
    "accounts",
    "cadres",
    "intake",
    "training",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "js_lib_bootstrap5",
    "js_lib_bootstrap_icons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "daitu_portal.middleware.private_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "daitu_portal.middleware.told_of_long_writes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "daitu_portal.middleware.worded_refusals",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.sessions.idle_sessions",
    "accounts.sessions.FirstThingsFirst",
    "accounts.refusals.recorded_refusals",
    "cadres.merged_address.merged_addresses",
]

ROOT_URLCONF = "daitu_portal.urls"
WSGI_APPLICATION = "daitu_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "daitu_portal.nav.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_URL = env.text("DATABASE_URL")
if DATABASE_URL:
    DATABASES = {"default": env.postgres(DATABASE_URL)}
    CACHE_ALIAS = "default"
else:
    # Rate limits and other short-lived counters live in a file of their own: a long write to the
    # records must not keep anyone from signing in.
    DATABASES = {
        "default": env.sqlite(DATA_DIR / "portal.sqlite3"),
        "cache": env.sqlite(DATA_DIR / "cache.sqlite3"),
    }
    CACHE_ALIAS = "cache"
DATABASE_ROUTERS = ["daitu_portal.cache_router.CacheRouter"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.WithCommune"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:dashboard"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.OwnPasswordForm",
    "reauthenticate": "accounts.forms.AgainForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeForm",
    "activate_totp": "accounts.forms.ActivateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/15m/key,30/15m/ip"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PORTAL_NAME
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["daitu_portal.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

FILE_UPLOAD_HANDLERS = [
    "daitu_portal.uploads.WholeRequestLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Scans and photos: of one file, of one request, kept for one person, sent by one account a day.
IMAGE_MOST_BYTES = 5 * 1024 * 1024
PDF_MOST_BYTES = 10 * 1024 * 1024
SCANS_AT_ONCE = 10
UPLOAD_MOST_BYTES = 64 * 1024 * 1024
SCANS_OF_PERSON_BYTES = 150 * 1024 * 1024
SCANS_A_DAY_BYTES = 500 * 1024 * 1024

# -- browser security (security.md's header list is tested on every route)
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 15 * 60
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refusals": {"()": "daitu_portal.logs.RefusalsInOneLine"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals"],
        },
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": DATA_DIR / "portal.log",
            "maxBytes": 5_000_000,
            "backupCount": 5,
            "delay": True,
            "encoding": "utf-8",
            "formatter": "line",
            "filters": ["refusals"],
        },
    },
    "root": {"handlers": ["console", "file"], "level": env.text("LOG_LEVEL", default="INFO")},
}

DEMO = env.flag("DEMO", default=False)
DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "")
