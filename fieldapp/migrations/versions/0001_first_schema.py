"""The first schema."""

import sqlalchemy as sa
from alembic import op

from fieldapp.journal import APPEND_ONLY

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(kind = 'county') = (parent_id IS NULL)", name=op.f("ck_area_parent")),
        sa.CheckConstraint("kind IN ('county', 'township', 'village')", name=op.f("ck_area_kind")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("parent_id", "code", name=op.f("uq_area_parent_id_code")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("code", name=op.f("uq_category_code")),
    )
    op.create_table(
        "failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failure")),
    )
    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.create_index("ix_failure_subject_at", ["subject", "at"], unique=False)

    op.create_table(
        "series",
        sa.Column("year", sa.String(length=4), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_series")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_calendar_day_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("area_id", "day", name=op.f("uq_calendar_day_area_id_day")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_given", sa.Boolean(), nullable=False),
        sa.Column("totp_sealed", sa.String(length=400), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('deputy', 'clerk', 'chair', 'unit', 'county', 'admin')", name=op.f("ck_person_role")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_person_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("account", name=op.f("uq_person_account")),
    )
    op.create_table(
        "station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("mobile", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_station_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("code", name=op.f("uq_station_code")),
    )
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_area_id"), ["area_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_unit_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("area_id", "code", name=op.f("uq_unit_area_id_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_area_id"), ["area_id"], unique=False)

    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Boolean(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(deputy_id IS NULL) <> (station_id IS NULL)", name=op.f("ck_book_holder")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_book_deputy_id")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_book_station_id")),
        sa.ForeignKeyConstraint(["township_id"], ["area.id"], name=op.f("fk_book_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
        sa.UniqueConstraint("number", name=op.f("uq_book_number")),
    )
    with op.batch_alter_table("book", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_book_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_book_station_id"), ["station_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_book_township_id"), ["township_id"], unique=False)

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=True),
        sa.Column("logged_at", sa.DateTime(), nullable=False),
        sa.Column("captured_at", sa.String(length=40), nullable=True),
        sa.Column("paper_dates", sa.JSON(), nullable=True),
        sa.Column("content", sa.String(length=64), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("amber", sa.Date(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("reworks", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("uninspected", sa.String(length=500), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=True),
        sa.Column("guided_to", sa.String(length=500), nullable=False),
        sa.Column("joined_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('difficulty', 'opinion', 'suggestion', 'criticism')", name=op.f("ck_case_kind")),
        sa.CheckConstraint("level IN ('township', 'county')", name=op.f("ck_case_level")),
        sa.CheckConstraint("source IN ('field', 'paper', 'telephone', 'resident', 'ledger')", name=op.f("ck_case_source")),
        sa.CheckConstraint(
            "state <> 'accepted' OR (unit_id IS NOT NULL AND due IS NOT NULL AND officer_id IS NOT NULL)", name=op.f("ck_case_accepted")
        ),
        sa.CheckConstraint("state <> 'answered' OR (answer_id IS NOT NULL)", name=op.f("ck_case_answered")),
        sa.CheckConstraint("state <> 'guided' OR (guided_to <> '' AND ended_at IS NOT NULL)", name=op.f("ck_case_guided")),
        sa.CheckConstraint(
            "state <> 'handed_over' OR (unit_id IS NOT NULL AND due IS NOT NULL AND summary <> '')", name=op.f("ck_case_handed_over")
        ),
        sa.CheckConstraint("state <> 'merged' OR (joined_id IS NOT NULL)", name=op.f("ck_case_merged")),
        sa.CheckConstraint(
            "state <> 'settled' OR (answer_id IS NOT NULL AND feedback_id IS NOT NULL AND (inspection_id IS NOT NULL OR uninspected <> '') AND ended_at IS NOT NULL)",
            name=op.f("ck_case_settled"),
        ),
        sa.CheckConstraint("state <> 'withdrawn' OR (ended_at IS NOT NULL)", name=op.f("ck_case_withdrawn")),
        sa.CheckConstraint(
            "state IN ('logged', 'confirmed', 'handed_over', 'accepted', 'answered', 'settled', 'guided', 'withdrawn', 'merged')",
            name=op.f("ck_case_state"),
        ),
        sa.CheckConstraint("length(narrative) BETWEEN 1 AND 10000", name=op.f("ck_case_narrative")),
        sa.CheckConstraint("length(summary) <= 200", name=op.f("ck_case_summary")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_case_answer_id"), use_alter=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_case_author_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_case_category_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_case_deputy_id")),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"], name=op.f("fk_case_feedback_id"), use_alter=True),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_case_inspection_id"), use_alter=True),
        sa.ForeignKeyConstraint(["joined_id"], ["case.id"], name=op.f("fk_case_joined_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_case_officer_id")),
        sa.ForeignKeyConstraint(["township_id"], ["area.id"], name=op.f("fk_case_township_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_unit_id")),
        sa.ForeignKeyConstraint(["village_id"], ["area.id"], name=op.f("fk_case_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("key", name=op.f("uq_case_key")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index("ix_case_deputy", ["deputy_id", "id"], unique=False)
        batch_op.create_index("ix_case_township_due", ["township_id", "due", "id"], unique=False)
        batch_op.create_index("ix_case_township_id", ["township_id", "id"], unique=False)
        batch_op.create_index("ix_case_township_state", ["township_id", "state", "id"], unique=False)
        batch_op.create_index("ix_case_township_village", ["township_id", "village_id", "id"], unique=False)
        batch_op.create_index("ix_case_unit", ["unit_id", "state", "due"], unique=False)

    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("constituency", sa.String(length=80), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends IS NULL OR ends > begins", name=op.f("ck_mandate_term")),
        sa.ForeignKeyConstraint(["congress_id"], ["area.id"], name=op.f("fk_mandate_congress_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["person.id"], name=op.f("fk_mandate_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_person_id"), ["person_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("person_id", "unit_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("browser", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "timeline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_timeline_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline")),
        sa.UniqueConstraint("once", name=op.f("uq_timeline_once")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("timeline", schema=None) as batch_op:
        batch_op.create_index("ix_timeline_thing", ["thing", "id"], unique=False)

    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_amendment_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("case_id", "content", name=op.f("uq_amendment_case_id_content")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("on_the_spot", sa.Boolean(), nullable=False),
        sa.Column("class", sa.String(length=1), nullable=False),
        sa.Column("promised", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("talked", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("visible_at", sa.DateTime(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("class IN ('A', 'B', 'C', 'D')", name=op.f("ck_answer_class")),
        sa.CheckConstraint("class NOT IN ('B', 'C') OR promised IS NOT NULL", name=op.f("ck_answer_promised")),
        sa.CheckConstraint("language IN ('zh', 'ug', 'en')", name=op.f("ck_answer_language")),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name=op.f("ck_answer_text")),
        sa.CheckConstraint("unit_id IS NOT NULL OR on_the_spot", name=op.f("ck_answer_unit")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_answer_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_answer_case_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["person.id"], name=op.f("fk_answer_released_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_answer_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_word",
        sa.Column("word", sa.String(length=24), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_word_case_id")),
        sa.PrimaryKeyConstraint("word", "case_id", name=op.f("pk_case_word")),
    )
    op.create_table(
        "contact",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("share_with_unit", sa.Boolean(), nullable=False),
        sa.Column("chair_only", sa.Boolean(), nullable=False),
        sa.Column("erase_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_contact_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_erase_at"), ["erase_at"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("better_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["better_id"], ["unit.id"], name=op.f("fk_handover_better_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_handover_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_handover_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_handover_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("serial", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_slip_book_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_slip_case_id"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("book_id", "number", name=op.f("uq_slip_book_id_number")),
        sa.UniqueConstraint("case_id", name=op.f("uq_slip_case_id")),
        sa.UniqueConstraint("lookup", name=op.f("uq_slip_lookup")),
        sa.UniqueConstraint("serial", name=op.f("uq_slip_serial")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("verified_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("purpose IN ('matter', 'answer', 'scan', 'remark')", name=op.f("ck_attachment_purpose")),
        sa.CheckConstraint("verified_at IS NULL OR file IS NOT NULL", name=op.f("ck_attachment_verified")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_attachment_answer_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_attachment_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attachment_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_attachment_case_id_sha256")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("channel <> 'impossible' OR note <> ''", name=op.f("ck_feedback_why")),
        sa.CheckConstraint("channel IN ('page', 'call', 'visit', 'print', 'impossible')", name=op.f("ck_feedback_channel")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_feedback_answer_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_feedback_case_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_feedback_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_case_id"), ["case_id"], unique=False)

    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("answerer_id", sa.Integer(), nullable=True),
        sa.Column("inspector_id", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("inspector_id <> answerer_id", name=op.f("ck_inspection_other_eyes")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_inspection_answer_id")),
        sa.ForeignKeyConstraint(["answerer_id"], ["person.id"], name=op.f("fk_inspection_answerer_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_inspection_case_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["person.id"], name=op.f("fk_inspection_inspector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_case_id"), ["case_id"], unique=False)

    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.String(length=20), nullable=True),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("rating IS NULL OR rating IN ('satisfied', 'basically', 'not_satisfied')", name=op.f("ck_verdict_rating")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_verdict_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_answer_id"), ["answer_id"], unique=False)

    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_wording_answer_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_wording_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("answer_id", "language", name=op.f("uq_wording_answer_id_language")),
    )

    # Tables that point at each other: SQLite took these with the table.
    if op.get_bind().dialect.name == "postgresql":
        for name in ("answer", "inspection", "feedback"):
            op.create_foreign_key(f"fk_case_{name}_id", "case", name, [f"{name}_id"], ["id"])
        op.create_foreign_key("fk_slip_case_id", "slip", "case", ["case_id"], ["id"])
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
