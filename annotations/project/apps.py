"""The project as an app: it brings the commands `start` and `test`."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Settings, server and commands of one site; nothing imports it."""

    name = "annotations.project"
    label = "project"
