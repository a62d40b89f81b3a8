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
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='Name')),
                ('sort_name', models.CharField(editable=False, max_length=400)),
                ('search_name', models.CharField(editable=False, max_length=400)),
                ('path', models.CharField(editable=False, max_length=255, unique=True)),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_coordinator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='programmes.organisation')),
            ],
            options={
                'ordering': ['sort_name', 'id'],
                'indexes': [models.Index(fields=['parent', 'sort_name', 'id'], name='organisation_children')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='organisation_position_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('created_at__isnull', True), ('created_by__isnull', True)), models.Q(('created_at__isnull', False), ('created_by__isnull', False)), _connector='OR'), name='organisation_created_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(condition=models.Q(('parent__isnull', True)), fields=('search_name',), name='organisation_network_name'), models.UniqueConstraint(condition=models.Q(('parent__isnull', False)), fields=('parent', 'search_name'), name='organisation_name_in_parent')],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('names', models.JSONField()),
                ('short_names', models.JSONField()),
                ('language', models.CharField(choices=[('nb', 'Norwegian bokmål'), ('da', 'Danish'), ('en', 'English')], default='nb', max_length=2)),
                ('time_zone', models.CharField(default='Europe/Oslo', max_length=64)),
                ('pack_version', models.CharField(max_length=40)),
                ('pack_hash', models.CharField(max_length=64)),
                ('terms', models.JSONField(blank=True, default=dict)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='programmes.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['nb', 'da', 'en'])), name='programme_language', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('network', 'key'), name='programme_key_in_network')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('coordinator', 'coordinator'), ('mentor', 'mentor'), ('peer_coach', 'peer coach'), ('group_leader', 'group leader'), ('observer', 'observer')], max_length=20)),
                ('order', models.PositiveSmallIntegerField()),
                ('names', models.JSONField()),
                ('description', models.JSONField(blank=True, default=dict)),
                ('in_training', models.BooleanField(default=False)),
                ('time_limited', models.BooleanField(default=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='programmes.programme')),
            ],
            options={
                'ordering': ['programme', 'order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['coordinator', 'mentor', 'peer_coach', 'group_leader', 'observer'])), name='role_kind', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('programme', 'key'), name='role_key_in_programme')],
            },
        ),
        migrations.CreateModel(
            name='MembershipRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_name', models.CharField(max_length=200)),
                ('started_on', models.DateField()),
                ('requested_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='waiting', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='membership_requests', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.organisation')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programmerole')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'declined'])), name='membership_request_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('requested_at__isnull', True), ('requested_by__isnull', True)), models.Q(('requested_at__isnull', False), ('requested_by__isnull', False)), _connector='OR'), name='membership_request_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('person', 'role', 'organisation'), name='membership_request_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='membership_request_answered_when')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(verbose_name='From')),
                ('planned_end_on', models.DateField(blank=True, null=True, verbose_name='Until')),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('in_training', models.BooleanField(default=False, verbose_name='In training')),
                ('employment', models.CharField(blank=True, choices=[('permanent', 'permanent'), ('temporary', 'temporary'), ('volunteer', 'volunteer'), ('', 'not said')], default='', max_length=10, verbose_name='Employment')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('reports_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='programmes.organisation')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='programmes.programmerole')),
            ],
            options={
                'ordering': ['-started_on', '-id'],
                'indexes': [models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['organisation', 'role'], name='membership_open'), models.Index(condition=models.Q(('ended_on__isnull', True), ('planned_end_on__isnull', False)), fields=['planned_end_on'], name='membership_ending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('employment__in', ['permanent', 'temporary', 'volunteer', ''])), name='membership_employment', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_on__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='membership_ended_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('added_at__isnull', True), ('added_by__isnull', True)), models.Q(('added_at__isnull', False), ('added_by__isnull', False)), _connector='OR'), name='membership_added_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('person', 'role', 'organisation'), name='membership_one_open', violation_error_message='This person already has this role in this organisation.'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='membership_ends_after_start', violation_error_message='The last day cannot come before the first.'), models.CheckConstraint(condition=models.Q(('planned_end_on__isnull', True), ('planned_end_on__gte', models.F('started_on')), _connector='OR'), name='membership_planned_end_after_start', violation_error_message='The last day cannot come before the first.')],
            },
        ),
        migrations.CreateModel(
            name='StoredPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stored_pack', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='SupervisionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='programmes.programme')),
            ],
            options={
                'ordering': ['programme', 'order'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='rule_key_in_programme')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionRuleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('names', models.JSONField()),
                ('notes', models.JSONField(blank=True, default=dict)),
                ('format', models.CharField(choices=[('individual', 'individual'), ('group', 'group'), ('pair', 'pair'), ('triad', 'three together')], max_length=12)),
                ('min_supervisees', models.PositiveSmallIntegerField()),
                ('max_supervisees', models.PositiveSmallIntegerField()),
                ('rests_on', models.CharField(choices=[('own', 'placements of this rule'), ('other', 'placements of another rule'), ('none', 'no placements: people take turns')], max_length=6)),
                ('caseload_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('cadence_every', models.PositiveSmallIntegerField()),
                ('cadence_unit', models.CharField(choices=[('week', 'week'), ('month', 'month')], max_length=6)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('coverage_window_days', models.PositiveSmallIntegerField()),
                ('reciprocal', models.BooleanField(default=False)),
                ('rotates_roles', models.BooleanField(default=False)),
                ('source', models.JSONField()),
                ('co_lead_roles', models.ManyToManyField(blank=True, related_name='co_leads_under', to='programmes.programmerole')),
                ('observer_roles', models.ManyToManyField(blank=True, related_name='observes_under', to='programmes.programmerole')),
                ('placement_rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carries', to='programmes.supervisionrule')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programmes.supervisionrule')),
                ('supervisee_roles', models.ManyToManyField(blank=True, related_name='supervised_under', to='programmes.programmerole')),
                ('supervisor_role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads_under', to='programmes.programmerole')),
            ],
            options={
                'ordering': ['rule', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('format__in', ['individual', 'group', 'pair', 'triad'])), name='rule_format', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('cadence_unit__in', ['week', 'month'])), name='rule_cadence_unit', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('rests_on__in', ['own', 'other', 'none'])), name='rule_rests_on', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('rule', 'number'), name='rule_version_number'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('rule',), name='rule_one_current'), models.CheckConstraint(condition=models.Q(('max_supervisees__gte', models.F('min_supervisees')), ('min_supervisees__gte', 1)), name='rule_group_size'), models.CheckConstraint(condition=models.Q(models.Q(('placement_rule__isnull', False), ('rests_on', 'other')), models.Q(models.Q(('rests_on', 'other'), _negated=True), ('placement_rule__isnull', True)), _connector='OR'), name='rule_other_names_its_rule'), models.CheckConstraint(condition=models.Q(models.Q(('rests_on', 'own'), _negated=True), models.Q(('caseload_max__gte', 1), ('caseload_max__isnull', False)), _connector='OR'), name='rule_own_has_caseload'), models.CheckConstraint(condition=models.Q(('cadence_every__gte', 1), ('coverage_window_days__gte', 1), ('minutes__gte', 1)), name='rule_positive')],
            },
        ),
    ]
