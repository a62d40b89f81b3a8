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
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('preview', 'Waits for your yes'), ('running', 'Under way'), ('stopped', 'Stopped'), ('done', 'Finished'), ('discarded', 'Thrown away'), ('taking_back', 'Is being taken back'), ('taken_back', 'Taken back')], default='preview', max_length=12)),
                ('columns', models.JSONField(default=dict)),
                ('unread', models.JSONField(default=list)),
                ('answers', models.JSONField(default=dict)),
                ('organisations_made', models.JSONField(default=dict)),
                ('programme_ids', models.JSONField(default=list)),
                ('uploaded_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('invited_at', models.DateTimeField(blank=True, null=True)),
                ('invitations_waiting', models.BooleanField(default=False)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='programmes.organisation')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-uploaded_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['running', 'taking_back']), ('invitations_waiting', True), _connector='OR'), fields=['id'], name='import_with_work'), models.Index(fields=['organisation', '-uploaded_at', '-id'], name='import_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['preview', 'running', 'stopped', 'done', 'discarded', 'taking_back', 'taken_back'])), name='import_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('uploaded_at__isnull', True), ('uploaded_by__isnull', True)), models.Q(('uploaded_at__isnull', False), ('uploaded_by__isnull', False)), _connector='OR'), name='import_uploaded_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='import_confirmed_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('invited_at__isnull', True), ('invited_by__isnull', True)), models.Q(('invited_at__isnull', False), ('invited_by__isnull', False)), _connector='OR'), name='import_invited_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='import_taken_back_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(('state__in', ['preview', 'discarded']), ('confirmed_at__isnull', False), _connector='OR'), name='import_worked_after_yes')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('cells', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('ready', 'New'), ('same', 'Already there'), ('question', 'Asks something'), ('refused', 'Cannot be imported'), ('joined', 'Under way'), ('done', 'Imported'), ('failed', 'Was not imported'), ('unplaced', 'Is being taken back'), ('taken_back', 'Taken back'), ('kept', 'Kept, for it is in use')], max_length=10)),
                ('findings', models.JSONField(default=list)),
                ('plan', models.JSONField(default=dict)),
                ('person_is_new', models.BooleanField(default=False)),
                ('made', models.JSONField(default=dict)),
                ('invitation', models.CharField(blank=True, choices=[('', 'none'), ('wanted', 'waits to be sent'), ('sent', 'sent'), ('not_sent', 'could not be sent')], default='', max_length=8)),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.membership')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.membershiprequest')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='onboarding.importrun')),
            ],
            options={
                'ordering': ['run', 'number'],
                'indexes': [models.Index(fields=['run', 'state', 'number'], name='import_row_state_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'same', 'question', 'refused', 'joined', 'done', 'failed', 'unplaced', 'taken_back', 'kept'])), name='import_row_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('invitation__in', ['', 'wanted', 'sent', 'not_sent'])), name='import_row_invitation', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('run', 'number'), name='import_row_once')],
            },
        ),
    ]
