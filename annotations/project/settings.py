"""Django settings. What a site may choose comes from the environment (environment.py)."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from annotations.project import environment as env

BASE_DIR = Path(__file__).resolve().parents[2]

DATA_DIR = env.read_folder("POSTIL_DATA", BASE_DIR / ".data")
PUBLIC_ADDRESS = env.read_address("POSTIL_URL", "http://127.0.0.1:8000")
LINK_ORIGIN = env.read_link_origin("POSTIL_URL", DATA_DIR, PUBLIC_ADDRESS)
TRUSTED_PROXY = env.read_networks("POSTIL_TRUSTED_PROXY")
READING = env.read_choice("POSTIL_READING", ["public", "members"])
FETCH = env.read_choice("POSTIL_FETCH", ["public", "listed"])
FETCH_HOSTS = env.read_hosts("POSTIL_FETCH_HOSTS")
SIGNUP = env.read_choice("POSTIL_SIGNUP", ["invited", "open", "closed"])
if PUBLIC_ADDRESS.is_https and not TRUSTED_PROXY:
    raise env.WrongSetting(
        "POSTIL_TRUSTED_PROXY", "is not set; with an https POSTIL_URL it names the proxy in front."
    )

# --- Core ---------------------------------------------------------------------------------

SECRET_KEY = env.read_secret_key("POSTIL_SECRET_KEY", DATA_DIR)
DEBUG = False
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [env.host_header(PUBLIC_ADDRESS.host), *LOOPBACK_HOSTS]
ROOT_URLCONF = "annotations.project.urls"
WSGI_APPLICATION = "annotations.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "annotations.project",
    "annotations",  # before corpus, so that its templates win
    "corpus",
    "taggit",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "corpus.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "annotations.project.static.CollectedFiles",
]

MIDDLEWARE = [
    "annotations.project.middleware.trust_proxy",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "annotations.project.middleware.harden_answers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "annotations.project.compression.compress_answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotations.project.requests.refuse_unreadable",  # last: its answer is a page like others
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corpus.context_processors.appearance",
                "corpus.context_processors.navigation",
                "corpus.context_processors.reading",
                "annotations.context_processors.notifications",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.read_database("DATABASE_URL", DATA_DIR / "postil.sqlite3")
}
# The queue of background work stands in the database, so it is backed up and moved with it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Throttles are counted in the cache, so the workers have to share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2_100  # an import says itself that it takes no more than 2,000

# --- Static files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
FONTS_DIR = DATA_DIR / "fonts"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [BASE_DIR / "static", ("fonts", FONTS_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "exports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "exports", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "annotations.project.static.HashedStaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Trust ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS.origin]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The trust_proxy middleware drops this header unless a trusted proxy sent it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = PUBLIC_ADDRESS.is_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 63_072_000 if PUBLIC_ADDRESS.is_https else 0  # two years
SESSION_COOKIE_SECURE = PUBLIC_ADDRESS.is_https
CSRF_COOKIE_SECURE = PUBLIC_ADDRESS.is_https
SILENCED_SYSTEM_CHECKS = [
    "staticfiles.W004",  # the folder of fonts is made by the first start
    "security.W005",  # the site speaks for its own host, not for the neighbours below it
    "security.W021",  # for the same reason it does not ask to be preloaded
]

# --- People --------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_ADAPTER = "annotations.project.accounts.AccountAdapter"
ACCOUNT_USER_DISPLAY = "annotations.project.accounts.shown_name"
ACCOUNT_FORMS = {
    "login": "annotations.account_forms.ReaderLoginForm",
    "signup": "annotations.account_forms.ReaderSignupForm",
    "set_password": "annotations.account_forms.FirstPasswordForm",
    "change_password": "annotations.account_forms.OtherPasswordForm",
    "add_email": "annotations.account_forms.OtherAddressForm",
    "reset_password": "annotations.account_forms.LostPasswordForm",
    "reset_password_from_key": "annotations.account_forms.NewPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
# Whether an address is known here shows nowhere; two accounts may name it until one proves it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Postil: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_ADDRESS.scheme
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Sign-in: the sixth failure within five minutes is refused, per account and per address.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/ip,5/5m/key"}

vars().update(env.read_email("POSTIL_EMAIL_URL", DATA_DIR / "mail"))
DEFAULT_FROM_EMAIL = env.read_sender("POSTIL_EMAIL_FROM", PUBLIC_ADDRESS.host)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Words and logs --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "annotations.project.logs.OneLineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "corpus": {"level": "INFO"},
        "annotations": {"level": "INFO"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # not every 404
    },
}
