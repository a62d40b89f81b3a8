import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeliveryGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name of the group')),
                ('variant', models.CharField(blank=True, max_length=60, verbose_name='Delivery model')),
                ('started_on', models.DateField(verbose_name='First day')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='Last day')),
                ('started_at', models.DateTimeField()),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='programmes.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='programmes.programme')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-started_on', '-id'],
                'indexes': [models.Index(fields=['programme', 'organisation'], name='group_programme')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_on__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='group_ended_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('started_at__isnull', True), ('started_by__isnull', True)), models.Q(('started_at__isnull', False), ('started_by__isnull', False)), _connector='OR'), name='group_started_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='group_ends_after_start', violation_error_message='The last day cannot come before the first.')],
            },
        ),
        migrations.CreateModel(
            name='GroupLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaders', to='practice.deliverygroup')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_groups', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['group', 'started_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('group', 'person'), name='group_leader_once'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='group_leader_dates')],
            },
        ),
        migrations.CreateModel(
            name='GroupMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='Meeting number')),
                ('held_on', models.DateField(verbose_name='Day')),
                ('attended', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='How many came')),
                ('noted_at', models.DateTimeField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='practice.deliverygroup')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['group', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('noted_at__isnull', True), ('noted_by__isnull', True)), models.Q(('noted_at__isnull', False), ('noted_by__isnull', False)), _connector='OR'), name='meeting_noted_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(fields=('group', 'number'), name='meeting_number_once', violation_error_message='This group already has a meeting with this number.'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='meeting_number_positive')],
            },
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('location', models.CharField(max_length=500, verbose_name='Where the recording lies')),
                ('purposes', models.JSONField(blank=True, default=list)),
                ('consents_given', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('consents_asked', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('papers_place', models.CharField(blank=True, max_length=200, verbose_name='Where the consent papers are')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='Consent valid until')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('delete_by', models.DateField(blank=True, null=True, verbose_name='Delete by')),
                ('deletion_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('noted_at', models.DateTimeField()),
                ('deletion_confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='practice.groupmeeting')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='programmes.programme')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='recording_withdrawn_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('deletion_confirmed_at__isnull', True), ('deletion_confirmed_by__isnull', True)), models.Q(('deletion_confirmed_at__isnull', False), ('deletion_confirmed_by__isnull', False)), _connector='OR'), name='recording_deletion_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('noted_at__isnull', True), ('noted_by__isnull', True)), models.Q(('noted_at__isnull', False), ('noted_by__isnull', False)), _connector='OR'), name='recording_noted_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('consents_asked__isnull', True), ('consents_given__isnull', True)), models.Q(('consents_asked__isnull', False), ('consents_given__isnull', False), ('consents_given__lte', models.F('consents_asked'))), _connector='OR'), name='recording_consents_counted', violation_error_message='More people have consented than were asked.')],
            },
        ),
        migrations.CreateModel(
            name='Moment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seconds', models.PositiveIntegerField()),
                ('comment', models.CharField(blank=True, max_length=500)),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moments', to='practice.recording')),
            ],
            options={
                'ordering': ['recording', 'seconds', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('noted_at__isnull', True), ('noted_by__isnull', True)), models.Q(('noted_at__isnull', False), ('noted_by__isnull', False)), _connector='OR'), name='moment_noted_pair', violation_error_message='Some details belong together: give all of them, or none.')],
            },
        ),
    ]
