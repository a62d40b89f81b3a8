import django.core.validators
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
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='From')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='First day back')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-starts_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('noted_at__isnull', True), ('noted_by__isnull', True)), models.Q(('noted_at__isnull', False), ('noted_by__isnull', False)), _connector='OR'), name='absence_noted_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='absence_ends_after_start', violation_error_message='The first day back must come after the first day away.')],
            },
        ),
        migrations.CreateModel(
            name='CoachProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='Places offered')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='coach_profile', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 4)), name='coach_capacity_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supervisor_kind', models.CharField(choices=[('coordinator', 'coordinator'), ('mentor', 'mentor'), ('peer_coach', 'peer coach'), ('group_leader', 'group leader'), ('observer', 'observer')], max_length=20)),
                ('place', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('open', 'open'), ('ended', 'ended')], default='open', max_length=8)),
                ('started_on', models.DateField(verbose_name='From')),
                ('planned_end_on', models.DateField(blank=True, null=True, verbose_name='Until')),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('placed_at', models.DateTimeField()),
                ('coach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements_as_coach', to=settings.AUTH_USER_MODEL)),
                ('covers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covered_by', to='coaches.placement')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='programmes.programme')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='programmes.supervisionrule')),
                ('supervisee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements_as_supervisee', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['coach', 'place', 'id'],
                'indexes': [models.Index(fields=['supervisee', 'state'], name='placement_supervisee'), models.Index(fields=['programme', 'state', 'coach'], name='placement_programme'), models.Index(condition=models.Q(('planned_end_on__isnull', False), ('state', 'open')), fields=['planned_end_on'], name='placement_ending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'open', 'ended'])), name='placement_state', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(('supervisor_kind__in', ['coordinator', 'mentor', 'peer_coach', 'group_leader', 'observer'])), name='placement_supervisor_kind', violation_error_message='That choice is not one of those offered.'), models.CheckConstraint(condition=models.Q(models.Q(('placed_at__isnull', True), ('placed_by__isnull', True)), models.Q(('placed_at__isnull', False), ('placed_by__isnull', False)), _connector='OR'), name='placement_placed_pair', violation_error_message='Some details belong together: give all of them, or none.'), models.CheckConstraint(condition=models.Q(models.Q(('place__gte', 1), ('place__isnull', False), ('place__lte', 4), ('supervisor_kind', 'peer_coach')), models.Q(models.Q(('supervisor_kind', 'peer_coach'), _negated=True), ('place__isnull', True)), _connector='OR'), name='placement_place_for_peer_coach', violation_error_message='A peer coach has four places, numbered 1 to 4; others have none.'), models.UniqueConstraint(condition=models.Q(('place__isnull', False), ('state__in', ['planned', 'open'])), fields=('coach', 'place', 'state'), name='placement_place_once', violation_error_message='This place is taken.'), models.UniqueConstraint(condition=models.Q(('covers__isnull', True), ('state__in', ['planned', 'open'])), fields=('supervisee', 'programme', 'rule', 'state'), name='placement_one_coach', violation_error_message='This person already has a coach under this rule.'), models.UniqueConstraint(condition=models.Q(('covers__isnull', False), ('state__in', ['planned', 'open'])), fields=('covers',), name='placement_one_cover', violation_error_message='Somebody covers this placement already.'), models.UniqueConstraint(condition=models.Q(('state__in', ['planned', 'open'])), fields=('coach', 'supervisee', 'programme', 'rule', 'state'), name='placement_pair_once', violation_error_message='These two are already placed together under this rule.'), models.CheckConstraint(condition=models.Q(('coach', models.F('supervisee')), _negated=True), name='placement_not_oneself', violation_error_message='Nobody can be placed with themselves.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', False), ('ended_on__isnull', False), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_by__isnull', True), ('ended_on__isnull', True)), _connector='OR'), name='placement_ended_together'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='placement_ends_after_start', violation_error_message='The last day cannot come before the first.'), models.CheckConstraint(condition=models.Q(('planned_end_on__isnull', True), ('planned_end_on__gte', models.F('started_on')), _connector='OR'), name='placement_planned_end_after_start', violation_error_message='The last day cannot come before the first.')],
            },
        ),
    ]
