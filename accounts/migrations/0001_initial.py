import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='E-mail')),
                ('name', models.CharField(max_length=200, verbose_name='Name')),
                ('sort_name', models.CharField(db_index=True, editable=False, max_length=400)),
                ('search_name', models.CharField(db_index=True, editable=False, max_length=400)),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Phone')),
                ('language', models.CharField(choices=[('nb', 'Norwegian bokmål'), ('da', 'Danish'), ('en', 'English')], default='nb', max_length=2, verbose_name='Language')),
                ('time_zone', models.CharField(default='Europe/Oslo', max_length=64, verbose_name='Time zone')),
                ('supervises_in', models.JSONField(blank=True, default=list, verbose_name='Languages to supervise in')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('is_system', models.BooleanField(default=False, editable=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('erased_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to=settings.AUTH_USER_MODEL)),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'ordering': ['sort_name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['nb', 'da', 'en'])), name='user_language', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('erased_by__isnull', True)), models.Q(('erased_at__isnull', False), ('erased_by__isnull', False)), _connector='OR'), name='user_erased_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='user_email_not_blank'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='user_not_merged_into_self'), models.UniqueConstraint(condition=models.Q(('is_system', True)), fields=('is_system',), name='user_one_system')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by_id', models.BigIntegerField()),
                ('verb', models.CharField(max_length=60)),
                ('programme_id', models.BigIntegerField(blank=True, null=True)),
                ('organisation_path', models.CharField(blank=True, db_index=True, max_length=255)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('facts', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['programme_id', '-id'], name='audit_programme'), models.Index(fields=['subject', '-id'], name='audit_subject')],
            },
        ),
        migrations.CreateModel(
            name='AuditPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.auditevent')),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', '-event'], name='audit_person')],
                'constraints': [models.UniqueConstraint(fields=('event', 'person_id'), name='audit_person_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('sent', 'Sent'), ('opened', 'Opened'), ('accepted', 'Accepted'), ('bounced', 'Came back'), ('replaced', 'Replaced by a newer one')], default='sent', max_length=10)),
                ('until', models.DateTimeField()),
                ('invited_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('bounced_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'opened', 'accepted', 'bounced', 'replaced'])), name='invitation_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('invited_at__isnull', True), ('invited_by__isnull', True)), models.Q(('invited_at__isnull', False), ('invited_by__isnull', False)), _connector='OR'), name='invitation_invited_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_at__isnull', True)), _connector='OR'), name='invitation_accepted_when'), models.UniqueConstraint(condition=models.Q(('state__in', ['sent', 'opened'])), fields=('person',), name='invitation_one_live')],
            },
        ),
    ]
