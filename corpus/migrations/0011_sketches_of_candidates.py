from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0010_values_of_problems"),
    ]

    operations = [
        migrations.AddField(
            model_name="importcandidate",
            name="sketch",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
    ]
