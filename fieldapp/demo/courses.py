"""The courses that invented cases take: each is played through the moves for
matter after matter, and copied from there (bulk.py)."""

from collections.abc import Iterator

from fieldapp.cases.case import Case
from fieldapp.demo.stories import Story
from fieldapp.demo.township import Township, read

PLAIN = {
    "source": "field",
    "kind": "difficulty",
    "narrative_language": "zh",
    "anonymous": False,
    "contact": None,
    "paper": None,
    "photos": 0,
}
# So many cases are alike but for their village; few invented ones shall not be.
COPIES = 4


class Life(Story):
    """One matter on one course; without what no two cases share (slip, photos), and on no round."""

    def __init__(self, township: Township, course: dict, matter: dict, turn: int):
        self.unit, self.officer = _desk(matter["category"])
        self.deputy = ("deputy", "deputy2")[turn % 2]
        first, last = course["ago"]
        told = {
            "matter": matter["number"],
            "village": f"v{1 + turn % 8:02d}",
            "deputy": self.deputy,
            "days_ago_logged": first + turn * 5 % (last - first + 1),
            "steps": [self._step(step) for step in course["steps"]],
        }
        super().__init__(township, {**PLAIN, **course, **told})

    def _step(self, step: dict) -> dict:
        """With what all steps of its kind have in common."""
        by = {"the officer": self.officer, "the deputy": self.deputy}.get(step["by"], step["by"])
        more: dict = {}
        if step["move"] == "handover":
            more = {"unit": self.unit, "due_working_days": step["limit"], "note": None}
        if step["move"] == "acceptance":
            more = {"officer": self.officer}
        if "class" in step:
            more = {"text": read("courses")["answers"][step["class"]], "written_in": "zh"}
        return {**step, **more, "by": by}

    def _slip(self, source):
        return None

    def _activity(self):
        return None

    def _photos(self, case, count, purpose) -> list:
        return []


def _desk(category: str) -> tuple[str, str]:
    """The unit that handles such matters, and a person there."""
    data = read("township")
    units = next(row["units"] for row in data["townships"] if row["code"] == "main")
    unit = next(row["code"] for row in units if category in row["categories"])
    return unit, next(row["code"] for row in data["people"] if row["unit"] == unit)


def played(township: Township, cases: int) -> Iterator[tuple[Case, float]]:
    """Cases to copy, each with its share of so many."""
    matters = read("matters")["matters"]
    for place, course in enumerate(read("courses")["courses"]):
        count = max(1, min(len(matters), int(cases * course["share"] / 100 / COPIES)))
        for turn in range(count):
            matter = matters[(place * 7 + turn) % len(matters)]
            yield Life(township, course, matter, turn).play(), course["share"] / count
