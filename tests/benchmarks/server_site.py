"""A site of one page behind the usual middleware: one query, one template, a few kilobytes."""

from functools import cache
from typing import cast

from django.contrib.auth import get_user_model
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from annotations.project.asgi import Page, Site, Streams
from annotations.project.serving import THREADS

SOURCE = "{% for word in words %}<p>{{ word }} {{ name }}</p>{% endfor %}"


@cache
def template() -> Template:
    """Return the page's template, compiled once as the cached loader does."""
    return Template(SOURCE)


def page(request: HttpRequest) -> HttpResponse:
    """Answer one read from the database put into 60 paragraphs."""
    name = get_user_model().objects.get(username="reader").get_username()
    return HttpResponse(template().render(Context({"name": name, "words": range(60)})))


urlpatterns = [path("", page)]


def wsgi() -> object:
    """Return Django's WSGI application."""
    return get_wsgi_application()


def asgi() -> object:
    """Return Django's own ASGI application."""
    return get_asgi_application()


def router() -> object:
    """Return the application that serving.py runs, without anybody who listens."""
    return Site(cast("Page", get_wsgi_application()), cast("Streams", None), THREADS)
