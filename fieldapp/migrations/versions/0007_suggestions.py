"""Deputies' suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('handed_over_on', sa.Date(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('hard', sa.String(length=500), nullable=False),
    sa.Column('talked_on', sa.Date(), nullable=True),
    sa.Column('reply_id', sa.Integer(), nullable=True),
    sa.Column('again', sa.Integer(), nullable=False),
    sa.Column('withheld', sa.String(length=500), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'handed_over' OR (unit_id IS NOT NULL AND due IS NOT NULL)", name=op.f('ck_suggestion_handed_over')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'handed_over', 'replied', 'closed', 'withdrawn')", name=op.f('ck_suggestion_state')),
    sa.CheckConstraint("state NOT IN ('replied', 'closed') OR reply_id IS NOT NULL", name=op.f('ck_suggestion_replied')),
    sa.CheckConstraint('length(text) BETWEEN 1 AND 4000', name=op.f('ck_suggestion_text')),
    sa.CheckConstraint('length(title) BETWEEN 1 AND 100', name=op.f('ck_suggestion_title')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_suggestion_area_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['person.id'], name=op.f('fk_suggestion_lead_id')),
    sa.ForeignKeyConstraint(['reply_id'], ['suggestion_reply.id'], name=op.f('fk_suggestion_reply_id'), use_alter=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_suggestion_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('year', 'sequence', name=op.f('uq_suggestion_year_sequence'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index('ix_suggestion_area_state', ['area_id', 'state', 'due'], unique=False)
        batch_op.create_index(batch_op.f('ix_suggestion_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index('ix_suggestion_unit', ['unit_id', 'state', 'due'], unique=False)

    op.create_table('suggestion_case',
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_suggestion_case_case_id')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestion_case_suggestion_id')),
    sa.PrimaryKeyConstraint('suggestion_id', 'case_id', name=op.f('pk_suggestion_case'))
    )
    with op.batch_alter_table('suggestion_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_case_case_id'), ['case_id'], unique=False)

    op.create_table('suggestion_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('recorded', sa.Boolean(), nullable=False),
    sa.Column('class', sa.String(length=1), nullable=False),
    sa.Column('promised', sa.Date(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('talked_on', sa.Date(), nullable=True),
    sa.Column('untalked', sa.String(length=500), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.CheckConstraint("class IN ('A', 'B', 'C', 'D')", name=op.f('ck_suggestion_reply_class')),
    sa.CheckConstraint("class NOT IN ('B', 'C') OR promised IS NOT NULL", name=op.f('ck_suggestion_reply_promised')),
    sa.CheckConstraint("talked_on IS NOT NULL OR untalked <> ''", name=op.f('ck_suggestion_reply_talk')),
    sa.CheckConstraint('length(text) BETWEEN 1 AND 4000', name=op.f('ck_suggestion_reply_text')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_suggestion_reply_author_id')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestion_reply_suggestion_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_suggestion_reply_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion_reply'))
    )
    with op.batch_alter_table('suggestion_reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_reply_suggestion_id'), ['suggestion_id'], unique=False)

    op.create_table('suggestion_sponsor',
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_suggestion_sponsor_person_id')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestion_sponsor_suggestion_id')),
    sa.PrimaryKeyConstraint('suggestion_id', 'person_id', name=op.f('pk_suggestion_sponsor'))
    )
    with op.batch_alter_table('suggestion_sponsor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_sponsor_person_id'), ['person_id'], unique=False)

    op.create_table('suggestion_opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('rating', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.CheckConstraint("rating IN ('satisfied', 'basically', 'not_satisfied')", name=op.f('ck_suggestion_opinion_rating')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_suggestion_opinion_person_id')),
    sa.ForeignKeyConstraint(['reply_id'], ['suggestion_reply.id'], name=op.f('fk_suggestion_opinion_reply_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion_opinion')),
    sa.UniqueConstraint('reply_id', 'person_id', name=op.f('uq_suggestion_opinion_reply_id_person_id'))
    )
    # Tables that point at each other: SQLite took this with the table.
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_suggestion_reply_id", "suggestion", "suggestion_reply", ["reply_id"], ["id"])
