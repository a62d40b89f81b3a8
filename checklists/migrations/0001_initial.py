import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('practice', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('scale', 'on the scale'), ('number', 'a number'), ('text', 'words')], default='scale', max_length=10)),
                ('texts', models.JSONField()),
                ('target_min', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('target_max', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
            ],
            options={
                'ordering': ['section', 'order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('target_min__isnull', True), ('target_max__isnull', True), ('target_max__gte', models.F('target_min')), _connector='OR'), name='item_target_range')],
            },
        ),
        migrations.CreateModel(
            name='Checklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('content', 'content'), ('process', 'process'), ('self', 'self-evaluation'), ('video_rating', 'video rating'), ('parent_evaluation', "parents' evaluation"), ('participant_evaluation', "participants' evaluation"), ('supervisee_evaluation', 'evaluation of the supervision'), ('role_clarification', 'role clarification'), ('observation', 'observation'), ('compliance', 'compliance')], max_length=30)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checklists', to='programmes.programme')),
            ],
            options={
                'ordering': ['programme', 'order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['content', 'process', 'self', 'video_rating', 'parent_evaluation', 'participant_evaluation', 'supervisee_evaluation', 'role_clarification', 'observation', 'compliance'])), name='checklist_kind', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('programme', 'key'), name='checklist_key_in_programme')],
            },
        ),
        migrations.CreateModel(
            name='ChecklistVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('retired', 'retired')], default='draft', max_length=10)),
                ('names', models.JSONField()),
                ('when', models.JSONField(blank=True, default=dict)),
                ('about', models.CharField(max_length=40)),
                ('filled_by', models.JSONField(blank=True, default=list)),
                ('allows_raters', models.JSONField(blank=True, default=list)),
                ('anonymous', models.BooleanField(default=False)),
                ('source', models.JSONField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='checklists.checklist')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['checklist', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='checklist_version_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='checklist_published_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(fields=('checklist', 'number'), name='checklist_version_number'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('checklist',), name='checklist_one_published'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='OR'), name='checklist_published_when')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('opened_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_rounds', to='practice.deliverygroup')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds_about', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='checklists.checklistversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='round_opened_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='round_closed_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='round_closes_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('self', 'self'), ('co_leader', 'co-leader'), ('coach', 'coach'), ('mentor', 'mentor'), ('observer', 'observer'), ('outside', 'outside')], max_length=10)),
                ('thing', models.CharField(max_length=80)),
                ('seen_on', models.DateField(verbose_name='Day')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'sent in')], default='draft', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('begun_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.deliverygroup')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='practice.groupmeeting')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations_about', to='programmes.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations_about', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations_about', to='programmes.programme')),
                ('rater', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations_given', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.recording')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='checklists.checklistversion')),
                ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='checklists.evaluationround')),
            ],
            options={
                'ordering': ['-seen_on', '-id'],
                'indexes': [models.Index(fields=['person', 'state', '-seen_on'], name='evaluation_person'), models.Index(fields=['rater', 'state', '-seen_on'], name='evaluation_rater'), models.Index(fields=['person', 'thing'], name='evaluation_thing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), name='evaluation_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('part__in', ['self', 'co_leader', 'coach', 'mentor', 'observer', 'outside'])), name='evaluation_part', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('thing', ''), _negated=True), name='evaluation_thing_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False), ('programme__isnull', True)), models.Q(('organisation__isnull', False), ('person__isnull', True), ('programme__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', True), ('programme__isnull', False)), _connector='OR'), name='evaluation_about_one'), models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', True), ('meeting__isnull', True)), models.Q(('group__isnull', True), ('recording__isnull', True)), models.Q(('meeting__isnull', True), ('recording__isnull', True)), _connector='OR'), name='evaluation_seen_in_one'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), ('submitted_at__isnull', False)), models.Q(('state', 'draft'), ('submitted_at__isnull', True)), _connector='OR'), name='evaluation_submitted_when'), models.CheckConstraint(condition=models.Q(('rater__isnull', False), ('part', 'outside'), _connector='OR'), name='evaluation_no_rater_is_outside'), models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('rater__isnull', False), ('state', 'draft')), fields=('version', 'rater', 'person', 'thing'), name='evaluation_one_draft_person', violation_error_message='You have begun this checklist already. Go on with the draft.'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('rater__isnull', False), ('state', 'draft')), fields=('version', 'rater', 'organisation', 'thing'), name='evaluation_one_draft_organisation', violation_error_message='You have begun this checklist already. Go on with the draft.'), models.UniqueConstraint(condition=models.Q(('programme__isnull', False), ('rater__isnull', False), ('state', 'draft')), fields=('version', 'rater', 'programme', 'thing'), name='evaluation_one_draft_programme', violation_error_message='You have begun this checklist already. Go on with the draft.')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField(blank=True, null=True)),
                ('not_applicable', models.BooleanField(default=False)),
                ('number', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('text', models.TextField(blank=True)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='checklists.evaluation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='checklists.item')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'item'), name='answer_once'), models.CheckConstraint(condition=models.Q(('not_applicable', False), ('value__isnull', True), _connector='OR'), name='answer_value_or_not_applicable')],
            },
        ),
        migrations.CreateModel(
            name='ReliabilityTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('protocol', models.CharField(max_length=60)),
                ('set_at', models.DateTimeField()),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reliability_tests', to='practice.recording')),
                ('reference', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.evaluation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reliability_tests', to='checklists.checklistversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('set_at__isnull', True), ('set_by__isnull', True)), models.Q(('set_at__isnull', False), ('set_by__isnull', False)), _connector='OR'), name='reliability_test_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.UniqueConstraint(fields=('protocol', 'recording', 'version'), name='reliability_test_once')],
            },
        ),
        migrations.CreateModel(
            name='ReliabilityAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreement', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ('passed', models.BooleanField(blank=True, null=True)),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reliability_attempt', to='checklists.evaluation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reliability_attempts', to=settings.AUTH_USER_MODEL)),
                ('test', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='checklists.reliabilitytest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('test', 'person', 'evaluation'), name='reliability_attempt_once'), models.CheckConstraint(condition=models.Q(('agreement__isnull', True), models.Q(('agreement__gte', 0), ('agreement__lte', 1)), _connector='OR'), name='reliability_agreement_share')],
            },
        ),
        migrations.CreateModel(
            name='Scale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('binary', 'yes or no'), ('ordinal', 'in order')], max_length=10)),
                ('allow_na', models.BooleanField(default=False)),
                ('options', models.JSONField()),
                ('na_names', models.JSONField(blank=True, default=dict)),
                ('scoring', models.JSONField(blank=True, default=dict)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scales', to='programmes.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['binary', 'ordinal'])), name='scale_kind', violation_error_message='That choice is not one of those offered.'), models.UniqueConstraint(fields=('programme', 'key', 'number'), name='scale_number')],
            },
        ),
        migrations.AddField(
            model_name='item',
            name='scale',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.scale'),
        ),
        migrations.AddField(
            model_name='checklistversion',
            name='scale',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.scale'),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('names', models.JSONField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='checklists.checklistversion')),
            ],
            options={
                'ordering': ['version', 'order'],
                'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='section_key')],
            },
        ),
        migrations.AddField(
            model_name='item',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='checklists.section'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['scale', 'number', 'text'])), name='item_kind', violation_error_message='That choice is not one of those offered.'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('section', 'key'), name='item_key'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'scale'), ('scale__isnull', False)), models.Q(models.Q(('kind', 'scale'), _negated=True), ('scale__isnull', True)), _connector='OR'), name='item_scale_when_scaled'),
        ),
    ]
