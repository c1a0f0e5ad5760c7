from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0009_cited_pages_and_copies"),
    ]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="problem_values",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
