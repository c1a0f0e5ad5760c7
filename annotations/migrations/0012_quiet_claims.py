"""Claims that were made where few see them: of their words others make their own."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def tell_quiet(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Mark those that were made for few and have the address that nobody guesses still."""
    claims = apps.get_model("annotations", "Claim").objects
    made = apps.get_model("corpus", "Event").objects.filter(
        subject_type="annotations.claim",
        subject_id=models.OuterRef("pk"),
        verb="claim.created",
        audience__in=("private", "groups"),
    )
    few = claims.filter(models.Exists(made), status="proposed", slug__regex="-[0-9a-f]{10}$")
    claims.filter(pk__in=[claim.pk for claim in few]).update(is_quiet=True)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0011_discussion"),
        ("corpus", "0018_quiet_names_of_agents"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="is_quiet",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="claim",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=200),
        ),
        migrations.AlterField(
            model_name="claim",
            name="name",
            field=models.CharField(max_length=100, verbose_name="name"),
        ),
        migrations.RunPython(tell_quiet, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_quiet", False)),
                fields=("folded",),
                name="claim_words_are_one",
            ),
        ),
    ]
