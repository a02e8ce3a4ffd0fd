from django.db import migrations, models

import bilat_office.jobs.models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="feed",
            name="reminders",
            field=models.JSONField(default=bilat_office.jobs.models.usual_reminders),
        ),
    ]
