import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=80)),
                ('due_at', models.DateTimeField()),
                ('language', models.CharField(max_length=2)),
                ('arguments', models.JSONField(blank=True, default=dict)),
                ('attachment', models.CharField(blank=True, max_length=30)),
                ('programme_id', models.BigIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('closed', 'Not wanted any more'), ('failed', 'Could not be delivered')], default='waiting', max_length=10)),
                ('next_try_at', models.DateTimeField()),
                ('lease_key', models.CharField(blank=True, max_length=40)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=500)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_reason', models.CharField(blank=True, max_length=60)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['next_try_at', 'id'], name='notice_pending'), models.Index(fields=['recipient', '-id'], name='notice_recipient'), models.Index(fields=['programme_id', 'state', '-id'], name='notice_programme')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'closed', 'failed'])), name='notice_state', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('kind', 'subject', 'recipient', 'due_at'), name='notice_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='notice_key_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='notice_sent_when'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'sending'), models.Q(('lease_key', ''), _negated=True)), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_key', ''), ('lease_until__isnull', True)), _connector='OR'), name='notice_lease_while_sending')],
            },
        ),
    ]
