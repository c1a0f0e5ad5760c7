"""Every address of the site. Annotations come first: their reading page replaces corpus's."""

from django.contrib import admin
from django.urls import include, path

from annotations.project.health import healthz
from annotations.project.robots import robots

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("admin/", admin.site.urls),
    path("account/", include("allauth.account.urls")),
    path("", include("annotations.urls")),
    path("", include("corpus.urls")),
]
