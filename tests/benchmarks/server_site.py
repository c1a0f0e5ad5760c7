"""A site of one page behind the usual middleware: one query, one template, a few kilobytes."""

from functools import cache
from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.asgi_typing import Receive, Scope, Send
from a2wsgi.wsgi_typing import WSGIApp
from django.contrib.auth import get_user_model
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

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
    """Return an ASGI application that runs every page as WSGI, in a pool of threads."""
    pages = WSGIMiddleware(cast("WSGIApp", get_wsgi_application()), workers=THREADS)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await pages(scope, receive, send)

    return application
