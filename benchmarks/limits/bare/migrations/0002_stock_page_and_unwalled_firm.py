import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import hub.blocks


class Migration(migrations.Migration):

    dependencies = [("bench_bare", "0001_bare_page"), ("directory", "0002_initial")]

    operations = [
        migrations.CreateModel(
            name="StockPage",
            fields=[
                ("page_ptr", models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ("introduction", models.TextField(blank=True, max_length=600)),
                ("body", wagtail.fields.StreamField(hub.blocks.BodyBlock(), blank=True)),
            ],
            options={"abstract": False},
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="UnwalledFirm",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("directory.firm",),
        ),
    ]
