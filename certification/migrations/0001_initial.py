import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('checklists', '0001_initial'),
        ('practice', '0001_initial'),
        ('programmes', '0001_initial'),
        ('supervision', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='Day')),
            ],
            options={
                'ordering': ['event', 'held_on'],
            },
        ),
        migrations.CreateModel(
            name='EventParticipant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_places', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Track',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tracks', to='programmes.programme')),
            ],
            options={
                'ordering': ['programme', 'order'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='track_key_in_programme')],
            },
        ),
        migrations.CreateModel(
            name='TrackVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('names', models.JSONField()),
                ('candidate', models.CharField(choices=[('person', 'person'), ('organisation', 'organisation')], default='person', max_length=14)),
                ('for_role', models.CharField(max_length=60)),
                ('awards', models.CharField(blank=True, max_length=60)),
                ('title', models.JSONField()),
                ('decided_by', models.CharField(max_length=60)),
                ('decided_outside', models.BooleanField(default=False)),
                ('recorded_by', models.CharField(blank=True, max_length=60)),
                ('per_variant', models.BooleanField(default=False)),
                ('validity_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('source', models.JSONField()),
                ('track', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='certification.track')),
            ],
            options={
                'ordering': ['track', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('candidate__in', ['person', 'organisation'])), name='track_candidate', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('track', 'number'), name='track_version_number'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('track',), name='track_one_current'), models.CheckConstraint(condition=models.Q(('decided_outside', False), models.Q(('recorded_by', ''), _negated=True), _connector='OR'), name='track_outside_is_recorded')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('names', models.JSONField()),
                ('kind', models.CharField(choices=[('prerequisite', 'prerequisite'), ('training', 'training'), ('sessions', 'practice or supervision'), ('checklist', 'checklist'), ('video_review', 'video review'), ('evaluation', 'evaluation'), ('reliability', 'reliability'), ('approval', 'approval'), ('evidence', 'documentation')], max_length=14)),
                ('count', models.PositiveSmallIntegerField()),
                ('unit', models.CharField(max_length=30)),
                ('seat', models.CharField(blank=True, choices=[('lead', 'leads'), ('co_lead', 'co-leads'), ('supervisee', 'is supervised'), ('each', 'each of the seats'), ('', 'none')], default='', max_length=10)),
                ('training_event', models.CharField(blank=True, max_length=60)),
                ('attendance_required_percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('independent', models.BooleanField(default=False)),
                ('source', models.JSONField()),
                ('approver_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decides_steps', to='programmes.programmerole')),
                ('checklist', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.checklist')),
                ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.supervisionrule')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='certification.trackversion')),
            ],
            options={
                'ordering': ['version', 'order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['prerequisite', 'training', 'sessions', 'checklist', 'video_review', 'evaluation', 'reliability', 'approval', 'evidence'])), name='step_kind', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('seat__in', ['lead', 'co_lead', 'supervisee', 'each', ''])), name='step_seat', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('version', 'key'), name='step_key'), models.UniqueConstraint(fields=('version', 'order'), name='step_order'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='step_count_positive'), models.CheckConstraint(condition=models.Q(('attendance_required_percent__isnull', True), models.Q(('attendance_required_percent__gte', 1), ('attendance_required_percent__lte', 100)), _connector='OR'), name='step_attendance_percent')],
            },
        ),
        migrations.CreateModel(
            name='Candidacy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('open', 'open'), ('certified', 'certified'), ('closed', 'closed')], default='open', max_length=10)),
                ('started_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='programmes.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to=settings.AUTH_USER_MODEL)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('track', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='certification.track')),
                ('track_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='certification.trackversion')),
            ],
            options={
                'ordering': ['-started_at', '-id'],
                'indexes': [models.Index(fields=['track', 'state'], name='candidacy_track')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'certified', 'closed'])), name='candidacy_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('started_at__isnull', True), ('started_by__isnull', True)), models.Q(('started_at__isnull', False), ('started_by__isnull', False)), _connector='OR'), name='candidacy_started_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='candidacy_closed_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='candidacy_of_one'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='candidacy_closed_when'), models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('state', 'open')), fields=('person', 'track', 'variant'), name='candidacy_one_open_person', violation_error_message='This person is on the way up this ladder already.'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('state', 'open')), fields=('organisation', 'track', 'variant'), name='candidacy_one_open_organisation', violation_error_message='This organisation is on the way up this ladder already.')],
            },
        ),
        migrations.CreateModel(
            name='EventAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='certification.eventparticipant')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='certification.trainingday')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'participant'), name='event_attendance_once')],
            },
        ),
        migrations.CreateModel(
            name='TrainingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='Kind')),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='Place')),
                ('noted_at', models.DateTimeField()),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_events', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_events', to='programmes.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_events', to='programmes.programme')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['programme', 'kind'], name='event_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('noted_at__isnull', True), ('noted_by__isnull', True)), models.Q(('noted_at__isnull', False), ('noted_by__isnull', False)), _connector='OR'), name='event_noted_pair', violation_error_message='Some details belong together: give all of them, or none.')],
            },
        ),
        migrations.AddField(
            model_name='trainingday',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='certification.trainingevent'),
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, max_length=80)),
                ('reference', models.CharField(blank=True, max_length=300, verbose_name='Reference')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='certification.candidacy')),
                ('evaluation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence_for', to='checklists.evaluation')),
                ('recording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence_for', to='practice.recording')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence_for', to='supervision.supervisionsession')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='certification.step')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence_for', to='certification.trainingevent')),
            ],
            options={
                'ordering': ['candidacy', 'step', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('added_at__isnull', True), ('added_by__isnull', True)), models.Q(('added_at__isnull', False), ('added_by__isnull', False)), _connector='OR'), name='evidence_added_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('evaluation__isnull', True), ('event__isnull', True), ('recording__isnull', True), ('session__isnull', False), ('reference', '')), models.Q(('evaluation__isnull', False), ('event__isnull', True), ('recording__isnull', True), ('session__isnull', True), ('reference', '')), models.Q(('evaluation__isnull', True), ('event__isnull', True), ('recording__isnull', False), ('session__isnull', True), ('reference', '')), models.Q(('evaluation__isnull', True), ('event__isnull', False), ('recording__isnull', True), ('session__isnull', True), ('reference', '')), models.Q(('evaluation__isnull', True), ('event__isnull', True), ('recording__isnull', True), ('session__isnull', True), models.Q(('reference', ''), _negated=True)), _connector='OR'), name='evidence_one_source')],
            },
        ),
        migrations.AddField(
            model_name='eventparticipant',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='certification.trainingevent'),
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('ours', 'issued here'), ('outside', 'issued outside'), ('before', 'from before')], default='ours', max_length=8)),
                ('number', models.CharField(max_length=60, verbose_name='Number')),
                ('title', models.CharField(max_length=200)),
                ('variant', models.CharField(blank=True, max_length=60)),
                ('holder_name', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(max_length=2)),
                ('text', models.JSONField(blank=True, default=dict)),
                ('code', models.CharField(max_length=26, unique=True)),
                ('issued_on', models.DateField(verbose_name='Issued')),
                ('issued_at', models.DateTimeField()),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='Valid until')),
                ('pdf', models.BinaryField(blank=True, null=True)),
                ('pdf_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('pdf_made_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('pdf_lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='Reason')),
                ('candidacy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='certification.candidacy')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='programmes.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='programmes.programme')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='certification.certificate')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-issued_on', '-id'],
                'indexes': [models.Index(fields=['person', '-issued_on'], name='certificate_person'), models.Index(fields=['programme', 'valid_until'], name='certificate_expiry'), models.Index(condition=models.Q(('origin', 'ours'), ('pdf__isnull', True)), fields=['id'], name='certificate_pdf_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ['ours', 'outside', 'before'])), name='certificate_origin', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('issued_by__isnull', True)), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False)), _connector='OR'), name='certificate_issued_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='certificate_withdrawn_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(fields=('programme', 'number'), name='certificate_number_once', violation_error_message='Another certificate in this programme has this number.'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='certificate_of_one'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='certificate_withdrawn_with_reason', violation_error_message='Say why the certificate is withdrawn.'), models.CheckConstraint(condition=models.Q(('origin', 'ours'), ('pdf__isnull', True), _connector='OR'), name='certificate_pdf_only_ours'), models.CheckConstraint(condition=models.Q(models.Q(('pdf__isnull', True), ('pdf_made_at__isnull', True)), models.Q(('pdf__isnull', False), ('pdf_made_at__isnull', False), models.Q(('pdf_sha256', ''), _negated=True)), _connector='OR'), name='certificate_pdf_with_hash'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='certificate_valid_after_issue'), models.CheckConstraint(condition=models.Q(('replaced_by__isnull', True), models.Q(('replaced_by', models.F('id')), _negated=True), _connector='OR'), name='certificate_not_own_successor')],
            },
        ),
        migrations.CreateModel(
            name='StepRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('approved', 'approved'), ('sent_back', 'sent back')], max_length=10)),
                ('decided_at', models.DateTimeField()),
                ('decided_on', models.DateField(verbose_name='Date')),
                ('ground', models.TextField(blank=True, verbose_name='Ground')),
                ('reference', models.CharField(blank=True, max_length=300, verbose_name='Reference')),
                ('outside_number', models.CharField(blank=True, max_length=60, verbose_name='Number outside')),
                ('counted', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='certification.candidacy')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='certification.step')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['candidacy', 'step__order', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['approved', 'sent_back'])), name='step_record_outcome', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='step_record_decided_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='step_record_withdrawn_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(condition=models.Q(('outcome', 'approved'), ('withdrawn_at__isnull', True)), fields=('candidacy', 'step'), name='step_record_approved_once', violation_error_message='This step is approved already.'), models.CheckConstraint(condition=models.Q(('outcome', 'approved'), models.Q(('ground', ''), _negated=True), _connector='OR'), name='step_record_sent_back_with_ground', violation_error_message='Say what is missing before you send the step back.')],
            },
        ),
        migrations.AddConstraint(
            model_name='trainingday',
            constraint=models.UniqueConstraint(fields=('event', 'held_on'), name='training_day_once', violation_error_message='This day is on the list already.'),
        ),
        migrations.AddConstraint(
            model_name='eventparticipant',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='event_participant_once'),
        ),
    ]
