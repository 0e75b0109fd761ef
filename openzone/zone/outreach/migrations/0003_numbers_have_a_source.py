from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0002_programme'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comments__isnull', True), ('viewers__isnull', True)), models.Q(('counted_by', ''), _negated=True), _connector='OR'), name='session_numbers_have_a_source'),
        ),
    ]
