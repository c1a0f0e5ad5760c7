"""Agents who were named where few see it: others name their own."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def tell_quiet(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Mark those who were made for few and have the address that nobody guesses still."""
    agents = apps.get_model("corpus", "Agent").objects
    made = apps.get_model("corpus", "Event").objects.filter(
        subject_type="corpus.agent",
        subject_id=models.OuterRef("pk"),
        verb="agent.created",
        audience__in=("private", "groups"),
    )
    few = agents.filter(models.Exists(made), articles=None, slug__regex="-[0-9a-f]{10}$")
    agents.filter(pk__in=[agent.pk for agent in few]).update(is_quiet=True)


class Migration(migrations.Migration):
    dependencies = [("corpus", "0027_fetched_pages_of_feeds")]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="is_quiet",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="agent",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=200),
        ),
        migrations.RunPython(tell_quiet, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_quiet", False)),
                fields=("folded",),
                name="agent_name_is_one",
            ),
        ),
    ]
