"""Areas (county, township, village), units, stations and categories."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.database import Named, db

KINDS = ("county", "township", "village")


class Area(Named, db.Model):
    """A county, one of its townships, or a village or community of a township."""

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", "kind"),
        CheckConstraint("(kind = 'county') = (parent_id IS NULL)", "parent"),
        UniqueConstraint("parent_id", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    names: Mapped[dict] = mapped_column(JSON)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    # What the area sets for itself: limits in working days, wording of classes, erasing after days.
    settings: Mapped[dict] = mapped_column(JSON, default=dict)
    phone: Mapped[str] = mapped_column(String(40), default="")
    # An invented township says so on every page.
    demonstration: Mapped[bool] = mapped_column(default=False)

    parent = relationship("Area", remote_side=[id])

    @property
    def township(self) -> "Area":
        """Of a village its township, of anything else itself."""
        return self.parent if self.kind == "village" else self

    @property
    def county(self) -> "Area":
        return self if self.parent is None else self.parent.county

    def setting(self, name: str, default):
        """The area's own value, else its county's, else the default."""
        if name in (self.settings or {}):
            return self.settings[name]
        return self.parent.setting(name, default) if self.parent else default


class Unit(Named, db.Model):
    """A body that handles matters: a township's station or office, a county's bureau."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("area_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    names: Mapped[dict] = mapped_column(JSON)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)

    area = relationship("Area")
    memberships = relationship("Membership", back_populates="unit")


class Station(Named, db.Model):
    """A liaison station, fixed or mobile. ``code`` is its public address."""

    __tablename__ = "station"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    names: Mapped[dict] = mapped_column(JSON)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    mobile: Mapped[bool] = mapped_column(default=False)
    hours: Mapped[dict] = mapped_column(JSON, default=dict)
    phone: Mapped[str] = mapped_column(String(40), default="")

    area = relationship("Area")


class Category(Named, db.Model):
    """What a matter is about; its code names its picture."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    names: Mapped[dict] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
