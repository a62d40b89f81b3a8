import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('checklists', '0001_initial'),
        ('practice', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agenda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('total_minutes', models.PositiveSmallIntegerField()),
                ('repeat', models.JSONField(blank=True, default=dict)),
                ('goals', models.JSONField(blank=True, default=dict)),
                ('prompts', models.JSONField(blank=True, default=list)),
                ('source', models.JSONField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agendas', to='programmes.programme')),
                ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agendas', to='programmes.supervisionrule')),
            ],
            options={
                'ordering': ['programme', 'number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('rule__isnull', True)), fields=('programme', 'number'), name='agenda_number_of_programme'), models.UniqueConstraint(condition=models.Q(('rule__isnull', False)), fields=('rule', 'number'), name='agenda_number_of_rule'), models.UniqueConstraint(condition=models.Q(('is_current', True), ('rule__isnull', True)), fields=('programme',), name='agenda_one_current_of_programme'), models.UniqueConstraint(condition=models.Q(('is_current', True), ('rule__isnull', False)), fields=('rule',), name='agenda_one_current_of_rule')],
            },
        ),
        migrations.CreateModel(
            name='AgendaStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('names', models.JSONField()),
                ('guidance', models.JSONField(blank=True, default=dict)),
                ('led_by', models.CharField(max_length=60)),
                ('captures', models.JSONField(blank=True, default=list)),
                ('required', models.BooleanField(default=True)),
                ('per_presenter', models.BooleanField(default=False)),
                ('agenda', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='supervision.agenda')),
            ],
            options={
                'ordering': ['agenda', 'order'],
                'constraints': [models.UniqueConstraint(fields=('agenda', 'key'), name='agenda_step_key'), models.UniqueConstraint(fields=('agenda', 'order'), name='agenda_step_order')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clauses', models.JSONField()),
                ('supervisor_signed_at', models.DateTimeField(blank=True, null=True)),
                ('supervisee_signed_at', models.DateTimeField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='programmes.programme')),
                ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='programmes.supervisionrule')),
                ('supervisee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('supervisor', models.F('supervisee')), _negated=True), name='agreement_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(blank=True, max_length=40)),
                ('text', models.TextField(verbose_name='Goal')),
                ('fields', models.JSONField(blank=True, default=dict)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='By when')),
                ('status', models.CharField(choices=[('new', 'new'), ('under_way', 'under way'), ('tried', 'tried'), ('kept', 'kept'), ('reached', 'reached'), ('changed', 'changed'), ('dropped', 'dropped')], default='new', max_length=10)),
                ('set_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='programmes.organisation')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='supervision.goal')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='programmes.programme')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessor', to='supervision.goal')),
            ],
            options={
                'ordering': ['-set_at', '-id'],
                'indexes': [models.Index(fields=['person', 'programme', '-set_at'], name='goal_person'), models.Index(fields=['organisation', 'programme', '-set_at'], name='goal_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['new', 'under_way', 'tried', 'kept', 'reached', 'changed', 'dropped'])), name='goal_status', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('set_at__isnull', True), ('set_by__isnull', True)), models.Q(('set_at__isnull', False), ('set_by__isnull', False)), _connector='OR'), name='goal_set_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='goal_closed_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='goal_of_one'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status__in', ['reached', 'changed', 'dropped'])), models.Q(('closed_at__isnull', True), ('status__in', ['new', 'under_way', 'tried', 'kept'])), _connector='OR'), name='goal_closed_when'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('status', 'changed'), _connector='OR'), name='goal_successor_when_changed'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='goal_not_own_successor')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('held', 'held, not finished'), ('finished', 'finished'), ('cancelled', 'cancelled')], default='planned', max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('zone', models.CharField(max_length=64)),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='Length in minutes')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='Place')),
                ('video_link', models.URLField(blank=True, max_length=500, verbose_name='Video link')),
                ('theme', models.CharField(blank=True, max_length=60, verbose_name='Theme')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('planned_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('agenda', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='supervision.agenda')),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finished_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='programmes.programme')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='programmes.supervisionrule')),
                ('rule_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='programmes.supervisionruleversion')),
            ],
            options={
                'ordering': ['-starts_at', '-id'],
                'indexes': [models.Index(fields=['programme', '-starts_at', '-id'], name='session_programme'), models.Index(fields=['state', 'starts_at'], name='session_due'), models.Index(fields=['rule', '-starts_at'], name='session_rule')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'finished', 'cancelled'])), name='session_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('planned_at__isnull', True), ('planned_by__isnull', True)), models.Q(('planned_at__isnull', False), ('planned_by__isnull', False)), _connector='OR'), name='session_planned_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('finished_by__isnull', True)), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False)), _connector='OR'), name='session_finished_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='session_cancelled_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'finished')), models.Q(models.Q(('state', 'finished'), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='session_finished_when'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled'), models.Q(('cancelled_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at__isnull', True)), _connector='OR'), name='session_cancelled_with_reason', violation_error_message='Say why the session is cancelled.'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='session_minutes')],
            },
        ),
        migrations.CreateModel(
            name='SessionRecording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of_the_session', models.BooleanField(default=False)),
                ('clip_start', models.PositiveIntegerField(blank=True, null=True)),
                ('clip_end', models.PositiveIntegerField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='practice.recording')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='supervision.supervisionsession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'recording', 'person'), name='session_recording_once'), models.CheckConstraint(condition=models.Q(('clip_start__isnull', True), ('clip_end__isnull', True), ('clip_end__gte', models.F('clip_start')), _connector='OR'), name='session_recording_clip', violation_error_message='The clip ends before it begins.')],
            },
        ),
        migrations.CreateModel(
            name='SessionEvaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='session_link', to='checklists.evaluation')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='supervision.supervisionsession')),
            ],
        ),
        migrations.CreateModel(
            name='RecordDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=dict)),
                ('base_revision', models.PositiveIntegerField()),
                ('saved_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_drafts', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='supervision.supervisionsession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'author'), name='record_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='Your own note')),
                ('written_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='private_notes', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='private_notes', to='supervision.supervisionsession')),
            ],
            options={
                'ordering': ['-written_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('session__isnull', False)), fields=('author', 'session'), name='private_note_once_a_session')],
            },
        ),
        migrations.CreateModel(
            name='GoalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('new', 'new'), ('under_way', 'under way'), ('tried', 'tried'), ('kept', 'kept'), ('reached', 'reached'), ('changed', 'changed'), ('dropped', 'dropped')], max_length=10)),
                ('comment', models.TextField(blank=True)),
                ('reviewed_at', models.DateTimeField()),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='supervision.goal')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goal_reviews', to='supervision.supervisionsession')),
            ],
            options={
                'ordering': ['goal', 'reviewed_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['new', 'under_way', 'tried', 'kept', 'reached', 'changed', 'dropped'])), name='goal_review_status', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='goal_review_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(condition=models.Q(('session__isnull', False)), fields=('goal', 'session'), name='goal_review_once_a_session')],
            },
        ),
        migrations.AddField(
            model_name='goal',
            name='set_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals_set', to='supervision.supervisionsession'),
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField(default=1)),
                ('strength', models.TextField(verbose_name='What worked')),
                ('growth', models.TextField(blank=True, verbose_name='Something to develop')),
                ('given_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback_given', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='programmes.programme')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback_received', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='supervision.supervisionsession')),
            ],
            options={
                'ordering': ['-given_at', '-id'],
                'indexes': [models.Index(fields=['receiver', '-released_at'], name='feedback_receiver')],
                'constraints': [models.CheckConstraint(condition=models.Q(('strength', ''), _negated=True), name='feedback_strength_first', violation_error_message='Begin with something that worked.'), models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='feedback_not_to_oneself')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.CharField(choices=[('lead', 'leads'), ('co_lead', 'co-leads'), ('supervisee', 'is supervised'), ('observer', 'observes')], max_length=10)),
                ('turn', models.PositiveSmallIntegerField(default=1)),
                ('is_guest', models.BooleanField(default=False)),
                ('reply', models.CharField(blank=True, choices=[('', 'not answered'), ('yes', 'comes'), ('no', 'does not come')], default='', max_length=3)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('present', models.BooleanField(blank=True, null=True)),
                ('question', models.TextField(blank=True, verbose_name='Question you bring')),
                ('question_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='programmes.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='supervision.supervisionsession')),
            ],
            options={
                'ordering': ['session', 'turn', 'id'],
                'indexes': [models.Index(fields=['person', 'seat', 'session'], name='attendance_person'), models.Index(fields=['organisation', '-session'], name='attendance_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seat__in', ['lead', 'co_lead', 'supervisee', 'observer'])), name='attendance_seat', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('reply__in', ['', 'yes', 'no'])), name='attendance_reply', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('session', 'turn', 'person'), name='attendance_once_a_turn'), models.UniqueConstraint(condition=models.Q(('seat', 'lead')), fields=('session', 'turn'), name='attendance_one_lead_a_turn'), models.CheckConstraint(condition=models.Q(('turn__gte', 1)), name='attendance_turn_positive')],
            },
        ),
        migrations.CreateModel(
            name='AgendaNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=60)),
                ('turn', models.PositiveSmallIntegerField(default=1)),
                ('audience', models.CharField(choices=[('session', 'everybody who was in the session'), ('person', 'the person it is about, and those who led'), ('leads', 'those who led'), ('author', 'the one who wrote it')], default='session', max_length=10)),
                ('value', models.JSONField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_notes', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='supervision.agendastep')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='supervision.supervisionsession')),
            ],
            options={
                'ordering': ['session', 'step__order', 'turn', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['session', 'person', 'leads', 'author'])), name='agenda_note_audience', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('written_at__isnull', True), ('written_by__isnull', True)), models.Q(('written_at__isnull', False), ('written_by__isnull', False)), _connector='OR'), name='agenda_note_written_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('session', 'step', 'field', 'turn', 'person'), name='agenda_note_once_for_person'), models.UniqueConstraint(condition=models.Q(('person__isnull', True)), fields=('session', 'step', 'field', 'turn'), name='agenda_note_once_for_group')],
            },
        ),
    ]
