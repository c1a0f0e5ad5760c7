from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('corpus', '0006_without_joining_times'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='is_withdrawn',
            field=models.BooleanField(default=False, editable=False, verbose_name='its import was undone'),
        ),
    ]
